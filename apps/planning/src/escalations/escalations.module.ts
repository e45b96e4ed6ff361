import { Module } from '@nestjs/common';
import { LedgerModule } from '../obligations/ledger.module.js';
import { AcknowledgeEscalation } from './acknowledge-escalation.js';
import { AssignEscalation } from './assign-escalation.js';
import { CalendarCases } from './calendar-case.repository.js';
import { CheckCalendar } from './check-calendar.js';
import { DigestRepository } from './digest.repository.js';
import { EscalationsConsumer } from './escalations.consumer.js';
import { EscalationsSchedule } from './escalations.schedule.js';
import { NoteEscalation } from './note-escalation.js';
import { ReportUnreachable } from './report-unreachable.js';
import { ResolveEscalation } from './resolve-escalation.js';
import { SendWeeklyDigest } from './send-weekly-digest.js';

@Module({
  imports: [LedgerModule],
  controllers: [EscalationsConsumer],
  providers: [
    AcknowledgeEscalation,
    AssignEscalation,
    NoteEscalation,
    ResolveEscalation,
    ReportUnreachable,
    SendWeeklyDigest,
    DigestRepository,
    CalendarCases,
    CheckCalendar,
    EscalationsSchedule,
  ],
})
export class EscalationsModule {}
