import { Injectable } from '@nestjs/common';
import { Clock, toDate } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type resolveEscalation } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { HeldObligation } from '../obligations/obligation.js';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { SweepRepository } from '../sweep/sweep.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustBeUnresolved, raisesAgain } from './escalation.js';
import { EscalationRepository } from './escalation.repository.js';

/** Ends a case for a reason. It never ends the chasing: what is owed is settled by delivering, extending or waiving it. */
@Injectable()
export class ResolveEscalation {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly escalations: EscalationRepository,
    private readonly obligations: ObligationRepository,
    private readonly ledger: SweepRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `escalation-not-found`, `changed-meanwhile`, `escalation-closed`, `still-owed` */
  execute(input: PayloadOf<typeof resolveEscalation>, message: Message): Promise<ReplyOf<typeof resolveEscalation>> {
    return this.work.once(message, async (tx) => {
      const obligationId = await this.escalations.obligationOf(tx, input.escalationId);
      const held = obligationId === null ? undefined : await this.obligations.hold(tx, obligationId);
      const found = await this.escalations.hold(tx, input.escalationId);
      mustBeUnresolved(found, input.seenVersion);
      if (found.kind === 'overdue' && held?.state === 'open') await this.mustBeChasedOn(tx, held);
      const { reason } = input;
      const at = this.clock.now();
      const ended = { state: 'resolved', resolvedAt: toDate(at), resolution: reason };
      const changed = await this.escalations.change(tx, found.id, ended, { at, what: 'resolved', reason });
      return { escalationId: found.id, ...changed };
    });
  }

  /** A ladder that came to its end leaves the case as the only thing that still asks for the obligation. */
  private async mustBeChasedOn(tx: Tx, held: HeldObligation): Promise<void> {
    const plan = (await this.ledger.plans(tx)).get(held.planId);
    const toCome = await this.obligations.rungsToCome(tx, held);
    if (plan && raisesAgain(held.ladder, toCome, { debtorId: held.debtorId, ...plan })) return;
    throw new DomainError(
      'still-owed',
      'This is still owed and its ladder raises no further case, so nobody would ask for it any more: extend the obligation, waive it or hand it to another agency; the case then ends by itself.',
    );
  }
}
