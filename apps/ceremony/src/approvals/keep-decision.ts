import { Injectable } from '@nestjs/common';
import { type Message, UnitOfWork } from '#messaging';
import type { Tx } from '../persistence/database.js';
import type { DossierDecision } from './dossier-decision.js';
import { DossierDecisionRepository } from './dossier-decision.repository.js';

/** Keeps the newest decision on a dossier. Idempotent by message; an older one that arrives late changes nothing. */
@Injectable()
export class KeepDecision {
  constructor(
    private readonly unitOfWork: UnitOfWork<Tx>,
    private readonly decisions: DossierDecisionRepository,
  ) {}

  async execute(decision: DossierDecision, message: Message): Promise<void> {
    await this.unitOfWork.once(message, (tx) => this.decisions.keepNewest(tx, decision));
  }
}
