import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock } from '#calendar';
import { dossierDecided, type PayloadOf, type ReplyOf, type returnDossier } from '#contracts';
import { mustBeSeen, Outbox, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { mustBeSubmitted } from './dossier.js';
import { DossierDuties } from './dossier-duties.js';
import { DossierRepository } from './dossier.repository.js';

/** The approver sends a version back with remarks: that is an answer, and the submission is owed again. */
@Injectable()
export class ReturnDossier {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly dossiers: DossierRepository,
    private readonly duties: DossierDuties,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `dossier-not-found`, `changed-meanwhile`, `dossier-not-submitted`, `deadline-passed` */
  execute(input: PayloadOf<typeof returnDossier>, message: Message): Promise<ReplyOf<typeof returnDossier>> {
    return this.work.once(message, async (tx) => {
      const dossier = await this.dossiers.hold(tx, input.dossierId);
      mustBeSeen('dossier', dossier, input.seenVersion);
      mustBeSubmitted(dossier);
      const at = this.clock.now();
      const { number } = dossier.current;
      await this.duties.answered(tx, dossier, 'returned', at);
      const day = input.resubmitBy === undefined ? undefined : Temporal.PlainDate.from(input.resubmitBy);
      const dueOn = (await this.duties.oweAgain(tx, dossier, day, input.remarks, at)).toString();
      await this.dossiers.answer(tx, dossier.id, number, { state: 'returned', at, remarks: input.remarks });
      const version = await this.dossiers.move(tx, dossier.id, { state: 'returned' });
      await this.dossiers.tell(tx, dossier.id, { at, what: 'returned', reason: input.remarks, detail: { number, resubmitDueOn: dueOn } });
      await this.outbox.publish(tx, dossierDecided, await this.dossiers.decision(tx, dossier, { outcome: 'returned', version, at }));
      return { dossierId: dossier.id, state: 'returned', number, version, at: at.toString(), resubmitDueOn: dueOn };
    });
  }
}
