import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { localDate } from '#calendar';
import { DomainError, type getRoster, type openRoster, type PayloadOf, type ReplyOf } from '#contracts';
import { AgencyRepository } from '../agencies/agency.repository.js';
import { ClassFacts } from '../announcements/class-facts.repository.js';
import type { AccessLink } from '../links/access-link.js';
import { AccessLinkRepository } from '../links/access-link.repository.js';
import { Database, type Tx } from '../persistence/database.js';
import { deltaOf, isShown, issuerOf, type Roster } from './roster.js';
import { RosterRepository } from './roster.repository.js';

/** What people see of rosters: trainers of their own, the office of all. */
@Injectable()
export class RosterViews {
  constructor(
    private readonly database: Database,
    private readonly rosters: RosterRepository,
    private readonly facts: ClassFacts,
    private readonly links: AccessLinkRepository,
    private readonly agencies: AgencyRepository,
  ) {}

  /**
   * The link of a roster mail with the roster that it opens: while its reader teaches the class and the class is held.
   * @throws DomainError `link-unknown`, `link-revoked`, `link-expired`
   */
  async link(tx: Tx | Database, token: string, now: Temporal.Instant): Promise<{ link: AccessLink; roster: Roster }> {
    const link = await this.links.open(tx, 'class', token, now);
    const teaches = await tx.engagement.count({
      where: { classId: link.classId, trainerId: link.personId, state: { in: ['accepted', 'delivered'] } },
    });
    const { state } = await this.facts.of(tx, link.classId);
    const roster = await this.rosters.read(tx, link.classId);
    if (teaches > 0 && isShown(state) && roster) return { link, roster };
    throw new DomainError('link-revoked', 'This link is no longer valid: the class is not held as it was, or somebody else teaches it.');
  }

  /** Looking changes nothing: mail scanners look, too. @throws DomainError as `link` */
  async open({ token }: PayloadOf<typeof openRoster>, now: Temporal.Instant): Promise<ReplyOf<typeof openRoster>> {
    const { link, roster } = await this.link(this.database, token, now);
    const expiresOn = localDate(link.expiresAt).subtract({ days: 1 });
    return { ...(await this.content(link.classId, roster)), expiresOn: expiresOn.toString() };
  }

  /** @throws DomainError `class-not-found`, `roster-not-found` */
  async get({ classId, rosterVersion }: PayloadOf<typeof getRoster>): Promise<ReplyOf<typeof getRoster>> {
    if ((await this.database.trainingClass.count({ where: { id: classId } })) === 0)
      throw new DomainError('class-not-found', `There is no class ${classId}. GET /api/v1/classes lists them.`);
    const versions = await this.rosters.versions(this.database, classId);
    const roster = versions.find(({ version }) => rosterVersion === undefined || version === rosterVersion);
    if (!roster)
      throw new DomainError(
        'roster-not-found',
        versions.length === 0
          ? 'The class has no roster yet: it is locked five working days before the first session, or by POST /api/v1/classes/{classId}/lock-roster.'
          : `The class has rosters 1 to ${String(versions.length)}.`,
      );
    return {
      ...(await this.content(classId, roster)),
      versions: versions.map((one, index) => {
        const before = versions[index + 1];
        return {
          rosterVersion: one.version,
          madeAt: one.madeAt.toString(),
          trainees: one.enrolmentIds.length,
          delta: before ? deltaOf(before, one) : null,
        };
      }),
    };
  }

  private async content(classId: string, roster: Roster) {
    const facts = await this.facts.of(this.database, classId);
    const { plan, state, course, class: named, venue, sessions } = facts;
    const people = await this.rosters.people(this.database, roster.enrolmentIds);
    const names = await this.rosters.trainers(
      this.database,
      sessions.flatMap(({ trainerId }) => trainerId ?? []),
    );
    return {
      classId,
      state,
      plan: { documentNumber: plan.documentNumber, issuedOn: plan.issuedOn },
      issuer: issuerOf(facts, await this.agencies.names(this.database, [facts.standingAgency, facts.leadAgency])),
      course,
      class: named,
      venue,
      sessions: sessions.map(({ trainerId, ...session }) => ({ ...session, trainer: names.get(trainerId ?? '') ?? '' })),
      rosterVersion: roster.version,
      lockedAt: roster.madeAt.toString(),
      trainees: people.map(({ name, unit, position, needs }) => ({ name, unit, position, needs })),
    };
  }
}
