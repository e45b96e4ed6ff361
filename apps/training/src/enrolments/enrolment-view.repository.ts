import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { toInstant } from '#calendar';
import { DomainError, type enrolmentView, type listEnrolments, type PayloadOf, type readClassList, type ReplyOf } from '#contracts';
import { byVietnameseName } from '#documents';
import type { Prisma } from '../generated/prisma/client.js';
import { Database } from '../persistence/database.js';

type View = z.output<typeof enrolmentView>;

const shown = { trainee: true } as const satisfies Prisma.EnrolmentInclude;
type Shown = Prisma.EnrolmentGetPayload<{ include: typeof shown }>;

/** What people see of nominations. Personal data: it leaves here sealed. */
@Injectable()
export class EnrolmentViews {
  constructor(private readonly database: Database) {}

  /** A page in order of time, with the keys of its rows. @param after key of the last one seen */
  async list(
    { classId, state, agency }: PayloadOf<typeof listEnrolments>,
    limit: number,
    after: string | undefined,
  ): Promise<{ key: string; view: View }[]> {
    const rows = await this.database.enrolment.findMany({
      where: {
        classId,
        ...(state === undefined ? {} : { state }),
        ...(agency === undefined ? {} : { agency }),
        ...(after === undefined ? {} : { seq: { gt: BigInt(after) } }),
      },
      orderBy: { seq: 'asc' },
      take: limit,
      include: shown,
    });
    return rows.map((row) => ({ key: String(row.seq), view: viewOf(row) }));
  }

  /** @throws DomainError `class-not-found` */
  async classList(classId: string, now: Temporal.Instant): Promise<ReplyOf<typeof readClassList>> {
    const held = await this.database.trainingClass.findUnique({ where: { id: classId } });
    if (!held) throw new DomainError('class-not-found', `There is no class ${classId}. GET /api/v1/classes lists them.`);
    const rows = await this.database.enrolment.findMany({ where: { classId, state: 'enrolled' }, orderBy: { seq: 'asc' }, include: shown });
    const items = rows.map(viewOf).sort((a, b) => byVietnameseName(a.fullName ?? '', b.fullName ?? ''));
    return { classId, class: held.code, title: held.title, asOf: now.toString(), items };
  }
}

function viewOf({ id, trainee, ...row }: Shown): View {
  const { fullName, unit, position, needs, email, phone } = trainee;
  return {
    enrolmentId: id,
    classId: row.classId,
    traineeId: row.traineeId,
    agency: row.agency,
    fullName,
    unit,
    position,
    needs,
    email,
    phone,
    language: trainee.language as View['language'],
    leader: row.leader,
    state: row.state as View['state'],
    nominatedAt: toInstant(row.nominatedAt).toString(),
    reason: row.reason,
    clashes: row.clashes,
    version: row.version,
  };
}
