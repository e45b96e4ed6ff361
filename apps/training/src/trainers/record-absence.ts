import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type recordAbsence, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustBeActive } from './trainer.js';
import { TrainerRepository } from './trainer.repository.js';

/** A trainer is not to be had on some days. Why is nobody else’s business: the history has the days alone. */
@Injectable()
export class RecordAbsence {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly trainers: TrainerRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `period-backwards`, `trainer-not-found`, `trainer-retired`, `absence-overlaps` */
  execute(input: PayloadOf<typeof recordAbsence>, message: Message): Promise<ReplyOf<typeof recordAbsence>> {
    return this.work.once(message, async (tx) => {
      const { trainerId, fromOn, toOn, reason } = input;
      if (fromOn > toOn) throw new DomainError('period-backwards', 'The last day lies before the first. Exchange "fromOn" and "toOn".');
      mustBeActive(await this.trainers.hold(tx, trainerId));
      if (await this.trainers.isAway(tx, trainerId, fromOn, toOn))
        throw new DomainError(
          'absence-overlaps',
          'The trainer is away on some of these days already. Name the days that are missing, or remove the other.',
        );
      await this.trainers.createAbsence(tx, { id: message.id, trainerId, fromOn, toOn, reason });
      const line = { at: this.clock.now(), what: 'absence-recorded', detail: { absenceId: message.id, fromOn, toOn } };
      await this.history.tell(tx, [{ subject: 'trainer', subjectId: trainerId, ...line }]);
      return { absenceId: message.id, trainerId };
    });
  }
}
