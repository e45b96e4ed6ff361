import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate, plainToDate, startOfDay } from '#calendar';
import { DomainError, obligationsSettled, type acknowledgeEscalation, type PayloadOf, type ReplyOf } from '#contracts';
import { Outbox, UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { mustBeUnresolved } from './escalation.js';
import { EscalationRepository } from './escalation.repository.js';

/** "We are on it" until the end of a day. The ladder waits and then goes on by itself: an acknowledgement never silences a case for good. */
@Injectable()
export class AcknowledgeEscalation {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly escalations: EscalationRepository,
    private readonly obligations: ObligationRepository,
    private readonly rules: RuleFiles,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `escalation-not-found`, `changed-meanwhile`, `escalation-closed`, `deadline-passed` */
  execute(input: PayloadOf<typeof acknowledgeEscalation>, message: Message): Promise<ReplyOf<typeof acknowledgeEscalation>> {
    const until = Temporal.PlainDate.from(input.until);
    return this.work.once(message, async (tx) => {
      const obligationId = await this.escalations.obligationOf(tx, input.escalationId);
      const held = obligationId === null ? undefined : await this.obligations.hold(tx, obligationId);
      const found = await this.escalations.hold(tx, input.escalationId);
      mustBeUnresolved(found, input.seenVersion);
      const at = this.clock.now();
      if (Temporal.PlainDate.compare(until, localDate(at)) < 0)
        throw new DomainError('deadline-passed', `${input.until} is over already; choose today or a later day.`);
      const { note } = input;
      const { version } = await this.escalations.change(
        tx,
        found.id,
        { state: 'acknowledged', acknowledgedUntil: plainToDate(until), acknowledgedBy: message.actor, note },
        { at, what: 'acknowledged', reason: note, detail: { until: input.until } },
      );
      const stepsHeld = held ? await this.holdLadder(tx, held.id, until, at, input.note) : 0;
      return { escalationId: found.id, state: 'acknowledged', until: input.until, stepsHeld, version };
    });
  }

  private async holdLadder(tx: Tx, obligationId: string, until: Temporal.PlainDate, at: Temporal.Instant, note: string): Promise<number> {
    const resumeAt = this.rules.calendar.nextOfficeHour(startOfDay(until.add({ days: 1 })));
    const moved = await this.obligations.holdSteps(tx, obligationId, resumeAt);
    await this.obligations.tell(tx, [
      { obligationId, at, what: 'acknowledged', reason: note, detail: { until: until.toString(), stepsHeld: moved } },
    ]);
    await this.outbox.publish(tx, obligationsSettled, { obligationIds: [obligationId], outcome: 'acknowledged', at: at.toString() });
    return moved;
  }
}
