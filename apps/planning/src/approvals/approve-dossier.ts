import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { type approveDossier, DomainError, dossierDecided, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, Outbox, UnitOfWork, type Message } from '#messaging';
import { BudgetRepository } from '../budget/budget.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustBeSubmitted, supplementAmount } from './dossier.js';
import { DossierDuties } from './dossier-duties.js';
import { DossierRepository } from './dossier.repository.js';

/** Approved by a document: final, announced, and what it gates opens (SEED-47). A supplement becomes a line of the budget (SEED-39). */
@Injectable()
export class ApproveDossier {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly dossiers: DossierRepository,
    private readonly duties: DossierDuties,
    private readonly budget: BudgetRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `dossier-not-found`, `changed-meanwhile`, `dossier-not-submitted`, `day-in-future` */
  execute(input: PayloadOf<typeof approveDossier>, message: Message): Promise<ReplyOf<typeof approveDossier>> {
    return this.work.once(message, async (tx) => {
      const dossier = await this.dossiers.hold(tx, input.dossierId);
      mustBeSeen('dossier', dossier, input.seenVersion);
      mustBeSubmitted(dossier);
      const at = this.clock.now();
      const approvedOn = Temporal.PlainDate.from(input.documentDate);
      if (Temporal.PlainDate.compare(approvedOn, localDate(at)) > 0)
        throw new DomainError(
          'day-in-future',
          `${input.documentNumber} would be of ${input.documentDate}, which is still to come: give its day.`,
        );
      const { number } = dossier.current;
      await this.duties.answered(tx, dossier, 'approved', at);
      await this.dossiers.answer(tx, dossier.id, number, { state: 'approved', at });
      if (dossier.kind === 'budget-supplement') await this.budget.addSupplement(tx, dossier, supplementAmount(dossier.current.content), at);
      const approval = { approval: input.documentNumber, approvedOn };
      const version = await this.dossiers.move(tx, dossier.id, { state: 'approved', ...approval });
      await this.dossiers.tell(tx, dossier.id, {
        at,
        what: 'approved',
        detail: { number, document: input.documentNumber, documentDate: input.documentDate },
      });
      await this.outbox.publish(
        tx,
        dossierDecided,
        await this.dossiers.decision(tx, dossier, { outcome: 'approved', version, at, ...approval }),
      );
      await this.duties.tellWaiting(tx, dossier.id);
      return { dossierId: dossier.id, state: 'approved', number, version, at: at.toString() };
    });
  }
}
