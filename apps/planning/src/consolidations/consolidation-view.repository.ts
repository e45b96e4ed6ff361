import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { Clock, dateToPlain, toInstant } from '#calendar';
import { DomainError, type Figures, type getConsolidation, type Level, type ReplyOf, type ReportForm, type ReportState } from '#contracts';
import { highestLevel } from '#ladder';
import type { Prisma } from '../generated/prisma/client.js';
import type { ObligationState } from '../obligations/obligation.js';
import { judgedAtOf } from '../obligations/standstill.js';
import { Database } from '../persistence/database.js';
import { sumFigures } from '../reports/form.js';
import { isLate } from '../reports/report.js';
import { isOpen, shownStanding, type Input, type Standing } from './consolidation.js';
import { INPUTS } from './consolidation.repository.js';

type Consolidation = ReplyOf<typeof getConsolidation>;

const shown = {
  agency: { select: { code: true } },
  requirement: { select: { code: true } },
  obligation: { include: { steps: { where: { state: 'fired' }, select: { generation: true, level: true } } } },
} as const;

/** What the superior sees: who is in, who is missing and how far chased, who is excluded and why, and what the figures of those in add up to. */
@Injectable()
export class ConsolidationViews {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `report-not-found`, `consolidates-nothing` */
  async find(reportId: string): Promise<Consolidation> {
    const upward = await this.database.report.findUnique({
      where: { id: reportId },
      include: { agency: true, obligation: true, inputs: true, requirement: { include: { inputs: { include: { input: true } } } } },
    });
    if (!upward) throw new DomainError('report-not-found', `There is no report ${reportId}.`);
    const sources = upward.requirement.inputs.map(({ input }) => ({ code: input.code, form: input.form as unknown as ReportForm }));
    if (sources.length === 0) throw new DomainError('consolidates-nothing', `The report ${reportId} puts no others together.`);
    const open = isOpen({ state: upward.state as ReportState });
    const recorded = new Map(upward.inputs.map((row) => [row.inputId, row]));
    const ids = (await this.database.$queryRawUnsafe<{ id: string }[]>(INPUTS, reportId)).map((row) => row.id);
    const rows = await this.database.report.findMany({
      // What was put down stays in the list, whatever became of it.
      where: { id: { in: [...new Set([...ids, ...recorded.keys()])] } },
      include: shown,
      orderBy: [{ periodKey: 'asc' }, { agency: { code: 'asc' } }],
    });
    const now = this.clock.now();
    const inputs = rows.map((row) => inputView(row, recorded.get(row.id), open, now));
    const count = (standing: Consolidation['inputs'][number]['standing']): number =>
      inputs.filter((one) => one.standing === standing).length;
    const taken = await this.takenFigures(reportId);
    return {
      reportId,
      requirement: upward.requirement.code,
      agency: upward.agency.code,
      periodKey: upward.periodKey,
      period: upward.obligation.period,
      state: upward.state as ReportState,
      version: upward.version,
      open,
      counts: { in: count('in'), ready: count('ready'), missing: count('missing'), excluded: count('excluded') },
      inputs,
      sums: sources.map(({ code, form }) => {
        const figures = taken.filter((one) => one.code === code).map((one) => one.figures);
        return { requirement: code, reports: figures.length, form: [...form], figures: { ...sumFigures(form, figures) } };
      }),
    };
  }

  /** Figures of those that are in, in the edition that was taken in. */
  private takenFigures(upwardId: string): Promise<{ code: string; figures: Figures }[]> {
    return this.database.$queryRawUnsafe(
      `SELECT q.code, e.figures FROM consolidated_input c
       JOIN report r ON r.id = c.input_id
       JOIN report_requirement q ON q.id = r.requirement_id
       JOIN report_edition e ON e.report_id = c.input_id AND e.edition = c.input_edition
       WHERE c.upward_id = $1::uuid AND c.standing = 'in'`,
      upwardId,
    );
  }
}

type Recording = { standing: string; inputEdition: number | null; reason: string | null } | undefined;

function inputView(
  row: Prisma.ReportGetPayload<{ include: typeof shown }>,
  recording: Recording,
  open: boolean,
  now: Temporal.Instant,
): Consolidation['inputs'][number] {
  const { obligation } = row;
  const state = row.state as ReportState;
  const input: Input = {
    reportId: row.id,
    state,
    edition: row.edition,
    excludedReason: row.excludedReason,
    obligationState: obligation.state as ObligationState,
    settledReason: obligation.settledReason,
    recorded: recording ? { standing: recording.standing as Standing, edition: recording.inputEdition, reason: recording.reason } : null,
  };
  const fired = obligation.steps.filter((step) => step.generation === obligation.generation).map((step) => step.level as Level);
  return {
    reportId: row.id,
    requirement: row.requirement.code,
    agency: row.agency.code,
    periodKey: row.periodKey,
    ...shownStanding(input, open),
    state,
    obligationId: obligation.id,
    dueOn: dateToPlain(obligation.dueOn).toString(),
    overdue: obligation.state === 'open' && isLate(null, toInstant(obligation.overdueAt), judgedAtOf(obligation, now)),
    level: obligation.state === 'open' && fired.length > 0 ? highestLevel(fired) : null,
    version: row.version,
  };
}
