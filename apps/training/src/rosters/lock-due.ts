import { Injectable } from '@nestjs/common';
import { Clock, localDate } from '#calendar';
import { DomainError } from '#contracts';
import { UnitOfWork } from '#messaging';
import { WorkingDays } from '../calendar/working-days.js';
import type { Tx } from '../persistence/database.js';
import { standstills } from '../tasks/plan-task.js';
import { LockRoster } from './lock-roster.js';
import { isTimeToLock } from './roster.js';
import { RosterRepository } from './roster.repository.js';

/** What a person has to see to first, or a decision ends; the list of conflicts shows it. */
const LATER: ReadonlySet<string> = new Set(['class-step-refused', ...standstills]);

/** On working days: locks the rosters of classes that begin within five working days. What is not ready stands in the list of conflicts and is tried again. */
@Injectable()
export class LockDueRosters {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly rosters: RosterRepository,
    private readonly locking: LockRoster,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /** Each in a transaction of its own, so that one which fails keeps no other back. @throws AggregateError of those that failed */
  async execute(): Promise<void> {
    const today = localDate(this.clock.now());
    const { calendar } = this.days;
    if (!calendar.isWorkingDay(today)) return;
    const waiting = await this.work.run((tx) => this.rosters.waiting(tx, today));
    const failed: unknown[] = [];
    for (const { classId } of waiting.filter(({ firstDay }) => isTimeToLock(firstDay, today, calendar))) {
      await this.work
        .run((tx) => this.locking.lock(tx, { classId }))
        .catch((error: unknown) => {
          if (!(error instanceof DomainError && LATER.has(error.code))) failed.push(error);
        });
    }
    if (failed.length > 0) throw new AggregateError(failed, `${String(failed.length)} rosters could not be locked`);
  }
}
