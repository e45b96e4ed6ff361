import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { mailRefused, PayloadOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { SweepRepository } from '../sweep/sweep.repository.js';
import type { Tx } from '../persistence/database.js';
import { EscalationRepository, type EscalationLevel } from './escalation.repository.js';

/**
 * An address that its server refuses for good is an escalation, not a log line: somebody must name another contact. A person of no agency is nobody's
 * contact here: only the things owed that the mail was about tell of it, and whoever knows the person sees to the address.
 */
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
      const { agencyId, contactId } = event;
      if (agencyId !== null && (await this.escalations.markUnreachable(tx, contactId))) {
        const level = await this.levelAbove(tx, agencyId);
        await this.escalations.raise(tx, 'unreachable', [{ level, agencyId, obligationId: null, contactId }], at);
      }
      await this.obligations.tell(
        tx,
        event.obligationIds.map((obligationId) => ({
          obligationId,
          at,
          what: 'contact-unreachable',
          reason: `the mail server answered ${event.status}`,
          detail: { contactId },
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
