import {
  leavesTimeAfterWindow,
  nominalDueDate,
  periodOf,
  periodsBetween,
  resolveDeadline,
  type ReportingPeriod,
  type WorkingCalendar,
} from '#calendar';
import { checkCascade, type Due, type Schedule } from '../consolidations/check-cascade.js';
import { ASKED_FOR_ONCE } from '../requests/request.js';
import type { AgencyEntry, ReportEntry } from './plan-file.js';
import { attempt, repeated, type Finding, type Placed, type PlanParts } from './plan-parts.js';

/** A plan that plans further is a mistyped year. */
const MOST_YEARS = 10;

/** Who reports to whom, for which periods, by deadlines that can be kept (Decree 09/2019/NĐ-CP art. 8.5) and in the order of consolidation. */
export function checkRequirements(plan: PlanParts, ladders: ReadonlySet<string>, calendar: WorkingCalendar): Finding[] {
  const agencies = new Map(plan.agencies.map(({ entry }) => [entry.code, entry]));
  const schedules = plan.reports.map((report) => scheduleOf(report, calendar));
  return [
    ...plan.reports.flatMap((report) => parties(report, ladders)),
    ...schedules.flatMap(({ findings }) => findings),
    ...schedules.flatMap(({ schedule }) => absentReporters(schedule, agencies)),
    ...checkCascade(
      schedules.map(({ schedule }) => schedule),
      plan.reportCodes,
    ),
  ];
}

function parties({ at, entry: report }: Placed<ReportEntry>, ladders: ReadonlySet<string>): Finding[] {
  const own = report.reporters.indexOf(report.receiver);
  return [
    ...(ladders.has(report.ladder)
      ? []
      : [{ path: ['reports', at, 'ladder'], message: `unknown ladder "${report.ladder}"; known: ${[...ladders].join(', ')}` }]),
    ...(own < 0 || report.ownReport
      ? []
      : [
          {
            path: ['reports', at, 'reporters', own],
            message: `${report.receiver} would report to itself: say ownReport: true if it owes one too`,
          },
        ]),
    ...(ASKED_FOR_ONCE.test(report.code)
      ? [
          {
            path: ['reports', at, 'code'],
            message: `"${report.code}" has the form of reports that are asked for once: choose another code`,
          },
        ]
      : []),
    ...repeated(report.reporters).map((index) => ({ path: ['reports', at, 'reporters', index], message: 'named twice' })),
  ];
}

function scheduleOf(placed: Placed<ReportEntry>, calendar: WorkingCalendar): { schedule: Schedule; findings: Finding[] } {
  const { at, entry: report } = placed;
  const periods = periodsOf(placed);
  const dues: Due[] = [];
  const findings: Finding[] = [...periods.findings];
  for (const period of periods.result ?? []) {
    const due = attempt(['reports', at, dues.length === 0 ? 'firstPeriod' : 'lastPeriod'], () => dueOf(report, period, calendar));
    findings.push(...due.findings);
    if (due.result === undefined) break;
    dues.push(due.result);
    if (leavesTimeAfterWindow(period, due.result.dueOn, calendar)) continue;
    findings.push({
      path: ['reports', at, 'due', 'dayOfLastMonth'],
      message: `for ${period.key} the deadline ${due.result.dueOn.toString()} leaves no working day after the figures close on ${period.windowTo.toString()} (Decree 09/2019/NĐ-CP art. 8.5): choose a later day`,
    });
    break;
  }
  return { schedule: { ...placed, dues, complete: findings.length === 0 }, findings };
}

function dueOf(report: ReportEntry, period: ReportingPeriod, calendar: WorkingCalendar): Due {
  return { period, dueOn: resolveDeadline({ ...report.due, date: nominalDueDate(period, report.due.dayOfLastMonth) }, calendar).dueOn };
}

function periodsOf({ at, entry: report }: Placed<ReportEntry>): { result: ReportingPeriod[] | undefined; findings: Finding[] } {
  const keyed = (key: 'firstPeriod' | 'lastPeriod') =>
    attempt(['reports', at, key], () => {
      const period = periodOf(report[key]);
      if (period.frequency !== report.frequency)
        throw new RangeError(
          `"${period.key}" is a ${period.frequency.toLowerCase()} period, the report is ${report.frequency.toLowerCase()}`,
        );
      return period;
    });
  const [first, last] = [keyed('firstPeriod'), keyed('lastPeriod')];
  if (!first.result || !last.result) return { result: undefined, findings: [...first.findings, ...last.findings] };
  const years = last.result.lastMonth.year - first.result.lastMonth.year;
  return attempt(['reports', at, 'lastPeriod'], () => {
    if (years > MOST_YEARS) throw new RangeError(`${String(years)} years of reports: a plan has at most ${String(MOST_YEARS)}`);
    return periodsBetween(report.firstPeriod, report.lastPeriod);
  });
}

/** Agencies that do not exist when their report is due, without anybody who took over: nobody would owe it, and nobody would notice. */
function absentReporters({ at, entry: report, dues }: Schedule, agencies: ReadonlyMap<string, AgencyEntry>): Finding[] {
  const [first, last] = [dues[0]?.dueOn.toString(), dues.at(-1)?.dueOn.toString()];
  if (first === undefined || last === undefined) return [];
  return report.reporters.flatMap((code, index) => {
    const agency = agencies.get(code);
    const path = ['reports', at, 'reporters', index];
    if (agency && agency.validFrom > first)
      return [{ path, message: `${code} begins on ${agency.validFrom}, the first report is due on ${first}` }];
    if (agency?.validTo !== undefined && agency.successor === undefined && agency.validTo < last)
      return [{ path, message: `${code} ends on ${agency.validTo} without a successor, the last report is due on ${last}` }];
    return [];
  });
}
