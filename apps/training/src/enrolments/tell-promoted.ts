import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { localDate } from '#calendar';
import { sendMail } from '#contracts';
import { Outbox } from '#messaging';
import { AnnouncementRepository } from '../announcements/announcement.repository.js';
import { ClassFacts, toldOf } from '../announcements/class-facts.repository.js';
import { WorkingDays } from '../calendar/working-days.js';
import type { HeldClass } from '../classes/class.js';
import { isDayToRemind } from '../notices/notice.js';
import type { Tx } from '../persistence/database.js';
import { EnrolmentRepository } from './enrolment.repository.js';

/** Who moved up is told at once, with the days for their calendar: they may have given them up. While the class has no days there is nothing to tell. */
@Injectable()
export class TellPromoted {
  constructor(
    private readonly enrolments: EnrolmentRepository,
    private readonly announcements: AnnouncementRepository,
    private readonly facts: ClassFacts,
    private readonly days: WorkingDays,
    private readonly outbox: Outbox,
  ) {}

  /** The class is held. One mail for each who can be written to, and it is kept that they were told. @throws DomainError `plan-not-known` */
  async execute(tx: Tx, { id: classId, urgent }: HeldClass, enrolmentIds: readonly string[], at: Temporal.Instant): Promise<void> {
    const readers = await this.enrolments.readers(tx, enrolmentIds);
    if (readers.length === 0) return;
    const facts = await this.facts.of(tx, classId);
    const [first] = facts.sessions;
    if (!first) return;
    const remindedFor = this.remindedFor(Temporal.PlainDate.from(first.date), at);
    const told = toldOf(facts, facts.sessions);
    const people = readers.map(({ traineeId }) => ({ personId: traineeId, role: 'trainee' as const, told, remindedFor }));
    const sequences = await this.announcements.keepAll(tx, classId, at, people);
    const sessions = facts.sessions.map(({ part: _part, trainerId: _trainerId, ...session }) => session);
    const mails = readers.map(({ enrolmentId, traineeId }, index) => ({
      businessKey: `promoted.${enrolmentId}`,
      stream: `class.${classId}`,
      recipientId: traineeId,
      obligationIds: [],
      mail: {
        template: 'class-notice' as const,
        plan: facts.plan,
        course: facts.course,
        class: facts.class,
        occasion: 'promoted' as const,
        reader: 'trainee' as const,
        venue: facts.venue,
        sessions,
        cancelled: [],
        changed: [],
        decision: null,
        reason: null,
        urgent,
        sequence: sequences[index] ?? 0,
      },
    }));
    await this.outbox.publishAll(tx, sendMail, mails);
  }

  /** A mail that leaves on the day of reminders is the reminder, too: a second one would take its place while it waits for office hours. */
  private remindedFor(firstDay: Temporal.PlainDate, at: Temporal.Instant): Temporal.PlainDate | null {
    const { calendar } = this.days;
    return isDayToRemind(firstDay, localDate(calendar.nextOfficeHour(at)), calendar) ? firstDay : null;
  }
}
