import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { type changeTrainer, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustBeAcademic, mustBeActive, stateOf } from './trainer.js';
import { TrainerRepository } from './trainer.repository.js';

/** A trainer is changed, with a reason. Where they come from stays the rule (SEED-33); the history names fields, not what is in them. */
@Injectable()
export class ChangeTrainer {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly trainers: TrainerRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `trainer-not-found`, `changed-meanwhile`, `trainer-retired`, `institution-not-found`, `institution-not-academic` */
  execute(input: PayloadOf<typeof changeTrainer>, message: Message): Promise<ReplyOf<typeof changeTrainer>> {
    return this.work.once(message, async (tx) => {
      const trainer = await this.trainers.hold(tx, input.trainerId);
      mustBeSeen('trainer', { version: trainer.version, state: stateOf(trainer) }, input.seenVersion);
      mustBeActive(trainer);
      const { institutionId = trainer.institutionId, overrideReason = trainer.overrideReason } = input.changes;
      const kind = await this.trainers.kindOf(tx, institutionId);
      mustBeAcademic(kind, overrideReason);
      const version = await this.trainers.change(tx, trainer.id, input.changes, kind);
      const line = { at: this.clock.now(), what: 'changed', reason: input.reason, detail: { changed: Object.keys(input.changes).sort() } };
      await this.history.tell(tx, [{ subject: 'trainer', subjectId: trainer.id, ...line }]);
      return { trainerId: trainer.id, active: true, version };
    });
  }
}
