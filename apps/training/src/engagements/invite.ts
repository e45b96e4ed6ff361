import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { localDate, plainToDate, toDate } from '#calendar';
import { DomainError, sendMail, type inviteTrainer, type ReplyOf } from '#contracts';
import { Outbox } from '#messaging';
import { AnnouncementRepository } from '../announcements/announcement.repository.js';
import { calendarEntry, ClassFacts, toldOf } from '../announcements/class-facts.repository.js';
import { timesOf, type Session } from '../bookings/timetable.js';
import { WorkingDays } from '../calendar/working-days.js';
import { AccessLinkRepository } from '../links/access-link.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustGoOn } from '../tasks/plan-task.js';
import { answerByOf, askedOf, type Engagement } from './engagement.js';
import { EngagementRepository } from './engagement.repository.js';

/** One invitation: the mail with its link and calendar entries, and what is kept of it, in one transaction. */
@Injectable()
export class Invite {
  constructor(
    private readonly engagements: EngagementRepository,
    private readonly links: AccessLinkRepository,
    private readonly announcements: AnnouncementRepository,
    private readonly facts: ClassFacts,
    private readonly days: WorkingDays,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The class is held and stands. The link of the invitation before, if there was one, opens nothing from now on.
   * @param theirs sessions of the trainer, in order of time
   * @throws DomainError `task-suspended`, `task-cancelled`, `approval-missing`, `venue-missing`, `too-late-to-ask`, `plan-not-known`
   */
  async send(tx: Tx, engagement: Engagement, theirs: readonly Session[], at: Temporal.Instant): Promise<ReplyOf<typeof inviteTrainer>> {
    const { id, classId, trainerId } = engagement;
    const today = localDate(at);
    const [first] = theirs;
    const facts = await this.facts.of(tx, classId);
    const { venue, plan, course, class: named } = facts;
    mustGoOn(facts.task);
    if (!venue || theirs.some(({ venueId }) => venueId === null))
      throw new DomainError('venue-missing', `Class ${named.code} has no venue. Change the class to one that has, then invite.`);
    if (!first || Temporal.PlainDate.compare(first.day, today) <= 0)
      throw new DomainError('too-late-to-ask', 'The first session is today or over. Call the trainer and record the answer.');
    const answerBy = answerByOf(today, first.day, this.days.calendar);
    const sessions = facts.sessions.filter((one) => one.trainerId === trainerId);
    const before = await this.announcements.find(tx, classId, trainerId, 'trainer');
    const cancelled = before?.told.sessions.filter(({ sessionId }) => sessions.every((one) => one.sessionId !== sessionId)) ?? [];
    const told = toldOf(facts, sessions, before?.told.rosterVersion);
    const sequence = await this.announcements.keep(tx, { classId, personId: trainerId, role: 'trainer', told, at });
    await this.links.revoke(tx, 'answer', classId, trainerId, at);
    const link = { purpose: 'answer', classId, personId: trainerId, issuedAt: at, expiresAt: timesOf(first).startsAt } as const;
    const token = await this.links.issue(tx, link);
    const [invitation, asks] = [engagement.invitation + 1, engagement.asks + 1];
    const version = await this.engagements.change(
      tx,
      id,
      { state: 'invited', asked: askedOf(theirs), asks, invitation, invitedAt: toDate(at), answerBy: plainToDate(answerBy) },
      { at, what: asks === 1 ? 'invited' : 'invited-again', detail: { invitation, answerBy: answerBy.toString() } },
    );
    await this.outbox.publish(tx, sendMail, {
      businessKey: `trainer-invitation.${id}.${String(invitation)}`,
      stream: `class.${classId}`,
      recipientId: trainerId,
      mail: {
        template: 'trainer-invitation',
        plan,
        course,
        class: named,
        venue,
        sessions,
        cancelled: cancelled.map(calendarEntry),
        sequence,
        answerBy: answerBy.toString(),
        token,
      },
      obligationIds: [],
    });
    return { engagementId: id, state: 'invited', answerBy: answerBy.toString(), version };
  }
}
