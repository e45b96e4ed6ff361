import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { dateToPlain, toInstant } from '#calendar';
import {
  DomainError,
  type compareDossierVersions,
  type DossierKind,
  type DossierState,
  type dossierView,
  type getDossier,
  type ReplyOf,
} from '#contracts';
import type { Prisma } from '../generated/prisma/client.js';
import { Database } from '../persistence/database.js';
import { compareVersions, type DossierContent } from './dossier.js';

const shown = { gates: { include: { task: { select: { code: true } } } } } as const;
type ShownDossier = Prisma.ApprovalDossierGetPayload<{ include: typeof shown }>;
type Story = ReplyOf<typeof getDossier>;

/** Dossiers as people read them. */
@Injectable()
export class DossierViewRepository {
  constructor(private readonly database: Database) {}

  /** In order of their ids; those that left the plan file are not shown. */
  async list(filter: {
    planId: string | undefined;
    kind: DossierKind | undefined;
    state: DossierState | undefined;
    agency: string | undefined;
    limit: number;
    after: string | undefined;
  }): Promise<z.output<typeof dossierView>[]> {
    const agency =
      filter.agency === undefined
        ? undefined
        : await this.database.agency.findUnique({ where: { code: filter.agency }, select: { id: true } });
    if (agency === null) return [];
    const rows = await this.database.approvalDossier.findMany({
      where: {
        retired: false,
        ...(filter.planId === undefined ? {} : { planId: filter.planId }),
        ...(filter.kind === undefined ? {} : { kind: filter.kind }),
        ...(filter.state === undefined ? {} : { state: filter.state }),
        ...(agency === undefined ? {} : { OR: [{ submitterId: agency.id }, { approverId: agency.id }] }),
        ...(filter.after === undefined ? {} : { id: { gt: filter.after } }),
      },
      orderBy: { id: 'asc' },
      take: filter.limit,
      include: shown,
    });
    return this.views(rows);
  }

  /** With every version, oldest first. @throws DomainError `dossier-not-found` */
  async find(id: string): Promise<Story> {
    const row = await this.database.approvalDossier.findUnique({
      where: { id, retired: false },
      include: { ...shown, versions: { orderBy: { number: 'asc' } } },
    });
    if (!row) throw notFound(id);
    const [view] = await this.views([row]);
    if (!view) throw notFound(id);
    return {
      ...view,
      versions: row.versions.map((version) => ({
        number: version.number,
        state: version.state as Story['versions'][number]['state'],
        summary: version.summary,
        content: version.content as DossierContent,
        submittedAt: version.submittedAt && toInstant(version.submittedAt).toString(),
        submittedBy: version.submittedBy,
        answerObligationId: version.answerObligationId,
        remarks: version.remarks,
        answeredAt: version.answeredAt && toInstant(version.answeredAt).toString(),
        answeredBy: version.answeredBy,
      })),
    };
  }

  /** @throws DomainError `dossier-not-found`, `dossier-version-not-found` */
  async compare(id: string, from: number, to: number): Promise<ReplyOf<typeof compareDossierVersions>> {
    const { versions } = await this.find(id);
    const version = (number: number) => {
      const found = versions.find((one) => one.number === number);
      if (found) return found;
      throw new DomainError('dossier-version-not-found', `This dossier has the versions ${versions.map((one) => one.number).join(', ')}.`);
    };
    return { dossierId: id, from, to, ...compareVersions(version(from), version(to)) };
  }

  private async views(rows: readonly ShownDossier[]): Promise<z.output<typeof dossierView>[]> {
    const [agencies, tasks] = await Promise.all([
      this.database.agency.findMany({
        where: { id: { in: rows.flatMap((row) => [row.submitterId, row.approverId]) } },
        select: { id: true, code: true },
      }),
      this.database.task.findMany({ where: { id: { in: rows.flatMap((row) => row.taskId ?? []) } }, select: { id: true, code: true } }),
    ]);
    const code = new Map([...agencies, ...tasks].map((one) => [one.id, one.code]));
    return rows.map((row) => ({
      dossierId: row.id,
      planId: row.planId,
      code: row.code,
      kind: row.kind as DossierKind,
      title: row.title,
      titleEn: row.titleEn,
      task: row.taskId === null ? null : (code.get(row.taskId) ?? null),
      submitter: code.get(row.submitterId) ?? '',
      approver: code.get(row.approverId) ?? '',
      gates: row.gates.map((gate) => gate.task.code).sort(),
      submitBy: row.submitBy && dateToPlain(row.submitBy).toString(),
      answerWithin: row.answerWithin,
      state: row.state as DossierState,
      number: row.current,
      approval: row.approval,
      approvedOn: row.approvedOn && dateToPlain(row.approvedOn).toString(),
      shortfallId: row.shortfallId,
      submissionObligationId: row.submissionObligationId,
      version: row.version,
      seedId: row.seedId,
      assumption: row.assumption,
    }));
  }
}

function notFound(id: string): DomainError {
  return new DomainError('dossier-not-found', `There is no dossier ${id}. GET /api/v1/dossiers lists them.`);
}
