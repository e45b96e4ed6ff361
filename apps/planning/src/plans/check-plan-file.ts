import { leavesTimeAfterWindow, nominalDueDate, parseTimeText, periodsBetween, resolveDeadline, type WorkingCalendar } from '#calendar';
import type { PlanFile, ReportEntry } from './plan-file.js';

/** Something wrong beyond the shape, at its place in the file. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * What a well-formed plan file may still get wrong. Pure; finds everything at once.
 * Sources: one lead per task SEED-17, no double funding SEED-41, deadlines Decree 09/2019/NĐ-CP art. 8.5.
 */
export function checkPlanFile(plan: PlanFile, ladders: ReadonlySet<string>, calendar: WorkingCalendar): Finding[] {
  return [
    ...duplicates(plan),
    ...unknownCodes(plan),
    ...cycles(plan),
    ...validity(plan),
    ...tasks(plan),
    ...plan.reports.flatMap((report, index) => deadlines(report, index, ladders, calendar)),
    ...cascade(plan),
  ];
}

function duplicates(plan: PlanFile): Finding[] {
  const lists = { agencies: plan.agencies, budgetSources: plan.budgetSources, tasks: plan.tasks, reports: plan.reports };
  const codes = Object.entries(lists).flatMap(([list, entries]) =>
    repeated(entries.map((entry) => entry.code)).map((index) => ({
      path: [list, index, 'code'],
      message: `"${entries[index]?.code ?? ''}" is used twice in ${list}`,
    })),
  );
  const addresses = plan.agencies.flatMap((agency, at) =>
    repeated(agency.contacts.map((contact) => `${contact.role} ${contact.email}`)).map((index) => ({
      path: ['agencies', at, 'contacts', index],
      message: 'the same role and address twice',
    })),
  );
  return [...codes, ...addresses];
}

function repeated(values: readonly string[]): number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
}

function unknownCodes(plan: PlanFile): Finding[] {
  const known = plan.agencies.map((agency) => agency.code);
  const check = (code: string | undefined, ...path: (string | number)[]): Finding[] => {
    if (code === undefined || known.includes(code)) return [];
    const near = nearest(code, known);
    return [{ path, message: `unknown agency "${code}"${near ? `: did you mean ${near}?` : '; add it under agencies'}` }];
  };
  return [
    ...check(plan.document.issuer, 'document', 'issuer'),
    ...check(plan.document.standingAgency, 'document', 'standingAgency'),
    ...check(plan.document.cityOffice, 'document', 'cityOffice'),
    ...plan.agencies.flatMap((agency, index) => [
      ...check(agency.reportsTo, 'agencies', index, 'reportsTo'),
      ...check(agency.successor, 'agencies', index, 'successor'),
    ]),
    ...plan.budgetSources.flatMap((source, index) => check(source.holder, 'budgetSources', index, 'holder')),
    ...plan.tasks.flatMap((task, index) => [
      ...check(task.lead, 'tasks', index, 'lead'),
      ...task.coordinators.flatMap((code, at) => check(code, 'tasks', index, 'coordinators', at)),
    ]),
    ...plan.reports.flatMap((report, index) => [
      ...check(report.receiver, 'reports', index, 'receiver'),
      ...report.reporters.flatMap((code, at) => check(code, 'reports', index, 'reporters', at)),
    ]),
  ];
}

