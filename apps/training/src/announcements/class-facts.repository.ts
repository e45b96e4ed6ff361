import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, toDate, toInstant } from '#calendar';
import type { ClassState, SessionPart, toldSession } from '#contracts';
import { timesOf } from '../bookings/timetable.js';
import type { Tx } from '../persistence/database.js';
import type { PlanTask } from '../tasks/plan-task.js';
import { PlanTaskRepository } from '../tasks/plan-task.repository.js';
import type { Told } from './announcement.js';

/** A session as mails tell it, with whose it is. */
export type FactSession = z.output<typeof toldSession> & { readonly part: SessionPart; readonly trainerId: string | null };

/** A class in the words of mails. */
export interface Facts {
  readonly state: ClassState;
  readonly plan: { readonly documentNumber: string; readonly issuedOn: string; readonly title: string; readonly programme: string };
  /** The task that it is held for; null for a course without one. */
  readonly task: PlanTask | null;
  readonly standingAgency: string;
  readonly leadAgency: string;
  readonly course: { readonly title: string; readonly titleEn: string };
  readonly class: { readonly code: string; readonly title: string };
  readonly venueId: string | null;
  readonly venue: { readonly name: string; readonly address: string } | null;
  /** Those that book something now, in order of time. */
  readonly sessions: readonly FactSession[];
}

/** Hours and minutes in Asia/Ho_Chi_Minh. */
const localTime = (at: Date): string =>
  toInstant(at).toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainTime().toString({ smallestUnit: 'minute' });

/** What every mail about a class says, read under the lock of the class so that nothing is told of what is being changed. */
@Injectable()
export class ClassFacts {
  constructor(private readonly tasks: PlanTaskRepository) {}

  /** @throws DomainError `plan-not-known`, `task-not-known` while planning has told of no task of its plan, or not of that one */
  async of(tx: Tx, classId: string): Promise<Facts> {
    const row = await tx.trainingClass.findUniqueOrThrow({
      where: { id: classId },
      include: { course: true, venue: true, sessions: { where: { active: true }, orderBy: { startsAt: 'asc' } } },
    });
    const { standingAgency, ...plan } = await this.tasks.planOf(tx, row.course.planId);
    const { title, titleEn, leadAgency } = row.course;
    return {
      state: row.state as ClassState,
      plan,
      task: row.course.taskId === null ? null : await this.tasks.read(tx, row.course.taskId),
      standingAgency,
      leadAgency,
      course: { title, titleEn },
      class: { code: row.code, title: row.title },
      venueId: row.venueId,
      venue: row.venue && { name: row.venue.name, address: row.venue.address },
      sessions: row.sessions.map((session, index) => ({
        sessionId: session.id,
        ordinal: index + 1,
        date: dateToPlain(session.date).toString(),
        startsAt: localTime(session.startsAt),
        endsAt: localTime(session.endsAt),
        topic: session.topic,
        part: session.part as SessionPart,
        trainerId: session.trainerId,
      })),
    };
  }
}

/** A session that was told, as calendars have it: what takes it out of them again. */
export function calendarEntry({ sessionId, ordinal, day, part, topic }: Told['sessions'][number]): z.output<typeof toldSession> {
  const { startsAt, endsAt } = timesOf({ day: Temporal.PlainDate.from(day), part });
  return { sessionId, ordinal, date: day, startsAt: localTime(toDate(startsAt)), endsAt: localTime(toDate(endsAt)), topic };
}

/** What is kept of sessions that a mail told. */
export function toldOf({ venueId }: Pick<Facts, 'venueId'>, sessions: readonly FactSession[], rosterVersion = 0): Told {
  return {
    venueId,
    sessions: sessions.map(({ sessionId, ordinal, date, part, topic }) => ({ sessionId, ordinal, day: date, part, topic })),
    rosterVersion,
  };
}
