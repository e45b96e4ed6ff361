import { type Temporal } from 'temporal-polyfill';
import { DayTable } from './day-table.js';
import { atLocalTime, dayOfEpoch, epochDay, localDate, localMinutes, minutesOf } from './days.js';

export const listedDayKinds = ['PUBLIC_HOLIDAY', 'COMPENSATORY_OFF', 'SWAPPED_OFF', 'MAKEUP_WORKDAY'] as const;
export type ListedDayKind = (typeof listedDayKinds)[number];
export type DayKind = 'WORKDAY' | 'WEEKEND' | ListedDayKind;

/** A day that is not what its weekday says, with the decision behind it. */
export interface CalendarDay {
  readonly date: Temporal.PlainDate;
  readonly kind: ListedDayKind;
  /** In Vietnamese, as officials call the day. */
  readonly name: string;
  readonly decision: string;
  /** Where the day was read, or how it follows from the law. */
  readonly source: string;
  /** Set where the day may be wrong: why it is believed to be so. */
  readonly assumption?: string | undefined;
}

export interface CalendarYear {
  readonly year: number;
  /** Why the days are not final: the decision on them is not there yet. */
  readonly provisional?: string | undefined;
  readonly days: readonly CalendarDay[];
}

/** How much of a year is known: its days off are decided, only assumed until they are, or not loaded at all. */
export type YearState = 'decided' | 'provisional' | 'missing';

/** When mail may leave, as `HH:mm` in Asia/Ho_Chi_Minh; `end` is the first minute after. */
export interface OfficeHours {
  readonly start: string;
  readonly end: string;
}

/** Why a day is a working day or not. A plain weekday or weekend has no row behind it. */
export type DayExplanation = CalendarDay | { readonly date: Temporal.PlainDate; readonly kind: 'WORKDAY' | 'WEEKEND' };

/**
 * Working days of officials in Viet Nam: Monday to Friday, less the days off of the tables, plus make-up Saturdays
 * (Labour Code 2019 art. 111-112 and each year's decision). Pure; every question that needs a year without a table throws
 * `CalendarYearMissingError`. Answers cost the same however far apart the days are.
 */
export class WorkingCalendar {
  private readonly table: DayTable;
  private readonly listed = new Map<number, CalendarDay>();
  private readonly assumed: ReadonlySet<number>;
  private readonly opens: number;
  private readonly closes: number;

  private constructor(
    years: readonly CalendarYear[],
    private readonly hours: OfficeHours,
  ) {
    this.opens = minutesOf(hours.start);
    this.closes = minutesOf(hours.end);
    if (this.opens >= this.closes) throw new RangeError(`office hours ${hours.start} to ${hours.end} are empty`);
    for (const day of years.flatMap((year) => year.days)) this.listed.set(epochDay(day.date), day);
    this.assumed = new Set(years.filter(({ provisional }) => provisional !== undefined).map(({ year }) => year));
    this.table = new DayTable(
      years.map(({ year }) => year),
      (at) => this.worksByKind(at),
    );
  }

  /**
   * @throws CalendarYearMissingError when the years leave a gap
   * @throws RangeError without any year, or with empty office hours
   */
  static from(years: readonly CalendarYear[], hours: OfficeHours = { start: '07:30', end: '17:00' }): WorkingCalendar {
    return new WorkingCalendar(years, hours);
  }

  hasYear(year: number): boolean {
    return this.table.hasYear(year);
  }

  /** Whether the days off of a year are decided. Asks of a year that is not there, too, so it never throws. */
  stateOf(year: number): YearState {
    if (!this.hasYear(year)) return 'missing';
    return this.assumed.has(year) ? 'provisional' : 'decided';
  }

  /** Years in a row after `year` whose days off are decided. */
  decidedAfter(year: number): number {
    let next = year + 1;
    while (this.stateOf(next) === 'decided') next++;
    return next - year - 1;
  }

  kindOf(day: Temporal.PlainDate): DayKind {
    return this.explain(day).kind;
  }

  /** The row behind a day with its name and decision, or the bare kind of a plain weekday or weekend. */
  explain(day: Temporal.PlainDate): DayExplanation {
    const at = epochDay(day);
    this.table.works(at);
    return this.listed.get(at) ?? { date: day, kind: isWeekend(at) ? 'WEEKEND' : 'WORKDAY' };
  }

  isWorkingDay(day: Temporal.PlainDate): boolean {
    return this.table.works(epochDay(day));
  }

  /**
   * The n-th working day after (before, when negative) `day`; the day itself is not counted (Civil Code 2015 art. 147). 0 is the day itself when
   * it is a working day, else the next one.
   * @throws RangeError when `count` is no whole number
   */
  addWorkingDays(day: Temporal.PlainDate, count: number): Temporal.PlainDate {
    if (!Number.isInteger(count)) throw new RangeError(`${String(count)} is no number of working days`);
    if (count === 0) return this.rollForward(day);
    const at = epochDay(day);
    return dayOfEpoch(count > 0 ? this.table.after(at, count) : this.table.before(at, -count));
  }

  /** Working days after `from` up to and including `to`; negative when `to` is earlier. */
  workingDaysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate): number {
    return this.table.upTo(epochDay(to)) - this.table.upTo(epochDay(from));
  }

  /** The day itself when it is a working day, else the next one. */
  rollForward(day: Temporal.PlainDate): Temporal.PlainDate {
    const at = epochDay(day);
    return this.table.works(at) ? day : dayOfEpoch(this.table.after(at, 1));
  }

  /** The day itself when it is a working day, else the one before. */
  rollBack(day: Temporal.PlainDate): Temporal.PlainDate {
    const at = epochDay(day);
    return this.table.works(at) ? day : dayOfEpoch(this.table.before(at, 1));
  }

  /** @param until another end of office hours, `HH:mm` */
  isOfficeHour(instant: Temporal.Instant, until?: string): boolean {
    const minutes = localMinutes(instant);
    return (
      minutes >= this.opens && minutes < (until === undefined ? this.closes : minutesOf(until)) && this.isWorkingDay(localDate(instant))
    );
  }

  /**
   * The instant itself inside office hours, else the next opening.
   * @param until another end of office hours, `HH:mm`
   */
  nextOfficeHour(instant: Temporal.Instant, until?: string): Temporal.Instant {
    if (this.isOfficeHour(instant, until)) return instant;
    const today = localDate(instant);
    const opensToday = localMinutes(instant) < this.opens && this.isWorkingDay(today);
    return atLocalTime(opensToday ? today : this.addWorkingDays(today, 1), this.hours.start);
  }

  private worksByKind(at: number): boolean {
    const row = this.listed.get(at);
    return row ? row.kind === 'MAKEUP_WORKDAY' : !isWeekend(at);
  }
}

/** Saturday or Sunday. */
export function isWeekend(epochDays: number): boolean {
  // 1970-01-01 was a Thursday.
  return (((epochDays + 3) % 7) + 7) % 7 >= 5;
}
