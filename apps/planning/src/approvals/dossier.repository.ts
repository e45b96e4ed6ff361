import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate, toDate } from '#calendar';
import { DomainError, type dossierDecided, type DossierKind, type DossierState, type PayloadOf } from '#contracts';
import { currentTrace } from '#observability';
import type { Prisma } from '../generated/prisma/client.js';
import { HistoryRepository, type HistoryLine } from '../history/history.repository.js';
import { answeringAgency } from '../obligations/obligation.js';
import type { Tx } from '../persistence/database.js';
import { stableId } from '../plans/stable-id.js';
import type { DossierContent, HeldDossier } from './dossier.js';

/** A dossier before it is written. */
export interface NewDossier {
  readonly planId: string;
  readonly code: string;
  readonly kind: DossierKind;
  readonly title: string;
  readonly titleEn: string;
  readonly taskId: string | null;
  readonly submitterId: string;
  readonly approverId: string;
  readonly answerWithin: number;
  readonly submitBy: Temporal.PlainDate | null;
  readonly ladder: string;
  readonly shortfallId: string | null;
  readonly seedId: string | null;
  readonly assumption: string | null;
  /** Ids of the tasks that wait for its approval. */
  readonly gates: readonly string[];
  readonly draft: { readonly summary: string; readonly content: DossierContent };
}

type Decision = PayloadOf<typeof dossierDecided>;

const held = {
  plan: { select: { documentNumber: true, issuerId: true, standingAgencyId: true, cityOfficeId: true } },
  versions: { orderBy: { number: 'desc' }, take: 1 },
} as const;

/** The same for the same code of a plan. */
export const dossierIdOf = (planId: string, code: string): string => stableId('dossier', planId, code);

/** Dossiers and their versions. What was handed in is never changed; every change happens under the lock of the dossier. */
@Injectable()
export class DossierRepository {
  constructor(private readonly history: HistoryRepository) {}

