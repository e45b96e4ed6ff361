import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { sendMail } from '#contracts';
import { Outbox } from '#messaging';
import { AgencyRepository } from '../agencies/agency.repository.js';
import type { Announcement } from '../announcements/announcement.js';
import { AnnouncementRepository } from '../announcements/announcement.repository.js';
import { calendarEntry, toldOf, type Facts } from '../announcements/class-facts.repository.js';
import { WorkingDays } from '../calendar/working-days.js';
import { AccessLinkRepository } from '../links/access-link.repository.js';
import type { Tx } from '../persistence/database.js';
import { deltaOf, issuerOf, linkUntil, type Roster } from './roster.js';
import { RosterRepository } from './roster.repository.js';

/** One roster mail to a trainer, with its link, and what is kept of it. */
@Injectable()
export class SendRoster {
  constructor(
    private readonly rosters: RosterRepository,
    private readonly announcements: AnnouncementRepository,
    private readonly links: AccessLinkRepository,
    private readonly outbox: Outbox,
    private readonly days: WorkingDays,
    private readonly agencies: AgencyRepository,
  ) {}

  /**
   * Nothing when the trainer has this roster, or one that says the same. The class is held, its roster locked.
   * @param lost sessions that the trainer was told of and that are no longer theirs
   * @returns whether a mail was written
   */
  async send(
    tx: Tx,
    about: { classId: string; facts: Facts; roster: Roster; lost: Announcement['told']['sessions'] },
    { trainerId, told }: { trainerId: string; told: Announcement['told'] | null },
    at: Temporal.Instant,
  ): Promise<boolean> {
    const { classId, facts, roster, lost } = about;
    const last = facts.sessions.at(-1);
    const had = told && told.rosterVersion > 0 ? await this.rosters.read(tx, classId, told.rosterVersion) : null;
    if (!facts.venue || !last || had?.digest === roster.digest) return false;
    const own = facts.sessions.filter((session) => session.trainerId === trainerId);
    const announced = { classId, personId: trainerId, role: 'trainer', told: toldOf(facts, own, roster.version), at } as const;
    const sequence = await this.announcements.keep(tx, announced);
    await this.links.revoke(tx, 'class', classId, trainerId, at);
    const { expiresOn, expiresAt } = linkUntil(Temporal.PlainDate.from(last.date), this.days.calendar);
    const token = await this.links.issue(tx, { purpose: 'class', classId, personId: trainerId, issuedAt: at, expiresAt });
    await this.outbox.publish(tx, sendMail, {
      businessKey: `class-roster.${classId}.${trainerId}.${String(roster.version)}`,
      stream: `class.${classId}`,
      recipientId: trainerId,
      obligationIds: [],
      mail: {
        template: 'class-roster',
        plan: facts.plan,
        course: facts.course,
        class: facts.class,
        issuer: issuerOf(facts, await this.agencies.names(tx, [facts.standingAgency, facts.leadAgency])),
        venue: facts.venue,
        sessions: facts.sessions.map(({ trainerId: whose, ...session }) => ({ ...session, own: whose === trainerId })),
        cancelled: lost.map(calendarEntry),
        rosterVersion: roster.version,
        lockedAt: roster.madeAt.toString(),
        trainees: roster.enrolmentIds.length,
        delta: had && deltaOf(had, roster),
        sequence,
        roster: await this.peopleOf(tx, facts, roster),
        token,
        expiresOn: expiresOn.toString(),
      },
    });
    return true;
  }

  /** As `rosterPeople` has it. */
  private async peopleOf(tx: Tx, { sessions }: Facts, { enrolmentIds }: Roster): Promise<string> {
    const people = await this.rosters.people(tx, enrolmentIds);
    const names = await this.rosters.trainers(
      tx,
      sessions.flatMap(({ trainerId }) => trainerId ?? []),
    );
    return JSON.stringify({
      trainees: people.map(({ name, unit, position, needs }) => ({ name, unit, position, needs })),
      trainers: Object.fromEntries(
        sessions.flatMap(({ sessionId, trainerId }) => (trainerId ? [[sessionId, names.get(trainerId) ?? '']] : [])),
      ),
    });
  }
}
