import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { DomainError, type askExtension, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { HeldObligation } from '../obligations/obligation.js';
import { mustBeOwed } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { stableId } from '../plans/stable-id.js';
import { ANSWER_WITHIN, answererOf } from './extension.js';
import { ExtensionLedger } from './extension-ledger.js';

/**
 * The debtor asks for more time, before the deadline or after it. The answer is owed like anything else and chased like it. Until it is granted the
 * ladder of the thing itself goes on: asking alone gains no time (an assumption; no decision states it).
 */
@Injectable()
export class AskExtension {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly ledger: ExtensionLedger,
    private readonly rules: RuleFiles,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `obligation-not-found`, `changed-meanwhile`, `obligation-settled`, `answer-not-extendable`, `extension-pending`,
   * `deadline-not-later`, `deadline-passed`
   */
  execute(input: PayloadOf<typeof askExtension>, message: Message): Promise<ReplyOf<typeof askExtension>> {
    const wishedFor = Temporal.PlainDate.from(input.wishedFor);
    return this.work.once(message, async (tx) => {
      const { obligations, settling, extensions } = this.ledger;
      const held = await obligations.hold(tx, input.obligationId);
      mustBeSeen('obligation', held, input.seenVersion);
      mustBeOwed(held);
      if (held.kind === 'extension-answer')
        throw new DomainError(
          'answer-not-extendable',
          'An answer to a question for more time is no subject of another; answer the question.',
        );
      const pending = await extensions.pending(tx, held.id);
      if (pending !== null)
        throw new DomainError('extension-pending', 'An extension was asked for already; wait for the answer, or withdraw it first.', [
          { extensionId: pending },
        ]);
      const at = this.clock.now();
      settling.mustProlong(held, { word: 'NO_LATER_THAN', date: wishedFor }, at);
      const extensionId = stableId('extension', message.id);
      const owed = await this.oweAnswer(tx, held, extensionId, at);
      const answerObligationId = owed?.id ?? null;
      await extensions.ask(
        tx,
        { id: extensionId, obligationId: held.id, by: message.actor, reason: input.reason, wishedFor, answerObligationId },
        at,
      );
      const detail = { extensionId, wishedFor: input.wishedFor };
      await obligations.tell(tx, [{ obligationId: held.id, at, what: 'extension-asked', reason: input.reason, detail }]);
      return {
        extensionId,
        obligationId: held.id,
        state: 'asked',
        version: 1,
        dueOn: held.dueOn.toString(),
        answerDueOn: owed?.dueOn.toString() ?? null,
      };
    });
  }

  private async oweAnswer(
    tx: Tx,
    held: HeldObligation,
    extensionId: string,
    at: Temporal.Instant,
  ): Promise<{ id: string; dueOn: Temporal.PlainDate } | null> {
    const thing = await this.ledger.extensions.thing(tx, held.id);
    const answerer = answererOf(held, thing.plan);
    if (answerer === null) return null;
    const id = stableId('obligation', 'extension-answer', extensionId);
    const dueOn = this.rules.calendar.addWorkingDays(localDate(at), ANSWER_WITHIN);
    const answer = {
      id,
      planId: held.planId,
      kind: 'extension-answer' as const,
      title: `Trả lời đề nghị gia hạn: ${thing.title}`,
      titleEn: `Answer to the request for an extension: ${thing.titleEn}`,
      period: thing.period,
      periodEn: thing.periodEn,
      window: null,
      debtorId: answerer,
      creditorId: held.debtorId,
      deadline: { word: 'NO_LATER_THAN' as const, date: dueOn, roll: 'FORWARD' as const },
      ladder: await this.ledger.opening.ladder(tx, held.planId),
    };
    await this.ledger.opening.execute(tx, [answer], at);
    return { id, dueOn };
  }
}
