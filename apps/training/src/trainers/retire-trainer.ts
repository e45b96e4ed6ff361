import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { type retireTrainer, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustBeActive, stateOf } from './trainer.js';
import { TrainerRepository } from './trainer.repository.js';

/** A trainer teaches no more. Sessions that are assigned stand in the list of conflicts. */
@Injectable()
export class RetireTrainer {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly trainers: TrainerRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `trainer-not-found`, `changed-meanwhile`, `trainer-retired` */
  execute(input: PayloadOf<typeof retireTrainer>, message: Message): Promise<ReplyOf<typeof retireTrainer>> {
    return this.work.once(message, async (tx) => {
      const trainer = await this.trainers.hold(tx, input.trainerId);
      mustBeSeen('trainer', { version: trainer.version, state: stateOf(trainer) }, input.seenVersion);
      mustBeActive(trainer);
      const version = await this.trainers.change(tx, trainer.id, { active: false });
      const line = { at: this.clock.now(), what: 'retired', reason: input.reason };
      await this.history.tell(tx, [{ subject: 'trainer', subjectId: trainer.id, ...line }]);
      return { trainerId: trainer.id, active: false, version };
    });
  }
}
