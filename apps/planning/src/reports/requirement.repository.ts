import { Injectable } from '@nestjs/common';
import type { DeadlineWord, RollPolicy } from '#calendar';
import type { Ladder } from '#ladder';
import { compareRows, type Change } from '#plan-files';
import { agencyIdOf } from '../agencies/agency.repository.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { Tx } from '../persistence/database.js';
import { seedText, type PlanFile } from '../plans/plan-file.js';
import { stableId } from '../plans/stable-id.js';

/** A requirement of a plan: opened again for every period. */
export interface Requirement {
  readonly id: string;
  readonly planId: string;
  readonly code: string;
  readonly title: string;
  readonly titleEn: string;
  readonly receiverId: string;
  readonly firstPeriod: string;
  readonly lastPeriod: string;
  readonly dueRule: {
    readonly word: DeadlineWord;
    readonly dayOfLastMonth: number;
    readonly roll: RollPolicy;
    readonly officeHourCutoff?: string;
  };
  readonly ladder: Ladder;
  readonly reporterIds: readonly string[];
}

/** Frequency of what somebody asked for once: no plan file names it, and no night opens it. */
export const ON_DEMAND = 'ON_DEMAND';

const json = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;

/** Who reports what to whom, as the newest imported file says. */
@Injectable()
export class RequirementRepository {
  /** Requirements in force, with the ladder that their plan was imported with. @param planId of one plan, or of all */
  async requirements(tx: Tx, planId?: string): Promise<Requirement[]> {
    const rows = await tx.reportRequirement.findMany({
      where: { retired: false, frequency: { not: ON_DEMAND }, ...(planId === undefined ? {} : { planId }) },
      include: { plan: { select: { ladders: true } }, reporters: { select: { agencyId: true } } },
      orderBy: { id: 'asc' },
    });
    return rows.map((row) => {
      const ladder = (row.plan.ladders as unknown as Record<string, Ladder>)[row.ladder];
      if (!ladder) throw new Error(`requirement ${row.code} names the ladder ${row.ladder}, which its plan does not have`);
      return {
        ...row,
        dueRule: row.dueRule as unknown as Requirement['dueRule'],
        ladder,
        reporterIds: row.reporters.map((one) => one.agencyId),
      };
    });
  }

  /** Makes the stored requirements those of the file. What was asked for once stays. */
  async synchronise(tx: Tx, planId: string, file: PlanFile): Promise<Change[]> {
    const wanted = new Map(file.reports.map((report) => [report.code, requirementRow(planId, report)]));
    const stored = await tx.reportRequirement.findMany({
      where: { planId, retired: false, frequency: { not: ON_DEMAND } },
      include: { reporters: true, inputs: true },
    });
    const flat = new Map(
      stored.map(({ reporters, inputs, ...row }) => [
        row.code,
        { ...row, reporters: reporters.map((one) => one.agencyId).sort(), inputs: inputs.map((one) => one.inputId).sort() },
      ]),
    );
    const compared = compareRows('report requirement', flat, wanted);
    const put: { upwardId: string; inputId: string }[] = [];
    for (const { reporters, inputs, ...row } of [...compared.added, ...compared.changed.map(({ row }) => row)]) {
      await tx.reportRequirement.upsert({ where: { id: row.id }, create: row, update: row });
      await tx.requirementReporter.deleteMany({ where: { requirementId: row.id } });
      await tx.requirementReporter.createMany({ data: reporters.map((agencyId) => ({ requirementId: row.id, agencyId })) });
      await tx.requirementInput.deleteMany({ where: { upwardId: row.id } });
      put.push(...inputs.map((inputId) => ({ upwardId: row.id, inputId })));
    }
    await tx.requirementInput.createMany({ data: put });
    await tx.reportRequirement.updateMany({ where: { planId, code: { in: compared.retired } }, data: { retired: true } });
    return compared.changes;
  }
}

function requirementRow(planId: string, report: PlanFile['reports'][number]) {
  const idOf = (code: string): string => stableId('requirement', planId, code);
  return {
    id: idOf(report.code),
    planId,
    code: report.code,
    title: report.title,
    titleEn: report.titleEn,
    type: report.type,
    frequency: report.frequency,
    receiverId: agencyIdOf(report.receiver),
    dueRule: json(report.due),
    ladder: report.ladder,
    firstPeriod: report.firstPeriod,
    lastPeriod: report.lastPeriod,
    basis: report.basis,
    outline: report.outline ?? null,
    form: json(report.form),
    seedId: seedText(report),
    assumption: report.assumption ?? null,
    retired: false,
    reporters: report.reporters.map(agencyIdOf).sort(),
    inputs: report.consolidates.map(idOf).sort(),
  };
}
