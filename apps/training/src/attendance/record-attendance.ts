import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, recordAttendance, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { AttendanceRepository } from './attendance.repository.js';
import { KeepAttendance } from './keep-attendance.js';

/** The office records who attended a session, or corrects it. */
@Injectable()
export class RecordAttendance {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly keeping: KeepAttendance,
    private readonly attendance: AttendanceRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `session-not-found`, and what `KeepAttendance` refuses */
  execute(input: PayloadOf<typeof recordAttendance>, message: Message): Promise<ReplyOf<typeof recordAttendance>> {
    return this.work.once(message, async (tx) => {
      const { sessionId, seenVersion, reason = null } = input;
      const classId = await this.attendance.classOf(tx, sessionId);
      const marks = input.marks.map((mark) => ({ ...mark, sessionId }));
      return this.keeping.execute(tx, { classId, seenVersion }, () => marks, { via: 'api', by: message.actor, reason }, this.clock.now());
    });
  }
}
