import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { type Temporal } from 'temporal-polyfill';
import { cleanText } from './clean-text.js';
import { momentOf } from './vietnamese-time.js';

/** Who invites or is invited. */
export interface CalendarParty {
  readonly name: string;
  /** Mail address. */
  readonly address: string;
}

export interface InvitationFacts {
  /** `cancel` takes the sessions out of the calendar that an earlier invitation put them into. */
  readonly method: 'request' | 'cancel';
  /** Goes up with each invitation to a session, cancellation included; a calendar ignores what is older than what it has. */
  readonly sequence: number;
  readonly classCode: string;
  readonly classTitle: string;
  /** Null where a cancelled class has none any more. */
  readonly venue: { readonly name: string; readonly address: string } | null;
  readonly sessions: readonly InvitedSession[];
  readonly organiser: CalendarParty;
  readonly attendee: CalendarParty;
  /** Ours: a session's UID is `<id>@<domain>`, the same for as long as the session exists. */
  readonly domain: string;
  readonly madeAt: Temporal.Instant;
}

export interface InvitedSession {
  readonly id: string;
  readonly ordinal: number;
  readonly date: Temporal.PlainDate;
  /** Local times, HH:mm. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly topic: string;
}

/**
 * An iCalendar file (RFC 5545) with one event for each session. Times are in UTC: with a time zone ical-generator 10.2 writes a `Date` as the server's
 * local time and DTSTAMP without its Z. Some mail programs take in only the first event of a REQUEST or CANCEL, and RFC 5546 (3.2.2) wants one UID in
 * it: whoever mails a class of several sessions sends one file for each.
 */
export function classInvitation(facts: InvitationFacts): string {
  const cancelled = facts.method === 'cancel';
  const calendar = ical({
    prodId: { company: 'Đôn Đốc', product: 'Lớp tập huấn', language: 'VI' },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  for (const session of facts.sessions) {
    calendar.createEvent({
      id: `${session.id}@${facts.domain}`,
      sequence: facts.sequence,
      stamp: new Date(facts.madeAt.epochMilliseconds),
      start: new Date(momentOf(session.date, session.startsAt).epochMilliseconds),
      end: new Date(momentOf(session.date, session.endsAt).epochMilliseconds),
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      summary: line(`${cancelled ? 'ĐÃ HỦY: ' : ''}Lớp ${facts.classCode}, buổi ${session.ordinal}: ${session.topic}`),
      description: line(facts.classTitle),
      location: facts.venue && line(`${facts.venue.name}, ${facts.venue.address}`),
      organizer: { name: line(facts.organiser.name), email: facts.organiser.address },
      attendees: [
        {
          name: line(facts.attendee.name),
          email: facts.attendee.address,
          role: ICalAttendeeRole.REQ,
          status: ICalAttendeeStatus.NEEDSACTION,
          rsvp: true,
        },
      ],
    });
  }
  return calendar.toString();
}

/** One line without the quotation mark, which parameters of iCalendar cannot carry (RFC 5545, 3.2). */
function line(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').replaceAll('"', '”').trim();
}
