import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import {
  openAttendanceLink,
  readAttendance,
  recordAttendance,
  recordAttendanceByLink,
  recordAttendanceSheet,
  type PayloadOf,
} from '#contracts';
import { On, type Message } from '#messaging';
import { AttendanceViews } from './attendance-view.repository.js';
import { RecordAttendanceByLink } from './record-attendance-by-link.js';
import { RecordAttendanceSheet } from './record-attendance-sheet.js';
import { RecordAttendance } from './record-attendance.js';

@Controller()
export class AttendanceConsumer {
  constructor(
    private readonly recording: RecordAttendance,
    private readonly recordingByLink: RecordAttendanceByLink,
    private readonly recordingSheet: RecordAttendanceSheet,
    private readonly views: AttendanceViews,
    private readonly clock: Clock,
  ) {}

  @On(recordAttendance)
  record(payload: PayloadOf<typeof recordAttendance>, message: Message) {
    return this.recording.execute(payload, message);
  }

  @On(recordAttendanceByLink)
  recordByLink(payload: PayloadOf<typeof recordAttendanceByLink>, message: Message) {
    return this.recordingByLink.execute(payload, message);
  }

  @On(recordAttendanceSheet)
  recordSheet(payload: PayloadOf<typeof recordAttendanceSheet>, message: Message) {
    return this.recordingSheet.execute(payload, message);
  }

  @On(readAttendance)
  read(ask: PayloadOf<typeof readAttendance>) {
    return this.views.ofClass(ask.classId, this.clock.now());
  }

  @On(openAttendanceLink)
  openLink(ask: PayloadOf<typeof openAttendanceLink>) {
    return this.views.ofLink(ask.token, this.clock.now());
  }
}
