import { Temporal } from 'temporal-polyfill';
import { localDate, periodOf, type WorkingCalendar } from '#calendar';
import { punctuality, type Moments } from '../obligations/punctuality.js';
import { judgedAt } from '../obligations/standstill.js';
import type { LateAgencies } from './document.js';

export interface Quarter {
  /** `2020-Q2`. */
  readonly key: string;
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
}

/** Something that an agency owed in a quarter and that counts: neither waived nor cancelled. */
export interface OwedInQuarter extends Moments {
  readonly agency: { readonly code: string; readonly name: string; readonly nameEn: string };
  readonly open: boolean;
}

type Counts = LateAgencies['totals'];

/** The quarter of the calendar year that ended last before a day. */
export function lastQuarter(today: Temporal.PlainDate): Quarter {
  const before = today.subtract({ months: 3 });
  const quarter = Math.ceil(before.month / 3);
  const from = Temporal.PlainDate.from({ year: before.year, month: quarter * 3 - 2, day: 1 });
  return { key: `${String(before.year)}-Q${String(quarter)}`, from, to: from.add({ months: 3 }).subtract({ days: 1 }) };
}

/** The day on which the list of a quarter is made: the first working day after it (domain 3.7, a proposal). */
export function listedOn({ to }: Quarter, calendar: WorkingCalendar): Temporal.PlainDate {
  return calendar.rollForward(to.add({ days: 1 }));
}

/**
 * Which agencies are late with what was due in a quarter, as it stands now. In time is what punctuality.ts says, so that the list, the reporting rates and
 * each obligation say the same; an agency is late by the deadline with everything that moved it. Pure.
 * @param owed what was due in the quarter by its first deadline
 */
export function lateAgenciesOf(
  quarter: Quarter,
  owed: readonly OwedInQuarter[],
  asOf: Temporal.Instant,
  calendar: WorkingCalendar,
): LateAgencies {
  const judged = owed.map((one) => ({ agency: one.agency, counts: countsOf(one, asOf, calendar) }));
  const agencies = new Map(owed.map(({ agency }) => [agency.code, agency]));
  const rows = [...agencies.values()].map(({ code, name, nameEn }) => ({
    key: code,
    label: name,
    labelEn: nameEn,
    ...sum(judged.filter(({ agency }) => agency.code === code).map(({ counts }) => counts)),
  }));
  const late = rows.filter((row) => row.late > 0 || row.overdue > 0);
  const { labelVi, labelEn } = periodOf(quarter.key);
  return {
    kind: 'late-agencies',
    quarter: quarter.key,
    label: labelVi,
    labelEn,
    from: quarter.from.toString(),
    to: quarter.to.toString(),
    asOf: asOf.toString(),
    agencies: { owing: rows.length, late: late.length },
    rows: late.sort((a, b) => b.late - a.late || (a.key < b.key ? -1 : 1)),
    totals: sum(judged.map(({ counts }) => counts)),
  };
}

function countsOf(one: OwedInQuarter, asOf: Temporal.Instant, calendar: WorkingCalendar): Counts {
  const onTime = punctuality(one, asOf);
  const { firstFulfilledAt } = one;
  const end = judgedAt(asOf, one.heldSince);
  const late = onTime.withForceMajeure === 'late';
  const days = late ? workingDaysAfter(one.firstOverdueAt ?? one.overdueAt, firstFulfilledAt ?? end, calendar) : 0;
  return {
    expected: 1,
    actual: Number(firstFulfilledAt !== null),
    onTime: {
      raw: Number(onTime.raw === 'on-time'),
      withExtensions: Number(onTime.withExtensions === 'on-time'),
      withForceMajeure: Number(onTime.withForceMajeure === 'on-time'),
    },
    missing: Number(firstFulfilledAt === null),
    overdue: Number(one.open && Temporal.Instant.compare(one.overdueAt, end) <= 0),
    late: Number(late),
    workingDaysLate: { longest: days, total: days },
  };
}

/** From the last day that was in time to the day of the end. @param overdueAt first instant that was late */
function workingDaysAfter(overdueAt: Temporal.Instant, end: Temporal.Instant, calendar: WorkingCalendar): number {
  return calendar.workingDaysBetween(localDate(overdueAt.subtract({ milliseconds: 1 })), localDate(end));
}

function sum(counts: readonly Counts[]): Counts {
  const total = (of: (one: Counts) => number): number => counts.reduce((so, one) => so + of(one), 0);
  return {
    expected: total((one) => one.expected),
    actual: total((one) => one.actual),
    onTime: {
      raw: total((one) => one.onTime.raw),
      withExtensions: total((one) => one.onTime.withExtensions),
      withForceMajeure: total((one) => one.onTime.withForceMajeure),
    },
    missing: total((one) => one.missing),
    overdue: total((one) => one.overdue),
    late: total((one) => one.late),
    workingDaysLate: {
      longest: Math.max(0, ...counts.map((one) => one.workingDaysLate.longest)),
      total: total((one) => one.workingDaysLate.total),
    },
  };
}
