import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, plainToDate } from '#calendar';
import type { planSummary } from '#contracts';
import type { Ladder } from '#ladder';
import { compareRows, differing, type Change } from '#plan-files';
import { agencyIdOf } from '../agencies/agency.repository.js';
import { SynchroniseBudget } from '../budget/synchronise-budget.js';
import type { Prisma } from '../generated/prisma/client.js';
import { HistoryRepository, type HistoryLine } from '../history/history.repository.js';
import { Database, type Tx } from '../persistence/database.js';
import { PlanFigures } from './plan-figures.repository.js';
import { PlannedTasks } from '../tasks/planned-tasks.repository.js';
import { seedText, type PlanFile } from './plan-file.js';
import { stableId } from './stable-id.js';

const day = (text: string): Date => plainToDate(Temporal.PlainDate.from(text));
const json = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;

const inFamily = {
  parent: true,
  subPlans: { orderBy: [{ issuedOn: 'asc' }, { documentNumber: 'asc' }] },
} as const satisfies Prisma.PlanInclude;

/** The same for the same document: numbers restart each year, so the day belongs to it. */
export const planIdOf = (document: { readonly number: string; readonly issuedOn: string }): string =>
  stableId('plan', document.number, document.issuedOn);

/** Plans, their tasks and their budget, as the newest imported file says. */
@Injectable()
export class PlanRepository {
  constructor(
    private readonly database: Database,
    private readonly tasks: PlannedTasks,
    private readonly budget: SynchroniseBudget,
    private readonly figures: PlanFigures,
    private readonly history: HistoryRepository,
  ) {}

