import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock } from '#calendar';
import { type extendObligation, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { ObligationRepository } from './obligation.repository.js';
import { mustBeOwed, SettleObligation } from './settle-obligation.js';

/** The creditor gives more time of its own accord, before or after the deadline: the pending steps end and the next generation begins. */
@Injectable()
export class ExtendObligation {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `obligation-not-found`, `changed-meanwhile`, `obligation-settled`, `decision-missing`, `deadline-not-later`, `deadline-passed` */
  execute(input: PayloadOf<typeof extendObligation>, message: Message): Promise<ReplyOf<typeof extendObligation>> {
    return this.work.once(message, async (tx) => {
      const held = await this.obligations.hold(tx, input.obligationId);
      mustBeSeen('obligation', held, input.seenVersion);
      mustBeOwed(held);
      const { version, dueOn } = await this.settling.extend(
        tx,
        held,
        {
          deadline: { word: input.deadline.word, date: Temporal.PlainDate.from(input.deadline.date) },
          ground: input.ground ?? 'ordinary',
          decision: input.decision ?? null,
          reason: input.reason,
        },
        this.clock.now(),
      );
      return { obligationId: held.id, state: 'open', generation: held.generation + 1, dueOn: dueOn.toString(), version };
    });
  }
}
