import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, ReplyOf, withdrawExtension } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { ExtensionLedger } from './extension-ledger.js';

/** The debtor needs no more time after all: nobody owes an answer any more. */
@Injectable()
export class WithdrawExtension {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly ledger: ExtensionLedger,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `extension-not-found`, `changed-meanwhile`, `extension-answered` */
  execute(input: PayloadOf<typeof withdrawExtension>, message: Message): Promise<ReplyOf<typeof withdrawExtension>> {
    return this.work.once(message, async (tx) => {
      const { held, question } = await this.ledger.hold(tx, input);
      const at = this.clock.now();
      const answer = { state: 'withdrawn', granted: null, ground: null, decision: null, answer: input.reason, by: message.actor } as const;
      const version = await this.ledger.end(tx, question, answer, { outcome: 'cancelled', reason: 'the question was withdrawn' }, at);
      const detail = { extensionId: question.id };
      await this.ledger.obligations.tell(tx, [{ obligationId: held.id, at, what: 'extension-withdrawn', reason: input.reason, detail }]);
      return { extensionId: question.id, obligationId: held.id, state: 'withdrawn', version, dueOn: held.dueOn.toString() };
    });
  }
}
