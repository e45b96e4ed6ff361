import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, plainToDate, type Deadline } from '#calendar';
import { DomainError, type requestView } from '#contracts';
import type { Prisma } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';
import { stableId } from '../plans/stable-id.js';
import { ON_DEMAND } from '../reports/requirement.repository.js';
import type { Asked, AskedAgency } from './request.js';

const json = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;

/** A plan, as far as it can be asked under. */
export interface AskedPlan {
  readonly id: string;
  readonly standingAgencyId: string;
  readonly ladders: readonly string[];
}

/** A request as it is written. */
export interface NewRequest {
  readonly requirementId: string;
  readonly code: string;
  readonly asked: Asked;
  readonly receiverId: string;
  readonly deadline: Deadline;
  readonly reports: readonly { readonly reportId: string; readonly agencyId: string; readonly obligationId: string }[];
}

export interface HeldRequest {
  readonly id: string;
  readonly code: string;
  readonly withdrawn: boolean;
}

type RequestView = z.output<typeof requestView>;

/** Requirements that somebody asked for once, with their reports. */
@Injectable()
export class RequestRepository {
  constructor(private readonly database: Database) {}

  /** One at a time asks, so that codes follow each other. Held to the end of the transaction. */
  async lockAsking(tx: Tx): Promise<void> {
    await tx.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(hashtext('request-reports'))`);
  }

  /** @throws DomainError `plan-not-found` */
  async plan(tx: Tx, planId: string): Promise<AskedPlan> {
    const row = await tx.plan.findUnique({ where: { id: planId }, select: { id: true, standingAgencyId: true, ladders: true } });
    if (!row) throw new DomainError('plan-not-found', `There is no plan ${planId}.`);
    return { ...row, ladders: Object.keys(row.ladders as object) };
  }

  async agencies(tx: Tx): Promise<Map<string, AskedAgency>> {
    const rows = await tx.agency.findMany({ select: { id: true, code: true, validFrom: true, validTo: true, successorId: true } });
    const codes = new Map(rows.map((row) => [row.id, row.code]));
    return new Map(
      rows.map(({ id, code, validFrom, validTo, successorId }) => [
        code,
        {
          id,
          code,
          validFrom: dateToPlain(validFrom),
          validTo: validTo && dateToPlain(validTo),
          successor: successorId === null ? null : (codes.get(successorId) ?? null),
        },
      ]),
    );
  }

  async hasTask(tx: Tx, planId: string, taskId: string): Promise<boolean> {
    return (await tx.task.count({ where: { id: taskId, planId, retired: false } })) > 0;
  }

  /** Codes of all that was ever asked for once in a plan. */
  async codes(tx: Tx, planId: string): Promise<string[]> {
    const rows = await tx.reportRequirement.findMany({ where: { planId, frequency: ON_DEMAND }, select: { code: true } });
    return rows.map((row) => row.code);
  }

  /** The requirement and its reports; their obligations are there already. */
  async add(tx: Tx, { requirementId, code, asked, receiverId, deadline, reports }: NewRequest): Promise<void> {
    const { planId, type, title, titleEn, ladder, basis, form, taskId, window } = asked;
    await tx.reportRequirement.create({
      data: {
        id: requirementId,
        planId,
        code,
        type,
        title,
        titleEn,
        frequency: ON_DEMAND,
        receiverId,
        dueRule: { word: deadline.word, date: deadline.date.toString(), roll: deadline.roll },
        ladder,
        firstPeriod: '',
        lastPeriod: '',
        basis,
        form: json(form),
        taskId: taskId ?? null,
      },
    });
    await tx.requirementReporter.createMany({ data: reports.map(({ agencyId }) => ({ requirementId, agencyId })) });
    const windowFrom = window ? plainToDate(Temporal.PlainDate.from(window.from)) : null;
    const windowTo = window ? plainToDate(Temporal.PlainDate.from(window.to)) : null;
    await tx.report.createMany({
      data: reports.map(({ reportId, agencyId, obligationId }) => ({
        id: reportId,
        requirementId,
        agencyId,
        obligationId,
        periodKey: code,
        windowFrom,
        windowTo,
      })),
    });
  }

  /** Locks a request to the end of the transaction. @throws DomainError `request-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldRequest> {
    await tx.$queryRaw`SELECT id FROM report_requirement WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.reportRequirement.findUnique({ where: { id } });
    if (row?.frequency !== ON_DEMAND)
      throw new DomainError('request-not-found', `There is no request ${id}. What a plan asks for regularly ends with the plan file.`);
    return { id: row.id, code: row.code, withdrawn: row.retired };
  }

  /** Locks the reports of a request, in the order of their ids. @returns ids of their obligations */
  async holdReports(tx: Tx, requirementId: string): Promise<string[]> {
    const rows = await tx.$queryRaw<{ obligation_id: string }[]>`
      SELECT obligation_id FROM report WHERE requirement_id = ${requirementId}::uuid ORDER BY id FOR NO KEY UPDATE`;
    return rows.map((row) => row.obligation_id);
  }

  async retire(tx: Tx, requirementId: string): Promise<void> {
    await tx.reportRequirement.update({ where: { id: requirementId }, data: { retired: true } });
  }

  async list(filter: {
    planId: string | undefined;
    withdrawn: boolean | undefined;
    limit: number;
    after: string | undefined;
  }): Promise<RequestView[]> {
    const rows = await this.database.reportRequirement.findMany({
      where: {
        frequency: ON_DEMAND,
        ...(filter.planId === undefined ? {} : { planId: filter.planId }),
        ...(filter.withdrawn === undefined ? {} : { retired: filter.withdrawn }),
        ...(filter.after === undefined ? {} : { id: { gt: filter.after } }),
      },
      orderBy: { id: 'asc' },
      take: filter.limit,
      include: { reports: { select: { obligation: { select: { state: true } } } } },
    });
    const receivers = await this.database.agency.findMany({
      where: { id: { in: rows.map((row) => row.receiverId) } },
      select: { id: true, code: true },
    });
    return rows.map((row) => {
      const { word, date } = row.dueRule as unknown as RequestView['deadline'];
      return {
        requirementId: row.id,
        planId: row.planId,
        code: row.code,
        type: row.type as RequestView['type'],
        title: row.title,
        titleEn: row.titleEn,
        receiver: receivers.find((agency) => agency.id === row.receiverId)?.code ?? '',
        deadline: { word, date },
        basis: row.basis,
        taskId: row.taskId,
        withdrawn: row.retired,
        asked: row.reports.length,
        open: row.reports.filter(({ obligation }) => obligation.state === 'open').length,
      };
    });
  }
}

/** The same for whoever asks for it twice. */
export function requestIds(planId: string, code: string) {
  const requirementId = stableId('requirement', planId, code);
  return {
    requirementId,
    of: (agencyId: string) => ({
      agencyId,
      reportId: stableId('report', requirementId, agencyId, code),
      obligationId: stableId('obligation', requirementId, agencyId, code),
    }),
  };
}
