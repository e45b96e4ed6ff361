import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { Clock } from '#calendar';
import { UnitOfWork } from '#messaging';
import { ClassRepository } from '../classes/class.repository.js';
import type { Tx } from '../persistence/database.js';
import { AttendanceRepository } from './attendance.repository.js';
import { BeginClass } from './begin-class.js';
import { CompleteClass } from './complete-class.js';

/** Classes begin with their first session. They are completed by whoever records the last mark, or here when somebody withdrew who was still missing. */
@Injectable()
export class MoveClassesOn {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly classes: ClassRepository,
    private readonly attendance: AttendanceRepository,
    private readonly beginning: BeginClass,
    private readonly completing: CompleteClass,
    private readonly clock: Clock,
  ) {}

  /**
   * Each class in a transaction of its own; one that fails keeps no other back. Idempotent.
   * @throws AggregateError after all, when some failed
   */
  async execute(): Promise<void> {
    const at = this.clock.now();
    const due = await this.work.run((tx) => this.attendance.toMoveOn(tx, at));
    const failures: unknown[] = [];
    for (const id of due) await this.work.run((tx) => this.move(tx, id, at)).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, `${String(failures.length)} classes could not be moved on`);
  }

  private async move(tx: Tx, classId: string, at: Temporal.Instant): Promise<void> {
    const before = await this.classes.hold(tx, classId);
    const sessions = await this.attendance.sessions(tx, classId);
    const held = await this.beginning.execute(tx, before, sessions, at);
    if (held.state !== 'in-progress') return;
    const attendees = await this.attendance.hold(tx, classId);
    const marks = await this.attendance.marks(tx, sessions, attendees);
    await this.completing.execute(tx, held, { sessions, attendees, marks }, [], at);
  }
}
