import type { z } from 'zod';
import type { WorkingCalendar } from '#calendar';
import { checkPlanFile } from './check-plan-file.js';
import { planFileSchema, type PlanFile } from './plan-file.js';
import { partsOf, type Finding } from './plan-parts.js';
import { readYaml, type FileFault } from './read-yaml.js';

export interface FaultyPlanFile {
  readonly ok: false;
  readonly errors: readonly FileFault[];
  readonly total: number;
}
export type ParsedPlanFile =
  | {
      readonly ok: true;
      readonly plan: PlanFile;
      /** The file's answer when what is stored does not go with it. */
      readonly refuse: (findings: readonly Finding[]) => FaultyPlanFile;
    }
  | FaultyPlanFile;

/** More than a person reads at once; `total` says how many there are. */
const MOST_ERRORS = 100;

/**
 * A plan from its file's text, or every fault at its line and path: an entry with a wrong shape does not hide what is wrong elsewhere. Only text that is
 * not YAML at all is answered with that alone. Pure.
 * @param ladders codes of the ladders that reports may name
 */
export function parsePlanFile(text: string, ladders: ReadonlySet<string>, calendar: WorkingCalendar): ParsedPlanFile {
  const read = readYaml(text);
  if (!read.ok) return refused(read.faults);
  const { value, fault } = read.file;
  const refuse = (findings: readonly Finding[]) => refused(findings.map(({ path, message }) => fault(path, message)));
  const shape = planFileSchema.safeParse(value, { error: sayMissing });
  const findings = [...(shape.success ? [] : shape.error.issues.flatMap(findingsOf)), ...checkPlanFile(partsOf(value), ladders, calendar)];
  return shape.success && findings.length === 0 ? { ok: true, plan: shape.data, refuse } : refuse(findings);
}

function refused(faults: readonly FileFault[]): FaultyPlanFile {
  const errors = faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, errors: errors.slice(0, MOST_ERRORS), total: errors.length };
}

function sayMissing(issue: z.core.$ZodRawIssue): string | undefined {
  return issue.code === 'invalid_type' && issue.input === undefined ? 'is missing' : undefined;
}

function findingsOf(issue: z.core.$ZodIssue): Finding[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...path, key], message: `unknown key "${key}": plan.schema.json lists the known ones` }));
}
