import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, ReplyOf, withdrawExtension } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { mustBeSeen } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { ExtensionLedger } from './ask-extension.js';
import { mustBeAsked } from './extension.js';

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
      const { obligations, settling, extensions } = this.ledger;
      const held = await obligations.hold(tx, await extensions.obligationOf(tx, input.extensionId));
      const question = await extensions.hold(tx, input.extensionId);
      mustBeSeen('extension', question, input.seenVersion);
      mustBeAsked(question);
      const at = this.clock.now();
      const version = await extensions.answer(
        tx,
        question.id,
        { state: 'withdrawn', granted: null, ground: null, decision: null, answer: input.reason, by: message.actor },
        at,
      );
      if (question.answerObligationId !== null) {
        const owed = await obligations.hold(tx, question.answerObligationId);
        if (owed.state === 'open') await settling.close(tx, owed, 'cancelled', 'the question was withdrawn', at);
      }
      const detail = { extensionId: question.id };
      await obligations.tell(tx, [{ obligationId: held.id, at, what: 'extension-withdrawn', reason: input.reason, detail }]);
      return { extensionId: question.id, obligationId: held.id, state: 'withdrawn', version, dueOn: held.dueOn.toString() };
    });
  }
}
