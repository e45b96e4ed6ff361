import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { changeInstitution, PayloadOf, ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustKeepItsTrainers } from './trainer.js';
import { TrainerRepository } from './trainer.repository.js';

/** An institution is changed, with a reason; its trainers follow. It does not become of another kind while that breaks the rule for them (SEED-33). */
@Injectable()
export class ChangeInstitution {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly trainers: TrainerRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `institution-not-found`, `changed-meanwhile`, `trainers-not-academic` */
  execute(input: PayloadOf<typeof changeInstitution>, message: Message): Promise<ReplyOf<typeof changeInstitution>> {
    return this.work.once(message, async (tx) => {
      const { institutionId, changes, reason } = input;
      const held = await this.trainers.holdInstitution(tx, institutionId);
      mustBeSeen('institution', { version: held.version, state: held.kind }, input.seenVersion);
      mustKeepItsTrainers(changes.kind ?? held.kind, held.withoutReason);
      const version = await this.trainers.changeInstitution(tx, institutionId, changes);
      const line = { at: this.clock.now(), what: 'changed', reason, detail: { changed: Object.keys(changes).sort() } };
      await this.history.tell(tx, [{ subject: 'institution', subjectId: institutionId, ...line }]);
      return { institutionId, version };
    });
  }
}
