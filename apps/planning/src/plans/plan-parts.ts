import type { z } from 'zod';
import type { Finding, Path } from '#plan-files';
import { partSchemas, type AgencyEntry, type ApprovalEntry, type PlanFile, type ReportEntry, type TaskEntry } from './plan-file.js';

export type { Finding };

export interface Placed<Entry> {
  /** Position in its list. */
  readonly at: number;
  readonly entry: Entry;
}

/**
 * As much of a plan file as can be read. An entry whose own shape is wrong is left out, but its code counts as known: a reference to it is no
 * second fault.
 */
export interface PlanParts {
  readonly document: PlanFile['document'] | undefined;
  readonly agencies: readonly Placed<AgencyEntry>[];
  readonly budgetSources: readonly Placed<PlanFile['budgetSources'][number]>[];
  readonly tasks: readonly Placed<TaskEntry>[];
  readonly reports: readonly Placed<ReportEntry>[];
  readonly approvals: readonly Placed<ApprovalEntry>[];
  readonly agencyCodes: ReadonlySet<string>;
  readonly sourceCodes: ReadonlySet<string>;
  readonly reportCodes: ReadonlySet<string>;
  readonly taskCodes: ReadonlySet<string>;
}

export function partsOf(file: unknown): PlanParts {
  const document = partSchemas.document.safeParse(at(file, 'document'));
  return {
    document: document.success ? document.data : undefined,
    agencies: readable(partSchemas.agency, list(file, 'agencies')),
    budgetSources: readable(partSchemas.budgetSource, list(file, 'budgetSources')),
    tasks: readable(partSchemas.task, list(file, 'tasks')),
    reports: readable(partSchemas.report, list(file, 'reports')),
    approvals: readable(partSchemas.approval, list(file, 'approvals')),
    agencyCodes: codes(list(file, 'agencies')),
    sourceCodes: codes(list(file, 'budgetSources')),
    reportCodes: codes(list(file, 'reports')),
    taskCodes: codes(list(file, 'tasks')),
  };
}

function readable<Shape extends z.ZodType>(shape: Shape, values: readonly unknown[]): Placed<z.output<Shape>>[] {
  return values.flatMap((value, index) => {
    const parsed = shape.safeParse(value);
    return parsed.success ? [{ at: index, entry: parsed.data }] : [];
  });
}

function codes(values: readonly unknown[]): Set<string> {
  return new Set(values.map((value) => at(value, 'code')).filter((code) => typeof code === 'string'));
}

function list(value: unknown, key: string): readonly unknown[] {
  const found = at(value, key);
  return Array.isArray(found) ? found : [];
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** Positions of what was there before. */
export function repeated(values: readonly string[]): number[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (seen.has(value)) return [index];
    seen.add(value);
    return [];
  });
}

/** What `work` returns, or what it throws as a finding at `path`. */
export function attempt<Result>(
  path: Path,
  work: () => Result,
): { result: Result; findings: [] } | { result: undefined; findings: [Finding] } {
  try {
    return { result: work(), findings: [] };
  } catch (error) {
    return { result: undefined, findings: [{ path, message: error instanceof Error ? error.message : String(error) }] };
  }
}
