import type { WorkingCalendar } from '#calendar';
import { checkAgencies } from '../agencies/check-agencies.js';
import { checkApprovals } from '../approvals/check-approvals.js';
import { checkTasks } from '../tasks/check-tasks.js';
import { checkRequirements } from './check-requirements.js';
import { repeated, type Finding, type PlanParts } from './plan-parts.js';

/**
 * What a well-formed plan file may still get wrong. Pure; finds everything at once.
 * Sources: one lead per task SEED-17, no double funding SEED-41, deadlines Decree 09/2019/NĐ-CP art. 8.5.
 */
export function checkPlanFile(plan: PlanParts, ladders: ReadonlySet<string>, calendar: WorkingCalendar): Finding[] {
  return [
    ...document(plan),
    ...duplicates(plan),
    ...unknownCodes(plan),
    ...checkAgencies(plan),
    ...checkTasks(plan, calendar),
    ...checkRequirements(plan, ladders, calendar),
    ...checkApprovals(plan, ladders),
  ];
}

function document({ document: stated }: PlanParts): Finding[] {
  if (!stated) return [];
  return [
    ...(stated.parent?.number === stated.number && stated.parent.issuedOn === stated.issuedOn
      ? [{ path: ['document', 'parent'], message: 'is this plan itself: name the plan that it carries out, or leave parent out' }]
      : []),
    ...(stated.endsOn < stated.effectiveOn ? [{ path: ['document', 'endsOn'], message: 'the plan ends before it takes effect' }] : []),
    ...(stated.cityOffice === stated.standingAgency
      ? [{ path: ['document', 'cityOffice'], message: 'is the standing agency itself: nobody is escalated to themselves' }]
      : []),
  ];
}

function duplicates(plan: PlanParts): Finding[] {
  const { agencies, budgetSources, tasks, reports, approvals } = plan;
  const lists = { agencies, budgetSources, tasks, reports, approvals };
  return Object.entries(lists).flatMap(([list, entries]) =>
    repeated(entries.map(({ entry }) => entry.code))
      .map((index) => entries[index])
      .filter((placed) => placed !== undefined)
      .map(({ at, entry }) => ({ path: [list, at, 'code'], message: `"${entry.code}" is used twice in ${list}` })),
  );
}

function unknownCodes(plan: PlanParts): Finding[] {
  const suggest = suggestions([...plan.agencyCodes]);
  const check = (code: string | undefined, ...path: (string | number)[]): Finding[] =>
    code === undefined || plan.agencyCodes.has(code) ? [] : [{ path, message: `unknown agency "${code}"${suggest(code)}` }];
  return [
    ...check(plan.document?.issuer, 'document', 'issuer'),
    ...check(plan.document?.standingAgency, 'document', 'standingAgency'),
    ...check(plan.document?.cityOffice, 'document', 'cityOffice'),
    ...plan.agencies.flatMap(({ at, entry }) => [
      ...check(entry.reportsTo, 'agencies', at, 'reportsTo'),
      ...check(entry.successor, 'agencies', at, 'successor'),
    ]),
    ...plan.budgetSources.flatMap(({ at, entry }) => [
      ...check(entry.holder, 'budgetSources', at, 'holder'),
      ...check(entry.supplementBy, 'budgetSources', at, 'supplementBy'),
    ]),
    ...plan.tasks.flatMap(({ at, entry }) => [
      ...check(entry.lead, 'tasks', at, 'lead'),
      ...entry.coordinators.flatMap((code, index) => check(code, 'tasks', at, 'coordinators', index)),
    ]),
    ...plan.reports.flatMap(({ at, entry }) => [
      ...check(entry.receiver, 'reports', at, 'receiver'),
      ...entry.reporters.flatMap((code, index) => check(code, 'reports', at, 'reporters', index)),
    ]),
    ...plan.approvals.flatMap(({ at, entry }) => [
      ...check(entry.submitter, 'approvals', at, 'submitter'),
      ...check(entry.approver, 'approvals', at, 'approver'),
    ]),
  ];
}

/** Remedies for unknown codes: the known one that differs by at most two letters. Sought for so many words only, as nobody misspells more. */
function suggestions(known: readonly string[]): (word: string) => string {
  const said = new Map<string, string>();
  return (word) => {
    const remedy = said.get(word) ?? (said.size < 50 ? remedyFor(word, known) : '; add it under agencies');
    said.set(word, remedy);
    return remedy;
  };
}

function remedyFor(word: string, known: readonly string[]): string {
  const near = known.map((code) => ({ code, distance: distance(word, code) })).filter((one) => one.distance <= 2);
  const [best] = near.sort((a, b) => a.distance - b.distance);
  return best ? `: did you mean ${best.code}?` : '; add it under agencies';
}

/** Letters to add, leave out or exchange; Infinity when the lengths alone differ by more than two. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
