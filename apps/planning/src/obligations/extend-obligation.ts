import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, resolveDeadline } from '#calendar';
import { DomainError, type extendObligation, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { ObligationRepository } from './obligation.repository.js';
import { mustBeSeen, SettleObligation } from './settle-obligation.js';

/** The creditor gives more time, before or after the deadline: the pending steps end and the next generation begins. */
@Injectable()
export class ExtendObligation {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly rules: RuleFiles,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `obligation-not-found`, `changed-meanwhile`, `obligation-settled`, `deadline-not-later`, `deadline-passed` */
  execute(input: PayloadOf<typeof extendObligation>, message: Message): Promise<ReplyOf<typeof extendObligation>> {
    return this.work.once(message, async (tx) => {
      const held = await this.obligations.hold(tx, input.obligationId);
      mustBeSeen('obligation', held, input.seenVersion);
      if (held.state !== 'open') throw new DomainError('obligation-settled', `Nothing is owed any more: the obligation is ${held.state}.`);
      const deadline = { word: input.deadline.word, date: Temporal.PlainDate.from(input.deadline.date) };
      // "Before the 18th" says no more than "no later than the 17th": what counts is the day that it comes to.
      const given = resolveDeadline({ ...deadline, roll: held.rollPolicy }, this.rules.calendar);
      if (Temporal.PlainDate.compare(given.dueOn, held.dueOn) <= 0) {
        throw new DomainError('deadline-not-later', `An extension needs a day after the present deadline ${held.dueOn.toString()}.`);
      }
      const { version, dueOn } = await this.settling.reopen(tx, held, deadline, 'extended', input.reason, this.clock.now());
      return { obligationId: held.id, state: 'open', generation: held.generation + 1, dueOn: dueOn.toString(), version };
    });
  }
}
