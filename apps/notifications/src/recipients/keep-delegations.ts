import { Injectable } from '@nestjs/common';
import type { delegationChanged, PayloadOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { RecipientRepository } from './recipient.repository.js';

/** Keeps who stands in for whom: the newest version heard wins, whatever the order of arrival. Who reads a mail is resolved when it leaves. */
@Injectable()
export class KeepDelegations {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly recipients: RecipientRepository,
  ) {}

  execute(event: PayloadOf<typeof delegationChanged>, message: Message): Promise<void> {
    return this.work.once(message, (tx) => this.recipients.keepDelegation(tx, event));
  }
}
