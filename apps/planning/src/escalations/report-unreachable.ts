import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { mailRefused, PayloadOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { SweepRepository } from '../sweep/sweep.repository.js';
import type { Tx } from '../persistence/database.js';
import { EscalationRepository, type EscalationLevel } from './escalation.repository.js';

/** An address that its server refuses for good is an escalation, not a log line: somebody must name another contact. */
@Injectable()
export class ReportUnreachable {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly escalations: EscalationRepository,
    private readonly obligations: ObligationRepository,
    private readonly ledger: SweepRepository,
    private readonly clock: Clock,
  ) {}

  execute(event: PayloadOf<typeof mailRefused>, message: Message): Promise<void> {
    return this.work.once(message, async (tx) => {
      const at = this.clock.now();
      if (await this.escalations.markUnreachable(tx, event.contactId)) {
        const level = await this.levelAbove(tx, event.agencyId);
        const { agencyId, contactId } = event;
        await this.escalations.raise(tx, 'unreachable', [{ level, agencyId, obligationId: null, contactId }], at);
      }
      await this.obligations.tell(
        tx,
        event.obligationIds.map((obligationId) => ({
          obligationId,
          at,
          what: 'contact-unreachable',
          reason: `the mail server answered ${event.status}`,
          detail: { contactId: event.contactId },
        })),
      );
    });
  }

  /** A contact belongs to no plan: the level at which none of them has the agency itself. */
  private async levelAbove(tx: Tx, agencyId: string): Promise<EscalationLevel> {
    const plans = [...(await this.ledger.plans(tx)).values()];
    return plans.some((plan) => plan.standingAgencyId === agencyId) ? 'city-office' : 'standing-agency';
  }
}
