import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { mailRefused, PayloadOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { levelAbove } from '../obligations/audience.js';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { SweepRepository } from '../obligations/sweep.repository.js';
import type { Tx } from '../persistence/database.js';
import { EscalationRepository } from './escalation.repository.js';

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
      await this.escalations.markUnreachable(tx, event.contactId);
      const [plan] = (await this.ledger.plans(tx)).values();
      const above =
        plan &&
        levelAbove('standing-agency', {
          debtorId: event.agencyId,
          standingAgencyId: plan.standingAgencyId,
          cityOfficeId: plan.cityOfficeId,
        });
      await this.escalations.raise(
        tx,
        'unreachable',
        [{ level: above?.level ?? 'city-office', agencyId: event.agencyId, obligationId: null, contactId: event.contactId }],
        at,
      );
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
}
