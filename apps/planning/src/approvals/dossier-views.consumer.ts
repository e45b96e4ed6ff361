import { Controller } from '@nestjs/common';
import { compareDossierVersions, getDossier, listDossiers, type PayloadOf } from '#contracts';
import { On, pageOf } from '#messaging';
import { DossierViewRepository } from './dossier-view.repository.js';

@Controller()
export class DossierViewsConsumer {
  constructor(private readonly dossiers: DossierViewRepository) {}

  @On(listDossiers)
  list(ask: PayloadOf<typeof listDossiers>) {
    const { planId, kind, state, agency } = ask;
    return pageOf(
      ask,
      (limit, after) => this.dossiers.list({ planId, kind, state, agency, limit, after }),
      (dossier) => dossier.dossierId,
    );
  }

  @On(getDossier)
  get({ dossierId }: PayloadOf<typeof getDossier>) {
    return this.dossiers.find(dossierId);
  }

  @On(compareDossierVersions)
  compare({ dossierId, from, to }: PayloadOf<typeof compareDossierVersions>) {
    return this.dossiers.compare(dossierId, from, to);
  }
}
