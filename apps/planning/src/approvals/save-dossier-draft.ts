import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type saveDossierDraft } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { DossierRepository } from './dossier.repository.js';

/** Writes what will be handed in. After a return the next version begins; the one that was returned stays as it was. */
@Injectable()
export class SaveDossierDraft {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly dossiers: DossierRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `dossier-not-found`, `changed-meanwhile`, `dossier-not-open` */
  execute(input: PayloadOf<typeof saveDossierDraft>, message: Message): Promise<ReplyOf<typeof saveDossierDraft>> {
    return this.work.once(message, async (tx) => {
      const dossier = await this.dossiers.hold(tx, input.dossierId);
      mustBeSeen('dossier', dossier, input.seenVersion);
      if (dossier.state !== 'draft' && dossier.state !== 'returned')
        throw new DomainError('dossier-not-open', `This dossier is ${dossier.state}: only a draft or a returned one can be written.`);
      const at = this.clock.now();
      const { current } = dossier;
      const number = current.state === 'draft' ? current.number : current.number + 1;
      await this.dossiers.write(tx, dossier.id, number, { summary: input.summary, content: input.content });
      const version = await this.dossiers.move(tx, dossier.id, { state: dossier.state, current: number });
      await this.dossiers.tell(tx, dossier.id, { at, what: 'draft-saved', detail: { number } });
      return { dossierId: dossier.id, state: dossier.state, number, version, at: at.toString() };
    });
  }
}
