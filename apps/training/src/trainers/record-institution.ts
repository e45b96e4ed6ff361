import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { type recordInstitution, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { TrainerRepository } from './trainer.repository.js';

/** A university, a research institute or another house that trainers come from becomes known (SEED-33). */
@Injectable()
export class RecordInstitution {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly trainers: TrainerRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `institution-code-taken` */
  execute(input: PayloadOf<typeof recordInstitution>, message: Message): Promise<ReplyOf<typeof recordInstitution>> {
    return this.work.once(message, async (tx) => {
      await this.trainers.createInstitution(tx, message.id, input);
      const line = { at: this.clock.now(), what: 'recorded', detail: { code: input.code, kind: input.kind } };
      await this.history.tell(tx, [{ subject: 'institution', subjectId: message.id, ...line }]);
      return { institutionId: message.id, version: 1 };
    });
  }
}
