import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { plainToDate } from '#calendar';
import { compareRows, type Change } from '#plan-files';
import { agencyIdOf } from '../agencies/agency.repository.js';
import type { Tx } from '../persistence/database.js';
import { seedText, type ApprovalEntry } from '../plans/plan-file.js';
import { stableId } from '../plans/stable-id.js';
import { DossierDuties } from './dossier-duties.js';
import { dossierIdOf, DossierRepository } from './dossier.repository.js';

/**
 * Makes the planned dossiers those of the plan file; what was opened by hand stays. A dossier that left the file is retired: nothing is owed for it any
 * more, and it gates nothing. What is owed already keeps its day and its ladder, as everything in the ledger does.
 */
@Injectable()
export class SynchroniseDossiers {
  constructor(
    private readonly dossiers: DossierRepository,
    private readonly duties: DossierDuties,
  ) {}

  /** In the transaction of the import, after agencies and tasks. @returns what changed. @throws CalendarYearMissingError */
  async execute(tx: Tx, planId: string, entries: readonly ApprovalEntry[], at: Temporal.Instant): Promise<Change[]> {
    const wanted = new Map(entries.map((entry) => [entry.code, rowOf(planId, entry)]));
    const stored = await tx.approvalDossier.findMany({ where: { planId, retired: false }, include: { gates: true } });
    const planned = stored.filter((row) => row.seedId !== null || row.assumption !== null || wanted.has(row.code));
    const flat = new Map(planned.map(({ gates, ...row }) => [row.code, { ...row, gates: gates.map((gate) => gate.taskId).sort() }]));
    const { added, changed, retired, changes } = compareRows('approval dossier', flat, wanted);
    for (const code of retired) await this.retire(tx, dossierIdOf(planId, code), at);
    for (const row of added) {
      await this.write(tx, row);
      await this.dossiers.tell(tx, row.id, { at, what: 'opened', detail: { code: row.code, kind: row.kind } });
    }
    for (const { row, fields } of changed) {
      await this.write(tx, row);
      await this.dossiers.tell(tx, row.id, { at, what: 'changed', detail: { fields } });
    }
    for (const { id } of [...added, ...changed.map(({ row }) => row)]) await this.duties.owe(tx, await this.dossiers.hold(tx, id), at);
    return changes;
  }

  private async write(tx: Tx, { gates, ...row }: ReturnType<typeof rowOf>): Promise<void> {
    await tx.approvalDossier.upsert({ where: { id: row.id }, create: row, update: { ...row, version: { increment: 1 } } });
    await tx.approvalVersion.createMany({ data: [{ dossierId: row.id, number: 1 }], skipDuplicates: true });
    await tx.dossierGate.deleteMany({ where: { dossierId: row.id } });
    await tx.dossierGate.createMany({ data: gates.map((taskId) => ({ dossierId: row.id, taskId })) });
  }

  private async retire(tx: Tx, id: string, at: Temporal.Instant): Promise<void> {
    const dossier = await this.dossiers.hold(tx, id);
    await this.duties.cancel(tx, dossier, 'left the plan file', at);
    await tx.approvalDossier.update({ where: { id }, data: { retired: true, version: { increment: 1 } } });
    await tx.dossierGate.deleteMany({ where: { dossierId: id } });
    await this.dossiers.tell(tx, id, { at, what: 'retired', detail: { code: dossier.code } });
  }
}

function rowOf(planId: string, entry: ApprovalEntry) {
  return {
    id: dossierIdOf(planId, entry.code),
    planId,
    code: entry.code,
    kind: entry.kind,
    title: entry.title,
    titleEn: entry.titleEn,
    taskId: entry.task === undefined ? null : stableId('task', planId, entry.task),
    submitterId: agencyIdOf(entry.submitter),
    approverId: agencyIdOf(entry.approver),
    answerWithin: entry.answerWithin,
    submitBy: entry.submitBy === undefined ? null : plainToDate(Temporal.PlainDate.from(entry.submitBy)),
    ladder: entry.ladder,
    seedId: seedText(entry),
    assumption: entry.assumption ?? null,
    retired: false,
    gates: entry.gates.map((code) => stableId('task', planId, code)).sort(),
  };
}
