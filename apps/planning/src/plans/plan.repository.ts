import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { dateToPlain, plainToDate } from '#calendar';
import type { planSummary } from '#contracts';
import type { Ladder } from '#ladder';
import { agencyIdOf } from '../agencies/agency.repository.js';
import type { Prisma } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';
import { PlannedTasks } from '../tasks/planned-tasks.repository.js';
import { compareRows, differing, type Change } from './changes.js';
import { seedText, type PlanFile } from './plan-file.js';
import { stableId } from './stable-id.js';

const day = (text: string): Date => plainToDate(Temporal.PlainDate.from(text));
const json = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;

/** Plans, their tasks and budget sources, as the newest imported file says. */
@Injectable()
export class PlanRepository {
  constructor(
    private readonly database: Database,
    private readonly tasks: PlannedTasks,
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
  ): Promise<{ planId: string; changes: Change[] }> {
    const row = planRow(file, ladders, fileDigest);
    const stored = await tx.plan.findUnique({ where: { id: row.id } });
    const changes: Change[] = [];
    if (!stored) {
      await tx.plan.create({ data: row });
      changes.push({ what: 'plan', key: row.documentNumber, change: 'added', fields: [] });
    } else {
      const fields = differing(stored, row).filter((field) => field !== 'fileDigest');
      await tx.plan.update({ where: { id: row.id }, data: { ...row, ...(fields.length > 0 ? { version: { increment: 1 } } : {}) } });
      if (fields.length > 0) changes.push({ what: 'plan', key: row.documentNumber, change: 'changed', fields });
    }
    changes.push(...(await this.sources(tx, row.id, file)), ...(await this.tasks.synchronise(tx, row.id, file.tasks)));
    return { planId: row.id, changes };
  }

  async list(page: { limit: number; after: string | undefined }): Promise<z.output<typeof planSummary>[]> {
    return this.summaries({
      ...(page.after === undefined ? {} : { where: { id: { gt: page.after } } }),
      orderBy: { id: 'asc' },
      take: page.limit,
    });
  }

  async find(planId: string): Promise<z.output<typeof planSummary> | undefined> {
    return (await this.summaries({ where: { id: planId } }))[0];
  }

  private async summaries(query: {
    where?: Prisma.PlanWhereInput;
    orderBy?: { id: 'asc' };
    take?: number;
  }): Promise<z.output<typeof planSummary>[]> {
    const rows = await this.database.plan.findMany(query);
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
      legalBases: row.legalBases as z.output<typeof planSummary>['legalBases'],
      version: row.version,
    }));
  }

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
    await tx.budgetSource.deleteMany({ where: { planId, code: { in: compared.retired } } });
    return compared.changes;
  }
}

function planRow({ document, legalBases }: PlanFile, ladders: ReadonlyMap<string, Ladder>, fileDigest: string) {
  return {
    id: stableId('plan', document.number, document.issuedOn),
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