  /** One import at a time: two people with two files do not weave them into a third. Held to the end of the transaction. */
  async lockImports(tx: Tx): Promise<void> {
    await tx.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(hashtext('import-plan'))`);
  }

  async synchronise(
    tx: Tx,
    file: PlanFile,
    ladders: ReadonlyMap<string, Ladder>,
    fileDigest: string,
    at: Temporal.Instant,
  ): Promise<{ planId: string; changes: Change[] }> {
    const row = planRow(file, ladders, fileDigest);
    const stored = await tx.plan.findUnique({ where: { id: row.id } });
    const changes: Change[] = [];
    if (!stored) {
      await tx.plan.create({ data: row });
      changes.push({ what: 'plan', key: row.documentNumber, change: 'added', fields: [] });
      await this.tell(tx, row, { at, what: 'imported', detail: { parentId: row.parentId } });
    } else {
      const fields = differing(stored, row).filter((field) => field !== 'fileDigest');
      await tx.plan.update({ where: { id: row.id }, data: { ...row, ...(fields.length > 0 ? { version: { increment: 1 } } : {}) } });
      if (fields.length > 0) {
        changes.push({ what: 'plan', key: row.documentNumber, change: 'changed', fields });
        await this.tell(tx, row, { at, what: 'changed', detail: { fields, parentId: row.parentId } });
      }
    }
    changes.push(...(await this.sources(tx, row.id, file)), ...(await this.tasks.synchronise(tx, row.id, file.tasks)));
    changes.push(...(await this.budget.execute(tx, row.id, file, at)));
    return { planId: row.id, changes };
  }

  async list(page: { limit: number; after: string | undefined }, now: Temporal.Instant): Promise<PlanView[]> {
    return this.summaries(now, {
      ...(page.after === undefined ? {} : { where: { id: { gt: page.after } } }),
      orderBy: { id: 'asc' },
      take: page.limit,
    });
  }

  async find(planId: string, now: Temporal.Instant): Promise<PlanView | undefined> {
    return (await this.summaries(now, { where: { id: planId } }))[0];
  }

  private async summaries(
    now: Temporal.Instant,
    query: { where?: Prisma.PlanWhereInput; orderBy?: { id: 'asc' }; take?: number },
  ): Promise<PlanView[]> {
    const rows = await this.database.plan.findMany({ ...query, include: inFamily });
    const owed = await this.figures.owed(
      rows.flatMap((row) => [row.id, ...row.subPlans.map((sub) => sub.id)]),
      now,
    );
    const agencies = await this.database.agency.findMany({ select: { id: true, code: true } });
    const code = (id: string): string => agencies.find((agency) => agency.id === id)?.code ?? '';
    return rows.map((row) => ({
      planId: row.id,
      documentNumber: row.documentNumber,
      title: row.title,
      year: row.year,
      field: row.field,
      signatory: row.signatory,
      issuedOn: dateToPlain(row.issuedOn).toString(),
      effectiveOn: dateToPlain(row.effectiveOn).toString(),
      endsOn: dateToPlain(row.endsOn).toString(),
      issuer: code(row.issuerId),
      standingAgency: code(row.standingAgencyId),
      cityOffice: code(row.cityOfficeId),
      parent: row.parent && nameOf(row.parent),
      obligations: owed(row.id),
      subPlans: row.subPlans.map((sub) => ({ ...nameOf(sub), issuer: code(sub.issuerId), obligations: owed(sub.id) })),
      legalBases: row.legalBases as z.output<typeof planSummary>['legalBases'],
      version: row.version,
    }));
  }

  private async tell(tx: Tx, plan: { readonly id: string }, line: Omit<HistoryLine, 'subject' | 'subjectId'>): Promise<void> {
    await this.history.tell(tx, [{ subject: 'plan', subjectId: plan.id, ...line }]);
  }

  /** One that left the file stays until nothing stands on it any more; see `SynchroniseBudget`. */
  private async sources(tx: Tx, planId: string, file: PlanFile): Promise<Change[]> {
    const wanted = new Map(
      file.budgetSources.map((source) => [
        source.code,
        {
          id: stableId('budget-source', planId, source.code),
          planId,
          code: source.code,
          decision: source.decision,
          holderId: agencyIdOf(source.holder),
          text: source.text,
          condition: source.condition ?? null,
          supplementById: source.supplementBy === undefined ? null : agencyIdOf(source.supplementBy),
          seedId: seedText(source),
          assumption: source.assumption ?? null,
        },
      ]),
    );
    const stored = await tx.budgetSource.findMany({ where: { planId } });
    const compared = compareRows('budget source', new Map(stored.map((row) => [row.code, row])), wanted);
    await tx.budgetSource.createMany({ data: compared.added });
    for (const { row } of compared.changed) await tx.budgetSource.update({ where: { id: row.id }, data: row });
    await tx.task.updateMany({ where: { planId, budgetSource: { code: { in: compared.retired } } }, data: { budgetSourceId: null } });
    return compared.changes;
  }
}

type PlanView = z.output<typeof planSummary>;

function nameOf(row: { id: string; documentNumber: string; issuedOn: Date; title: string }) {
  return { planId: row.id, documentNumber: row.documentNumber, issuedOn: dateToPlain(row.issuedOn).toString(), title: row.title };
}

function planRow({ document, legalBases }: PlanFile, ladders: ReadonlyMap<string, Ladder>, fileDigest: string) {
  return {
    id: planIdOf(document),
    documentNumber: document.number,
    issuedOn: day(document.issuedOn),
    title: document.title,
    programme: document.programme,
    year: document.year,
    field: document.field,
    issuePlace: document.issuePlace,
    signatory: document.signatory,
    effectiveOn: day(document.effectiveOn),
    endsOn: day(document.endsOn),
    issuerId: agencyIdOf(document.issuer),
    standingAgencyId: agencyIdOf(document.standingAgency),
    cityOfficeId: agencyIdOf(document.cityOffice),
    parentId: document.parent === undefined ? null : planIdOf(document.parent),
    legalBases: json(
      legalBases.map((basis) => ({
        documentNumber: basis.number,
        issuedOn: basis.issuedOn,
        issuer: basis.issuer,
        title: basis.title,
        seedId: seedText(basis),
        assumption: basis.assumption ?? null,
      })),
    ),
    ladders: json(Object.fromEntries(ladders)),
    fileDigest,
  };
}
