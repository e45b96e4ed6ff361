import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { obligationsSettled, PayloadOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { DeliveryRepository } from './delivery.repository.js';

/** Remembers when obligations were settled, so that a mail decided before, and not sent yet, leaves them out. Works whichever of the two comes first. */
@Injectable()
export class KeepSettlements {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly deliveries: DeliveryRepository,
  ) {}

  execute(event: PayloadOf<typeof obligationsSettled>, message: Message): Promise<void> {
    return this.work.once(message, (tx) => this.deliveries.keepSettlements(tx, event.obligationIds, Temporal.Instant.from(event.at)));
  }
}
