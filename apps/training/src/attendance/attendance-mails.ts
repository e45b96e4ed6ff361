import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { sendMail } from '#contracts';
import { Outbox } from '#messaging';
import { ClassFacts } from '../announcements/class-facts.repository.js';
import { WorkingDays } from '../calendar/working-days.js';
import { AccessLinkRepository } from '../links/access-link.repository.js';
import type { Tx } from '../persistence/database.js';
import { linkExpires, openUntil } from './attendance.js';
import type { AskedSession } from './attendance.repository.js';

/** Mails that ask for attendance, each with a link of its own: the token travels sealed and is kept nowhere. */
@Injectable()
export class AttendanceMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly facts: ClassFacts,
    private readonly links: AccessLinkRepository,
    private readonly days: WorkingDays,
  ) {}

  /** To the trainer of a session. Once per session and time of asking, by its business key; the second makes the first pointless where it has not left. */
  async ask(tx: Tx, { id, classId, trainerId, day }: AskedSession, time: 'first' | 'again', at: Temporal.Instant): Promise<void> {
    const { plan, course, class: ofClass, sessions } = await this.facts.of(tx, classId);
    const { calendar } = this.days;
    const link = { purpose: 'class', classId, personId: trainerId, issuedAt: at, expiresAt: linkExpires(day, calendar) } as const;
    await this.outbox.publish(tx, sendMail, {
      businessKey: `attendance.${id}.${trainerId}${time === 'again' ? '.again' : ''}`,
      stream: `attendance.${id}`,
      recipientId: trainerId,
      obligationIds: [],
      mail: {
        template: 'attendance-missing',
        plan,
        course,
        class: ofClass,
        sessions: sessions.filter(({ sessionId }) => sessionId === id),
        token: await this.links.issue(tx, link),
        expiresOn: openUntil(day, calendar).toString(),
      },
    });
  }
}
