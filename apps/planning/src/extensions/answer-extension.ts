import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { answerExtension, PayloadOf, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { ExtensionLedger } from './extension-ledger.js';
import { grantedBy } from './extension.js';

/** The creditor answers a question for more time: the answer is no longer owed, and what was granted begins the next generation of the ladder. */
@Injectable()
export class AnswerExtension {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly ledger: ExtensionLedger,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `extension-not-found`, `changed-meanwhile`, `extension-answered`, `date-missing`, `date-unexpected`, `deadline-not-shorter`,
   * `deadline-not-later`, `deadline-passed`, `decision-missing`
   */
  execute(input: PayloadOf<typeof answerExtension>, message: Message): Promise<ReplyOf<typeof answerExtension>> {
    return this.work.once(message, async (tx) => {
      const { obligations, settling } = this.ledger;
      const { held, question } = await this.ledger.hold(tx, input);
      const at = this.clock.now();
      const date = grantedBy(input, question.wishedFor);
      const decision = input.decision ?? null;
      const state = date === null ? 'refused' : input.verdict === 'shorten' ? 'shortened' : 'granted';
      const answer = { state, granted: date, ground: date && input.ground, decision, answer: input.answer, by: message.actor } as const;
      const version = await this.ledger.end(tx, question, answer, { outcome: 'fulfilled', reason: state }, at);
      let { dueOn } = held;
      if (date === null) {
        const detail = { extensionId: question.id };
        await obligations.tell(tx, [{ obligationId: held.id, at, what: 'extension-refused', reason: input.answer, detail }]);
      } else {
        const deadline = { word: 'NO_LATER_THAN' as const, date };
        ({ dueOn } = await settling.extend(tx, held, { deadline, ground: input.ground, decision, reason: input.answer }, at));
      }
      return { extensionId: question.id, obligationId: held.id, state, version, dueOn: dueOn.toString() };
    });
  }
}
