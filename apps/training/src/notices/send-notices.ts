import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { sendMail, type PayloadOf } from '#contracts';
import { Outbox } from '#messaging';
import type { PersonToTell } from '../announcements/announcement.js';
import { AnnouncementRepository } from '../announcements/announcement.repository.js';
import { calendarEntry, type Facts } from '../announcements/class-facts.repository.js';
import type { HeldClass } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import type { Notice, Occasion } from './notice.js';

/** What is told of, and when. */
export interface Telling {
  readonly held: HeldClass;
  readonly facts: Facts;
  readonly at: Temporal.Instant;
}

const first: ReadonlySet<Occasion> = new Set(['invitation', 'promoted']);
const off: ReadonlySet<Occasion> = new Set(['cancelled', 'postponed']);

/** Notices to people of a class: the mails, and what is kept of them. */
@Injectable()
export class SendNotices {
  constructor(
    private readonly announcements: AnnouncementRepository,
    private readonly outbox: Outbox,
  ) {}

  /** The class is held. Two statements, however many read it. */
  async execute(
    tx: Tx,
    { held, facts, at }: Telling,
    notices: readonly { readonly reader: PersonToTell; readonly notice: Notice }[],
  ): Promise<void> {
    const sequences = await this.announcements.keepAll(
      tx,
      held.id,
      at,
      notices.map(({ reader }) => reader),
    );
    await this.outbox.publishAll(
      tx,
      sendMail,
      notices.map((one, index) => mailOf({ held, facts, at }, one, sequences[index] ?? 0)),
    );
  }
}

function mailOf(
  { held, facts }: Telling,
  { reader, notice: { occasion, sessions, cancelled, changed } }: { readonly reader: PersonToTell; readonly notice: Notice },
  sequence: number,
): PayloadOf<typeof sendMail> {
  // A class that is planned again was postponed to the days that it has now.
  const decided = off.has(occasion) || (occasion === 'changed' && held.state === 'planned');
  return {
    businessKey: `class-notice.${held.id}.${reader.personId}.${String(sequence)}`,
    stream: `class.${held.id}`,
    recipientId: reader.personId,
    obligationIds: [],
    mail: {
      template: 'class-notice',
      plan: facts.plan,
      course: facts.course,
      class: facts.class,
      occasion,
      reader: reader.role,
      venue: sessions.length > 0 ? facts.venue : null,
      sessions: sessions.map(({ part: _part, trainerId: _trainerId, ...session }) => session),
      cancelled: cancelled.map(calendarEntry),
      changed: [...changed],
      decision: decided ? held.decision : null,
      reason: decided ? held.reason : null,
      urgent: first.has(occasion) ? held.urgent : null,
      sequence,
    },
  };
}
