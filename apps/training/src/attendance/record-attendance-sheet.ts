import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, recordAttendanceSheet, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { marksOf } from './attendance.js';
import { KeepAttendance } from './keep-attendance.js';

/** The sheet of a class comes back filled in, as a whole or in parts. */
@Injectable()
export class RecordAttendanceSheet {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly keeping: KeepAttendance,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `sheet-refused` with each fault at its cell, `sheet-empty`, and what `KeepAttendance` refuses */
  execute(input: PayloadOf<typeof recordAttendanceSheet>, message: Message): Promise<ReplyOf<typeof recordAttendanceSheet>> {
    return this.work.once(message, (tx) =>
      this.keeping.execute(
        tx,
        input,
        (sessions, attendees) => marksOf(input.rows, sessions, new Map(attendees.map(({ number, id }) => [number, id]))),
        { via: 'sheet', by: message.actor, reason: input.reason ?? null },
        this.clock.now(),
      ),
    );
  }
}
