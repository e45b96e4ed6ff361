import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { localDate, toInstant } from '#calendar';
import type { ClassState, engagementView, listEngagements, openInvitation, PayloadOf, ReplyOf } from '#contracts';
import { ClassFacts } from '../announcements/class-facts.repository.js';
import type { Prisma } from '../generated/prisma/client.js';
import { AccessLinkRepository } from '../links/access-link.repository.js';
import { Database } from '../persistence/database.js';
import { isUnanswered, openAnswers } from './engagement.js';
import { engagementOf } from './engagement.repository.js';

type View = z.output<typeof engagementView>;

const shown = {
  class: { include: { sessions: { orderBy: { startsAt: 'asc' } } } },
  trainer: true,
} as const satisfies Prisma.EngagementInclude;
type Shown = Prisma.EngagementGetPayload<{ include: typeof shown }>;

/** What people see of engagements, and what a trainer sees of their own. */
@Injectable()
export class EngagementViews {
  constructor(
    private readonly database: Database,
    private readonly links: AccessLinkRepository,
    private readonly facts: ClassFacts,
  ) {}

  /** In order of their id. */
  async list(filter: PayloadOf<typeof listEngagements>, now: Temporal.Instant, limit: number, after: string | undefined): Promise<View[]> {
    const rows = await this.database.engagement.findMany({
      where: {
        ...(filter.classId === undefined ? {} : { classId: filter.classId }),
        ...(filter.trainerId === undefined ? {} : { trainerId: filter.trainerId }),
        ...(filter.state === undefined ? {} : { state: filter.state }),
        ...(after === undefined ? {} : { id: { gt: after } }),
      },
      orderBy: { id: 'asc' },
      take: limit,
      include: shown,
    });
    return rows.map((row) => viewOf(row, localDate(now)));
  }

  /** Looking changes nothing: mail scanners look, too. @throws DomainError `link-unknown`, `link-revoked`, `link-expired` */
  async open(token: string, now: Temporal.Instant): Promise<ReplyOf<typeof openInvitation>> {
    const { classId, personId: trainerId } = await this.links.open(this.database, 'answer', token, now);
    const row = await this.database.engagement.findUniqueOrThrow({ where: { classId_trainerId: { classId, trainerId } }, include: shown });
    const { course, venue, sessions } = await this.facts.of(this.database, classId);
    const { state, answerBy } = engagementOf(row);
    const classState = row.class.state as ClassState;
    return {
      state,
      trainer: row.trainer.title === null ? row.trainer.fullName : `${row.trainer.title} ${row.trainer.fullName}`,
      course,
      class: { code: row.class.code, title: row.class.title, state: classState },
      venue,
      sessions: sessions.filter((one) => one.trainerId === trainerId),
      answerBy: answerBy?.toString() ?? localDate(now).toString(),
      answeredAt: row.answeredAt && toInstant(row.answeredAt).toString(),
      open: openAnswers(state, classState),
    };
  }
}

const sessionsOf = (row: Shown): string[] => row.class.sessions.filter((one) => one.trainerId === row.trainerId).map(({ id }) => id);

function viewOf(row: Shown, today: Temporal.PlainDate): View {
  const { id: engagementId, answerBy, ...engagement } = engagementOf(row);
  return {
    engagementId,
    classId: engagement.classId,
    class: row.class.code,
    trainerId: engagement.trainerId,
    state: engagement.state,
    sessionIds: sessionsOf(row),
    invitedAt: row.invitedAt && toInstant(row.invitedAt).toString(),
    answerBy: answerBy?.toString() ?? null,
    answeredAt: row.answeredAt && toInstant(row.answeredAt).toString(),
    answeredVia: row.answeredVia as View['answeredVia'],
    reason: row.reason,
    invitation: engagement.invitation,
    asks: engagement.asks,
    unanswered: isUnanswered({ ...engagement, answerBy }, today),
    version: engagement.version,
  };
}
