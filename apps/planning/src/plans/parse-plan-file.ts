import type { WorkingCalendar } from '#calendar';
import { parseFile, type FaultyFile, type Finding } from '#plan-files';
import { checkPlanFile } from './check-plan-file.js';
import { planFileSchema, type PlanFile } from './plan-file.js';
import { partsOf } from './plan-parts.js';

export type FaultyPlanFile = FaultyFile;
export type ParsedPlanFile =
  | {
      readonly ok: true;
      readonly plan: PlanFile;
      /** The file's answer when what is stored does not go with it. */
      readonly refuse: (findings: readonly Finding[]) => FaultyPlanFile;
    }
  | FaultyPlanFile;

/**
 * A plan from its file's text, or every fault at its line and path. Pure.
 * @param ladders codes of the ladders that reports may name
 */
export function parsePlanFile(text: string, ladders: ReadonlySet<string>, calendar: WorkingCalendar): ParsedPlanFile {
  const check = (value: unknown) => checkPlanFile(partsOf(value), ladders, calendar);
  const parsed = parseFile(text, planFileSchema, check, 'plan.schema.json lists the known ones');
  return parsed.ok ? { ok: true, plan: parsed.value, refuse: parsed.refuse } : parsed;
}
