import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { UnitOfWork } from '#messaging';
import { ClassRepository } from '../classes/class.repository.js';
import { WorkingDays } from '../calendar/working-days.js';
import type { Tx } from '../persistence/database.js';
import { askedAgainAt, isOver } from './attendance.js';
import { AttendanceMails } from './attendance-mails.js';
import { AttendanceRepository, type AskedSession } from './attendance.repository.js';

/** Trainers are asked, twice at most, for the attendance of sessions that are over. */
@Injectable()
export class AskForAttendance {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly classes: ClassRepository,
    private readonly attendance: AttendanceRepository,
    private readonly mails: AttendanceMails,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks for all that is over, was not asked for, and can still be recorded by link. Idempotent: a session is asked for once, however often this runs.
   * @throws AggregateError after all, when something kept a mail from being written
   */
  async first(): Promise<void> {
    const at = this.clock.now();
    await this.each(
      at,
      ({ asked }) => !asked,
      async (tx, session) => {
        if (await this.attendance.ask(tx, session.id, at)) await this.mails.ask(tx, session, 'first', at);
      },
    );
  }

  /**
   * Asks once more for what is still missing.
   * @param runAt the morning that it is for: only sessions whose second asking falls on it are asked for
   * @throws AggregateError after all, when something kept a mail from being written
   */
  async again(runAt: Temporal.Instant): Promise<void> {
    const due = ({ asked, day }: AskedSession) => asked && localDate(askedAgainAt(day, this.days.calendar)).equals(localDate(runAt));
    const at = this.clock.now();
    await this.each(at, due, async (tx, session) => {
      if (await this.attendance.isMissing(tx, session.id)) await this.mails.ask(tx, session, 'again', at);
    });
  }

  /** Each session in a transaction of its own, under the lock of its class; one that fails keeps no other from being asked for. */
  private async each(
    at: Temporal.Instant,
    wanted: (session: AskedSession) => boolean,
    ask: (tx: Tx, session: AskedSession) => Promise<void>,
  ): Promise<void> {
    const missing = await this.work.run((tx) => this.attendance.missing(tx, at));
    const failures: unknown[] = [];
    for (const session of missing) {
      if (isOver(session, at, this.days.calendar) || !wanted(session)) continue;
      await this.work
        .run(async (tx) => {
          await this.classes.hold(tx, session.classId);
          await ask(tx, session);
        })
        .catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, `${String(failures.length)} trainers could not be asked for attendance`);
  }
}
