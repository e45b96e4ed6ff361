import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { localDate, plainToDate, toDate } from '#calendar';
import type { recordAnswer, ReplyOf, TrainerAnswer } from '#contracts';
import { mustBeSeen } from '#messaging';
import type { BookingRepository } from '../bookings/booking.repository.js';
import { ClassDesk } from '../classes/class-desk.js';
import { mustStand } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { askedOf, mustBeOpen } from './engagement.js';
import { EngagementRepository } from './engagement.repository.js';

export interface GivenAnswer {
  readonly answer: TrainerAnswer;
  readonly via: 'link' | 'office';
  /** What the trainer said about it. */
  readonly reason: string | null;
  /** How the office heard it. */
  readonly heard: string | null;
  readonly seenVersion?: number | undefined;
}

/** An answer takes effect, whoever wrote it down: accepted, the trainer is counted on; declined, the sessions are given back and stand in the list of conflicts. */
@Injectable()
export class TakeAnswer {
  constructor(
    private readonly desk: ClassDesk,
    private readonly engagements: EngagementRepository,
  ) {}

  /** Locks the class. The same answer again changes nothing. @throws DomainError `changed-meanwhile`, `class-not-standing`, and what `mustBeOpen` refuses */
  async take(
    tx: Tx,
    { id, classId }: { readonly id: string; readonly classId: string },
    given: GivenAnswer,
    at: Temporal.Instant,
  ): Promise<ReplyOf<typeof recordAnswer>> {
    const { held, sessions } = await this.desk.hold(tx, { classId });
    const engagement = await this.engagements.read(tx, id);
    mustBeSeen('engagement', engagement, given.seenVersion);
    const { trainerId, state, answerBy, version } = engagement;
    const { answer, via, reason, heard } = given;
    const told = (date: typeof answerBy) => date?.toString() ?? null;
    if (state === answer) return { engagementId: id, state, answerBy: told(answerBy), version, changed: false };
    mustBeOpen(state, answer, held.state);
    mustStand(held);
    const theirs = sessions.filter((one) => one.trainerId === trainerId);
    // Heard by the office before any invitation left: that was the asking.
    const asking = state === 'proposed' ? { asked: askedOf(theirs), invitedAt: toDate(at), answerBy: plainToDate(localDate(at)) } : {};
    const answered = { state: answer, answeredAt: toDate(at), answeredVia: via, reason };
    const now = await this.engagements.change(tx, id, { ...asking, ...answered }, { at, what: answer, reason: heard, detail: { via } });
    if (answer === 'declined') {
      await this.desk.classes.change(tx, classId);
      await giveBack(tx, this.desk.bookings, classId, theirs);
      const sessionIds = theirs.map((one) => one.id);
      await this.desk.classes.tell(tx, classId, at, 'trainer-declined', { detail: { trainerId, sessionIds } });
    }
    return {
      engagementId: id,
      state: answer,
      answerBy: told(state === 'proposed' ? localDate(at) : answerBy),
      version: now,
      changed: true,
    };
  }
}

async function giveBack(
  tx: Tx,
  bookings: BookingRepository,
  classId: string,
  sessions: Parameters<BookingRepository['book']>[2],
): Promise<void> {
  await bookings.book(
    tx,
    classId,
    sessions.map((session) => ({ ...session, trainerId: null })),
    {},
  );
}
