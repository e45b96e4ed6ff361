import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { completeDataRequest, PayloadOf } from '#contracts';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { effectOf, type DataRequest } from './data-request.js';
import { DataRequestRepository } from './data-request.repository.js';
import { PersonRepository } from './person.repository.js';
import { RequestDesk } from './request-desk.js';

type Correction = PayloadOf<typeof completeDataRequest>['correction'];

/** Does with somebody's data what they asked for. The history says which fields, never what is or was in them. */
@Injectable()
export class SettlePerson {
  constructor(
    private readonly people: PersonRepository,
    private readonly requests: DataRequestRepository,
    private readonly desk: RequestDesk,
    private readonly history: HistoryRepository,
  ) {}

  /** Locks the person, then the request. @throws DomainError `data-request-not-found`, `data-request-over` through the request of somebody who is forgotten */
  async hold(tx: Tx, requestId: string): Promise<DataRequest> {
    await this.people.lock(tx, await this.requests.personOf(tx, requestId));
    return this.requests.hold(tx, requestId);
  }

  /** @returns whether the person cannot be in classes any more */
  async execute(tx: Tx, { id, traineeId, kind }: DataRequest, correction: Correction, at: Temporal.Instant): Promise<boolean> {
    const effect = effectOf(kind);
    if (effect === 'show') return false;
    const person = await this.people.hold(tx, traineeId);
    if (effect === 'correct') await this.people.correct(tx, person, correction ?? {});
    if (effect === 'restrict') await this.people.restrict(tx, traineeId);
    if (effect === 'forget') await this.forget(tx, traineeId, at);
    const what = { correct: 'corrected', restrict: 'restricted', forget: 'forgotten' }[effect];
    const detail = { requestId: id, ...(correction ? { changed: Object.keys(correction).sort() } : {}) };
    await this.history.tell(tx, [{ subject: 'trainee', subjectId: traineeId, at, what, detail }]);
    return effect !== 'correct';
  }

  /** With the person go their other requests: there is nothing left that they could be about. */
  private async forget(tx: Tx, traineeId: string, at: Temporal.Instant): Promise<void> {
    for (const other of await this.requests.holdOpen(tx, traineeId)) {
      const answered = other.answeredAt ? {} : { answeredAt: at };
      const done = await this.requests.change(tx, other.id, { state: 'done', doneAt: at, outcome: 'Đã xóa', ...answered });
      await this.desk.tell(tx, done, { at, what: 'done', reason: null });
    }
    await this.people.forget(tx, [traineeId], at);
  }
}
