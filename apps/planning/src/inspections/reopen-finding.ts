import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock } from '#calendar';
import type { PayloadOf, ReplyOf, reopenFinding } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { SettleObligation } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { mustBeAnswered } from './inspection.js';
import { InspectionRepository } from './inspection.repository.js';

/** What the agency answered is not enough: it owes the remedy again, by another day, and is chased again. */
@Injectable()
export class ReopenFinding {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly inspections: InspectionRepository,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `finding-not-found`, `changed-meanwhile`, `finding-not-answered`, `deadline-passed` */
  execute(input: PayloadOf<typeof reopenFinding>, message: Message): Promise<ReplyOf<typeof reopenFinding>> {
    return this.work.once(message, async (tx) => {
      const finding = await this.inspections.holdFinding(tx, input.findingId);
      mustBeSeen('finding', finding, input.seenVersion);
      mustBeAnswered(finding);
      const { id: findingId, inspectionId, ordinal, obligationId } = finding;
      const at = this.clock.now();
      const held = await this.obligations.hold(tx, obligationId);
      const deadline = { word: 'NO_LATER_THAN', date: Temporal.PlainDate.from(input.due) } as const;
      const { dueOn } = await this.settling.reopen(tx, held, deadline, 'returned', input.reason, at);
      const version = await this.inspections.moveFinding(tx, findingId, { state: 'open' });
      const detail = { findingId, ordinal, dueOn: dueOn.toString() };
      await this.inspections.tell(tx, inspectionId, at, 'finding-reopened', { reason: input.reason, detail });
      return { findingId, inspectionId, state: 'open', obligationId, version, dueOn: dueOn.toString() };
    });
  }
}
