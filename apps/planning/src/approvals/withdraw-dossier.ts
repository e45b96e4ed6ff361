import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, dossierDecided, type PayloadOf, type ReplyOf, type withdrawDossier } from '#contracts';
import { mustBeSeen, Outbox, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { DossierDuties } from './dossier-duties.js';
import { DossierRepository } from './dossier.repository.js';

/** The submitter gives a dossier up: nothing is owed for it any more, and what it gates stays shut. */
@Injectable()
export class WithdrawDossier {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly dossiers: DossierRepository,
    private readonly duties: DossierDuties,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `dossier-not-found`, `changed-meanwhile`, `dossier-not-open` */
  execute(input: PayloadOf<typeof withdrawDossier>, message: Message): Promise<ReplyOf<typeof withdrawDossier>> {
    return this.work.once(message, async (tx) => {
      const dossier = await this.dossiers.hold(tx, input.dossierId);
      mustBeSeen('dossier', dossier, input.seenVersion);
      if (dossier.state === 'approved' || dossier.state === 'withdrawn')
        throw new DomainError('dossier-not-open', `This dossier is ${dossier.state} and stays so: there is nothing to withdraw.`);
      const at = this.clock.now();
      const { number } = dossier.current;
      await this.duties.cancel(tx, dossier, 'withdrawn', at);
      const version = await this.dossiers.move(tx, dossier.id, { state: 'withdrawn' });
      await this.dossiers.tell(tx, dossier.id, { at, what: 'withdrawn', reason: input.reason, detail: { number } });
      await this.outbox.publish(tx, dossierDecided, await this.dossiers.decision(tx, dossier, { outcome: 'withdrawn', version, at }));
      return { dossierId: dossier.id, state: 'withdrawn', number, version, at: at.toString() };
    });
  }
}
