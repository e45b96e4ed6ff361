import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { sendMail } from '#contracts';
import { Outbox } from '#messaging';
import type { Role, Told } from '../announcements/announcement.js';
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

/** One notice: the mail, and what is kept of it. */
@Injectable()
export class SendNotice {
  constructor(
    private readonly announcements: AnnouncementRepository,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The class is held.
   * @param reader.told what the reader has in their calendar from now on
   * @param reader.remindedFor first day of the class, when this reminds of it
   */
  async send(
    tx: Tx,
    { held, facts, at }: Telling,
    reader: { personId: string; role: Role; told: Told; remindedFor?: Temporal.PlainDate | null },
    { occasion, sessions, cancelled, changed }: Notice,
  ): Promise<void> {
    const sequence = await this.announcements.keep(tx, { classId: held.id, at, ...reader });
    // A class that is planned again was postponed to the days that it has now.
    const decided = off.has(occasion) || (occasion === 'changed' && held.state === 'planned');
    await this.outbox.publish(tx, sendMail, {
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
    });
  }
}
