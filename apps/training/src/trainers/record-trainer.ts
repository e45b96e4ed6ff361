import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { type recordTrainer, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustBeAcademic } from './trainer.js';
import { TrainerRepository } from './trainer.repository.js';

/** Somebody who can teach becomes known. No name, address or phone stands in the history. */
@Injectable()
export class RecordTrainer {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly trainers: TrainerRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `institution-not-found`, `institution-not-academic` */
  execute(input: PayloadOf<typeof recordTrainer>, message: Message): Promise<ReplyOf<typeof recordTrainer>> {
    return this.work.once(message, async (tx) => {
      const kind = await this.trainers.kindOf(tx, input.institutionId);
      mustBeAcademic(kind, input.overrideReason);
      await this.trainers.create(tx, message.id, input, kind);
      const line = { at: this.clock.now(), what: 'recorded', reason: input.overrideReason, detail: { institutionId: input.institutionId } };
      await this.history.tell(tx, [{ subject: 'trainer', subjectId: message.id, ...line }]);
      return { trainerId: message.id, active: true, version: 1 };
    });
  }
}