/** The known word that differs least, when it differs little. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({ candidate, distance: distance(word, candidate) })).sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= 2 ? best.candidate : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

function cycles(plan: PlanFile): Finding[] {
  const above = new Map(plan.agencies.map((agency) => [agency.code, agency.reportsTo]));
  const reported = new Set<string>();
  return plan.agencies.flatMap((agency, index) => {
    const line = [agency.code];
    for (let at = above.get(agency.code); at !== undefined; at = above.get(at)) {
      if (at === agency.code && !reported.has(agency.code)) {
        for (const member of line) reported.add(member);
        return [{ path: ['agencies', index, 'reportsTo'], message: `reporting lines run in a circle: ${[...line, at].join(' -> ')}` }];
      }
      if (line.includes(at)) break;
      line.push(at);
    }
    return [];
  });
}

function validity(plan: PlanFile): Finding[] {
  const byCode = new Map(plan.agencies.map((agency) => [agency.code, agency]));
  return [
    ...plan.agencies.flatMap((agency, index): Finding[] => {
      const successor = agency.successor === undefined ? undefined : byCode.get(agency.successor);
      return [
        ...(agency.validTo !== undefined && agency.validTo < agency.validFrom
          ? [{ path: ['agencies', index, 'validTo'], message: 'ends before it begins' }]
          : []),
        ...(agency.successor !== undefined && agency.validTo === undefined
          ? [{ path: ['agencies', index, 'successor'], message: 'a successor needs the day on which the agency ends (validTo)' }]
          : []),
        ...(successor && agency.validTo !== undefined && successor.validTo !== undefined && successor.validTo <= agency.validTo
          ? [{ path: ['agencies', index, 'successor'], message: `${successor.code} ends no later than ${agency.code} itself` }]
          : []),
      ];
    }),
    ...(plan.document.endsOn < plan.document.effectiveOn
      ? [{ path: ['document', 'endsOn'], message: 'the plan ends before it takes effect' }]
      : []),
  ];
}

function tasks(plan: PlanFile): Finding[] {
  const sources = new Set(plan.budgetSources.map((source) => source.code));
  return plan.tasks.flatMap((task, index): Finding[] => [
    ...(task.coordinators.includes(task.lead)
      ? [{ path: ['tasks', index, 'coordinators'], message: `${task.lead} leads the task and cannot coordinate it too (SEED-17)` }]
      : []),
    ...repeated(task.coordinators).map((at) => ({ path: ['tasks', index, 'coordinators', at], message: 'named twice' })),
    ...(task.budgetSource !== undefined && !sources.has(task.budgetSource)
      ? [{ path: ['tasks', index, 'budgetSource'], message: `unknown budget source "${task.budgetSource}"; add it under budgetSources` }]
      : []),
    ...attempt(['tasks', index, 'time'], () => parseTimeText(task.time)),
  ]);
}

function deadlines(report: ReportEntry, index: number, ladders: ReadonlySet<string>, calendar: WorkingCalendar): Finding[] {
  const at = (...path: (string | number)[]) => ['reports', index, ...path];
  const ladder = ladders.has(report.ladder)
    ? []
    : [{ path: at('ladder'), message: `unknown ladder "${report.ladder}"; known: ${[...ladders].join(', ')}` }];
  return [
    ...ladder,
    ...repeated(report.reporters).map((reporter) => ({ path: at('reporters', reporter), message: 'named twice' })),
    ...attempt(at('firstPeriod'), () => {
      for (const period of periodsBetween(report.firstPeriod, report.lastPeriod)) {
        if (period.frequency !== report.frequency) throw new RangeError(`${period.key} is no ${report.frequency.toLowerCase()} period`);
        const { dueOn } = resolveDeadline({ ...report.due, date: nominalDueDate(period, report.due.dayOfLastMonth) }, calendar);
        if (!leavesTimeAfterWindow(period, dueOn, calendar)) {
          throw new RangeError(
            `for ${period.key} the deadline ${dueOn.toString()} leaves no working day after the figures close on ${period.windowTo.toString()} (Decree 09/2019/NĐ-CP art. 8.5): move due.dayOfLastMonth later`,
          );
        }
      }
    }),
  ];
}

/** What an agency must consolidate has to reach it before its own report is due. */
function cascade(plan: PlanFile): Finding[] {
  return plan.reports.flatMap((upward, index) => {
    const late = plan.reports.filter(
      (input) =>
        input.frequency === upward.frequency &&
        upward.reporters.includes(input.receiver) &&
        upward.receiver !== input.receiver &&
        input.due.dayOfLastMonth >= upward.due.dayOfLastMonth,
    );
    return late.map((input) => ({
      path: ['reports', index, 'due'],
      message: `is due no later than "${input.code}", which it consolidates: input before consolidation`,
    }));
  });
}

function attempt(path: readonly (string | number)[], work: () => unknown): Finding[] {
  try {
    work();
    return [];
  } catch (error) {
    return [{ path, message: error instanceof Error ? error.message : String(error) }];
  }
}
