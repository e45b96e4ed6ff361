import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { HeldClass } from '../classes/class.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { isSettled, SeatPlan } from './enrolment.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { TellPromoted } from './tell-promoted.js';

/** Who waits moves up when there is a seat: somebody withdrew, or there are more places, or more seats in a quota. Idempotent. */
@Injectable()
export class MoveUp {
  constructor(
    private readonly enrolments: EnrolmentRepository,
    private readonly history: HistoryRepository,
    private readonly telling: TellPromoted,
  ) {}

  /**
   * The class is held, and everybody who is nominated for it.
   * @param freedBy agency whose seat became free, or null
   * @returns who moved up, in order
   */
  async execute(tx: Tx, held: HeldClass, freedBy: string | null, at: Temporal.Instant): Promise<string[]> {
    if (isSettled(held.state)) return [];
    const waiting = await this.enrolments.waiting(tx, held.id);
    if (waiting.length === 0) return [];
    const seats = await this.enrolments.seats(tx, [held.id]);
    const plan = new SeatPlan(
      held.capacity,
      await this.enrolments.enrolled(tx, held.id),
      seats.get(held.id) ?? new Map(),
      held.state === 'nomination-open',
    );
    const ids = plan.moveUp(waiting, freedBy);
    if (ids.length === 0) return [];
    await this.enrolments.enrol(tx, ids);
    await this.history.tell(
      tx,
      ids.map((subjectId) => ({ subject: 'enrolment', subjectId, at, what: 'promoted', detail: { classId: held.id } })),
    );
    await this.telling.execute(tx, held, ids, at);
    return ids;
  }
}
