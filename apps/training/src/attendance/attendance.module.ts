import { Module } from '@nestjs/common';
import { AnnouncementsModule } from '../announcements/announcements.module.js';
import { ClassesModule } from '../classes/classes.module.js';
import { LinksModule } from '../links/links.module.js';
import { AskForAttendance } from './ask-for-attendance.js';
import { AttendanceMails } from './attendance-mails.js';
import { AttendanceConsumer } from './attendance.consumer.js';
import { AttendanceRepository } from './attendance.repository.js';
import { AttendanceSchedule } from './attendance.schedule.js';
import { AttendanceViews } from './attendance-view.repository.js';
import { BeginClass } from './begin-class.js';
import { CompleteClass } from './complete-class.js';
import { KeepAttendance } from './keep-attendance.js';
import { MoveClassesOn } from './move-classes-on.js';
import { RecordAttendanceByLink } from './record-attendance-by-link.js';
import { RecordAttendanceSheet } from './record-attendance-sheet.js';
import { RecordAttendance } from './record-attendance.js';

@Module({
  imports: [AnnouncementsModule, ClassesModule, LinksModule],
  controllers: [AttendanceConsumer],
  providers: [
    RecordAttendance,
    RecordAttendanceByLink,
    RecordAttendanceSheet,
    KeepAttendance,
    BeginClass,
    CompleteClass,
    MoveClassesOn,
    AskForAttendance,
    AttendanceMails,
    AttendanceRepository,
    AttendanceViews,
    AttendanceSchedule,
  ],
})
export class AttendanceModule {}
