import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { type removeAbsence, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { TrainerRepository } from './trainer.repository.js';

/** A trainer is to be had after all. */
@Injectable()
export class RemoveAbsence {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly trainers: TrainerRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `absence-not-found` */
  execute(input: PayloadOf<typeof removeAbsence>, message: Message): Promise<ReplyOf<typeof removeAbsence>> {
    return this.work.once(message, async (tx) => {
      const trainerId = await this.trainers.removeAbsence(tx, input.absenceId);
      const line = { at: this.clock.now(), what: 'absence-removed', detail: { absenceId: input.absenceId } };
      await this.history.tell(tx, [{ subject: 'trainer', subjectId: trainerId, ...line }]);
      return { absenceId: input.absenceId, trainerId };
    });
  }
}
