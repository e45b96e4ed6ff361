import type { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '#calendar';
import { DomainError, nameBasedId, type ClassReportState } from '#contracts';

/** A report on a class as its use cases hold it: under the lock of the class. */
export interface HeldReport {
  readonly classId: string;
  readonly state: ClassReportState;
  readonly dueOn: Temporal.PlainDate;
  readonly version: number;
}

/** Working days after the last session (domain 4.6, a proposal), and after a return. */
const DUE_AFTER = 3;

/** The day by which the report on a class is owed. */
export function dueAfter(day: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.PlainDate {
  return calendar.addWorkingDays(day, DUE_AFTER);
}

/** The obligation in planning's ledger: one for each class. */
export function obligationOf(classId: string): string {
  return nameBasedId('dondoc', 'class-report', classId);
}

/** @throws DomainError `class-report-not-owed` */
export function mustBeOwed(report: HeldReport | null, code: string): asserts report is HeldReport {
  if (report?.state === 'owed') return;
  throw new DomainError(
    'class-report-not-owed',
    report === null
      ? `No report on class ${code} is owed yet: it is from the day the class begins.`
      : `The report on class ${code} is ${report.state}. The standing agency can return it.`,
    [{ state: report?.state ?? null }],
  );
}

/** @throws DomainError `class-report-not-submitted` */
export function mustBeSubmitted(report: HeldReport | null, code: string): asserts report is HeldReport {
  if (report?.state === 'submitted') return;
  throw new DomainError(
    'class-report-not-submitted',
    `There is no report on class ${code} to return. GET /api/v1/classes/:id/report shows how it stands.`,
    [{ state: report?.state ?? null }],
  );
}

/** Per cent of a task that training can speak for: the share of its classes that are reported, rounded down. The lead itself hands in the whole. */
export function progressOf(reported: number, planned: number): number {
  return planned === 0 ? 0 : Math.min(99, Math.floor((reported * 100) / planned));
}