  /** Locks a dossier to the end of the transaction. @throws DomainError `dossier-not-found` */
  async hold(tx: Tx, id: string): Promise<HeldDossier> {
    await tx.$queryRaw`SELECT id FROM approval_dossier WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.approvalDossier.findUnique({ where: { id, retired: false }, include: held });
    if (!row) throw new DomainError('dossier-not-found', `There is no dossier ${id}. GET /api/v1/dossiers lists them.`);
    return heldDossier(row);
  }

  /** @returns false when the plan has a dossier of this code already */
  async add(tx: Tx, dossier: NewDossier): Promise<boolean> {
    const { gates, draft, submitBy, ...row } = dossier;
    const id = dossierIdOf(row.planId, row.code);
    const { count } = await tx.approvalDossier.createMany({
      data: [{ ...row, id, submitBy: submitBy && plainToDate(submitBy) }],
      skipDuplicates: true,
    });
    if (count === 0) return false;
    await tx.approvalVersion.create({ data: { dossierId: id, number: 1, ...draft } });
    await tx.dossierGate.createMany({ data: gates.map((taskId) => ({ dossierId: id, taskId })) });
    return true;
  }

  /** Moves a dossier that is held. @returns its new version */
  async move(
    tx: Tx,
    id: string,
    to: { state: DossierState; current?: number; approval?: string; approvedOn?: Temporal.PlainDate },
  ): Promise<number> {
    const { approvedOn, ...rest } = to;
    const row = await tx.approvalDossier.update({
      where: { id },
      data: { ...rest, ...(approvedOn ? { approvedOn: plainToDate(approvedOn) } : {}), version: { increment: 1 } },
    });
    return row.version;
  }

  async owes(tx: Tx, id: string, submissionObligationId: string): Promise<void> {
    await tx.approvalDossier.update({ where: { id }, data: { submissionObligationId } });
  }

  /** Writes a draft: the first, the next after a return, or the same again. */
  async write(tx: Tx, dossierId: string, number: number, draft: { summary: string; content: DossierContent }): Promise<void> {
    await tx.approvalVersion.upsert({
      where: { dossierId_number: { dossierId, number } },
      create: { dossierId, number, ...draft },
      update: draft,
    });
  }

  /** The draft becomes what was handed in. */
  async handIn(tx: Tx, dossierId: string, number: number, at: Temporal.Instant, answerObligationId: string): Promise<void> {
    await tx.approvalVersion.update({
      where: { dossierId_number: { dossierId, number } },
      data: { state: 'submitted', submittedAt: toDate(at), submittedBy: actor(), answerObligationId },
    });
  }

  /** What the approver said of the version that was handed in last. */
  async answer(
    tx: Tx,
    dossierId: string,
    number: number,
    said: { state: 'returned' | 'approved'; at: Temporal.Instant; remarks?: string },
  ): Promise<void> {
    await tx.approvalVersion.update({
      where: { dossierId_number: { dossierId, number } },
      data: { state: said.state, remarks: said.remarks ?? null, answeredAt: toDate(said.at), answeredBy: actor() },
    });
  }

  tell(tx: Tx, dossierId: string, line: Omit<HistoryLine, 'subject' | 'subjectId'>): Promise<void> {
    return this.history.tell(tx, [{ subject: 'approval', subjectId: dossierId, ...line }]);
  }

  /** What others hear of a decision on a dossier that is held. @param version after the decision */
  async decision(
    tx: Tx,
    dossier: HeldDossier,
    made: { outcome: Decision['outcome']; version: number; at: Temporal.Instant; approval?: string; approvedOn?: Temporal.PlainDate },
  ): Promise<Decision> {
    const task =
      dossier.taskId === null ? null : await tx.task.findUniqueOrThrow({ where: { id: dossier.taskId }, select: { code: true } });
    return {
      dossierId: dossier.id,
      version: made.version,
      planId: dossier.planId,
      planDocument: dossier.planDocument,
      code: dossier.code,
      kind: dossier.kind,
      taskCode: task?.code ?? null,
      outcome: made.outcome,
      number: dossier.current.number,
      approval: made.approval ?? null,
      approvedOn: made.approvedOn?.toString() ?? null,
      at: made.at.toString(),
    };
  }

  /** Who answers for the plan that a dossier is opened for, by id. @throws DomainError `plan-not-found` */
  async plan(tx: Tx, planId: string): Promise<{ issuer: string; standingAgency: string; cityOffice: string }> {
    const plan = await tx.plan.findUnique({
      where: { id: planId },
      select: { issuerId: true, standingAgencyId: true, cityOfficeId: true },
    });
    if (!plan) throw new DomainError('plan-not-found', `There is no plan ${planId}. GET /api/v1/plans lists them.`);
    return answering(plan);
  }

  /** Ids of tasks by their codes. @throws DomainError `task-not-found` naming the codes that the plan does not have */
  async tasks(tx: Tx, planId: string, codes: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.task.findMany({ where: { planId, retired: false, code: { in: [...codes] } }, select: { id: true, code: true } });
    const known = new Map(rows.map((row) => [row.code, row.id]));
    const missing = codes.filter((code) => !known.has(code));
    if (missing.length > 0)
      throw new DomainError('task-not-found', `The plan has no task ${missing.join(', ')}. GET /api/v1/tasks lists them.`);
    return known;
  }

  /** @throws DomainError `agency-not-found` naming the code */
  async agency(tx: Tx, code: string): Promise<{ id: string; contacts: number }> {
    const row = await tx.agency.findUnique({
      where: { code },
      select: { id: true, _count: { select: { contacts: { where: { active: true } } } } },
    });
    if (!row) throw new DomainError('agency-not-found', `There is no agency ${code}. GET /api/v1/agencies lists them.`);
    return { id: row.id, contacts: row._count.contacts };
  }
}

function actor(): string {
  return currentTrace()?.actor ?? 'service:planning';
}

function answering(plan: { issuerId: string; standingAgencyId: string; cityOfficeId: string }) {
  return { issuer: plan.issuerId, standingAgency: plan.standingAgencyId, cityOffice: plan.cityOfficeId };
}

function heldDossier(row: Prisma.ApprovalDossierGetPayload<{ include: typeof held }>): HeldDossier {
  const [current] = row.versions;
  if (!current) throw new Error(`the dossier ${row.code} has no version`);
  return {
    id: row.id,
    planId: row.planId,
    planDocument: row.plan.documentNumber,
    code: row.code,
    kind: row.kind as DossierKind,
    title: row.title,
    titleEn: row.titleEn,
    taskId: row.taskId,
    submitterId: row.submitterId,
    approverId: row.approverId,
    answererId: answeringAgency(row.approverId, answering(row.plan)),
    answerWithin: row.answerWithin,
    submitBy: row.submitBy && dateToPlain(row.submitBy),
    ladder: row.ladder,
    shortfallId: row.shortfallId,
    state: row.state as DossierState,
    version: row.version,
    submissionObligationId: row.submissionObligationId,
    current: {
      number: current.number,
      state: current.state as HeldDossier['current']['state'],
      summary: current.summary,
      content: current.content as DossierContent,
      answerObligationId: current.answerObligationId,
    },
  };
}
