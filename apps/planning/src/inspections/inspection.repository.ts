import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { plainToDate } from '#calendar';
import { DomainError, type FindingState, type InspectionState } from '#contracts';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import type { HeldFinding, HeldInspection } from './inspection.js';

/** Inspections and their findings as use cases change them. Every change happens under the lock of what changes. */
@Injectable()
export class InspectionRepository {
  constructor(private readonly history: HistoryRepository) {}

  /** @throws DomainError `plan-not-found` */
  async plan(tx: Tx, id: string): Promise<{ standingAgencyId: string; issuerId: string; cityOfficeId: string }> {
    const row = await tx.plan.findUnique({ where: { id }, select: { standingAgencyId: true, issuerId: true, cityOfficeId: true } });
    if (!row) throw new DomainError('plan-not-found', `There is no plan ${id}. GET /api/v1/plans lists them.`);
    return row;
  }

  /** @throws DomainError `task-not-found` when the plan has no such task */
  async mustHaveTask(tx: Tx, planId: string, taskId: string): Promise<void> {
    if ((await tx.task.count({ where: { id: taskId, planId, retired: false } })) > 0) return;
    throw new DomainError('task-not-found', `This plan has no task ${taskId}. GET /api/v1/tasks lists those that it has.`);
  }

  async create(
    tx: Tx,
    inspection: { id: string; planId: string; taskId: string | null; agencyId: string; leadId: string; plannedOn: Temporal.PlainDate },
  ): Promise<void> {
    await tx.inspection.create({ data: { ...inspection, plannedOn: plainToDate(inspection.plannedOn) } });
  }

  /** Locks an inspection to the end of the transaction. @throws DomainError `inspection-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldInspection> {
    await tx.$queryRaw`SELECT id FROM inspection WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.inspection.findUnique({ where: { id }, include: { plan: true } });
    if (!row) throw new DomainError('inspection-not-found', `There is no inspection ${id}. GET /api/v1/inspections lists them.`);
    return {
      id: row.id,
      planId: row.planId,
      taskId: row.taskId,
      agencyId: row.agencyId,
      state: row.state as InspectionState,
      version: row.version,
      standingAgencyId: row.plan.standingAgencyId,
      issuerId: row.plan.issuerId,
      cityOfficeId: row.plan.cityOfficeId,
    };
  }

  /** Changes an inspection that is held. @returns its new version */
  async move(tx: Tx, id: string, to: { state: InspectionState; heldOn?: Temporal.PlainDate; summary?: string }): Promise<number> {
    const { heldOn, ...fields } = to;
    const data = { ...fields, ...(heldOn === undefined ? {} : { heldOn: plainToDate(heldOn) }), version: { increment: 1 } };
    return (await tx.inspection.update({ where: { id }, data })).version;
  }

  async find(
    tx: Tx,
    findings: readonly { id: string; inspectionId: string; ordinal: number; text: string; remedy: string; obligationId: string }[],
  ): Promise<void> {
    await tx.finding.createMany({ data: [...findings] });
  }

  /** Locks a finding to the end of the transaction. @throws DomainError `finding-not-found` */
  async holdFinding(tx: Tx, id: string): Promise<HeldFinding> {
    await tx.$queryRaw`SELECT id FROM finding WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.finding.findUnique({ where: { id } });
    if (!row) throw new DomainError('finding-not-found', `There is no finding ${id}. GET /api/v1/inspections shows them.`);
    return { ...row, state: row.state as FindingState };
  }

  /** Changes a finding that is held. @returns its new version */
  async moveFinding(tx: Tx, id: string, to: { state: FindingState; answer?: string }): Promise<number> {
    return (await tx.finding.update({ where: { id }, data: { ...to, version: { increment: 1 } } })).version;
  }

  async tell(
    tx: Tx,
    inspectionId: string,
    at: Temporal.Instant,
    what: string,
    more: { reason?: string; detail?: Record<string, string | number> } = {},
  ): Promise<void> {
    await this.history.tell(tx, [{ subject: 'inspection', subjectId: inspectionId, at, what, ...more }]);
  }
}
