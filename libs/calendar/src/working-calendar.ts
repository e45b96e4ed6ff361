import { type Temporal } from 'temporal-polyfill';
import { atLocalTime, dayOfEpoch, epochDay, localDate, localMinutes, minutesOf } from './days.js';

export const dayKinds = ['PUBLIC_HOLIDAY', 'COMPENSATORY_OFF', 'SWAPPED_OFF', 'MAKEUP_WORKDAY'] as const;
export type ListedDayKind = (typeof dayKinds)[number];
export type DayKind = 'WORKDAY' | 'WEEKEND' | ListedDayKind;

/** A day that is not what its weekday says, with the decision behind it. */
export interface CalendarDay {
  readonly date: Temporal.PlainDate;
  readonly kind: ListedDayKind;
  readonly name: string;
  readonly decision: string;
  /** Set where the decision is not known: why the day is believed to be so. */
  readonly assumption?: string | undefined;
}

export interface CalendarYear {
  readonly year: number;
  readonly days: readonly CalendarDay[];
}

/** When mail may leave, as `HH:mm` in Asia/Ho_Chi_Minh; `end` is the first minute after. */
export interface OfficeHours {
  readonly start: string;
  readonly end: string;
}

/** Nothing about a year without a table is guessed. */
export class CalendarYearMissingError extends Error {
  override readonly name = 'CalendarYearMissingError';
  readonly code = 'calendar-year-missing';

  constructor(readonly year: number) {
    super(
      `The working calendar has no year ${String(year)}: add plans/calendar/${String(year)}.yaml from the official decision on days off.`,
    );
  }
}

/**
 * Working days of officials in Viet Nam: Monday to Friday, less the days off of the tables, plus make-up Saturdays
 * (Labour Code 2019 art. 111-112 and each year's decision). Pure; every question about a year without a table throws {@link CalendarYearMissingError}.
 */
export class WorkingCalendar {
  private readonly listed = new Map<number, CalendarDay>();
  private readonly years = new Set<number>();
  private readonly opens: number;
  private readonly closes: number;

  private constructor(
    years: readonly CalendarYear[],
    private readonly hours: OfficeHours,
  ) {
    this.opens = minutesOf(hours.start);
    this.closes = minutesOf(hours.end);
    for (const { year, days } of years) {
      this.years.add(year);
      for (const day of days) this.listed.set(epochDay(day.date), day);
    }
  }

  static from(years: readonly CalendarYear[], hours: OfficeHours = { start: '07:30', end: '17:00' }): WorkingCalendar {
    return new WorkingCalendar(years, hours);
  }

  hasYear(year: number): boolean {
    return this.years.has(year);
  }

  kindOf(day: Temporal.PlainDate): DayKind {
    return this.kindOfEpochDay(epochDay(day));
  }

  /** Why a day is a working day or not: its row, or undefined for a plain weekday or weekend. */
  explain(day: Temporal.PlainDate): CalendarDay | undefined {
    this.kindOf(day);
    return this.listed.get(epochDay(day));
  }

  isWorkingDay(day: Temporal.PlainDate): boolean {
    return this.works(epochDay(day));
  }

  /**
   * The n-th working day after (before, when negative) `day`; the day itself is not counted (Civil Code 2015 art. 147). 0 is the day itself when
   * it is a working day, else the next one.
   */
  addWorkingDays(day: Temporal.PlainDate, count: number): Temporal.PlainDate {
    let at = epochDay(day);
    if (count === 0) return this.rollForward(day);
    const direction = Math.sign(count);
    for (let left = Math.abs(count); left > 0;) {
      at += direction;
      if (this.works(at)) left -= 1;
    }
    return dayOfEpoch(at);
  }

  /** Working days after `from` up to and including `to`; negative when `to` is earlier. */
  workingDaysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate): number {
    const a = epochDay(from);
    const b = epochDay(to);
    let count = 0;
    for (let at = Math.min(a, b) + 1; at <= Math.max(a, b); at++) if (this.works(at)) count += 1;
    return b >= a ? count : -count;
  }

  /** The day itself when it is a working day, else the next one. */
  rollForward(day: Temporal.PlainDate): Temporal.PlainDate {
    return this.roll(day, 1);
  }

  /** The day itself when it is a working day, else the one before. */
  rollBack(day: Temporal.PlainDate): Temporal.PlainDate {
    return this.roll(day, -1);
  }

  isOfficeHour(instant: Temporal.Instant): boolean {
    const minutes = localMinutes(instant);
    return minutes >= this.opens && minutes < this.closes && this.isWorkingDay(localDate(instant));
  }

  /** The instant itself inside office hours, else the next opening. */
  nextOfficeHour(instant: Temporal.Instant): Temporal.Instant {
    if (this.isOfficeHour(instant)) return instant;
    const today = localDate(instant);
    if (this.isWorkingDay(today) && localMinutes(instant) < this.opens) return atLocalTime(today, this.hours.start);
    return atLocalTime(this.addWorkingDays(today, 1), this.hours.start);
  }

  private roll(day: Temporal.PlainDate, direction: 1 | -1): Temporal.PlainDate {
    let at = epochDay(day);
    if (this.works(at)) return day;
    while (!this.works(at)) at += direction;
    return dayOfEpoch(at);
  }

  private works(at: number): boolean {
    const kind = this.kindOfEpochDay(at);
    return kind === 'WORKDAY' || kind === 'MAKEUP_WORKDAY';
  }

  private kindOfEpochDay(at: number): DayKind {
    const year = new Date(at * 86_400_000).getUTCFullYear();
    if (!this.years.has(year)) throw new CalendarYearMissingError(year);
    const listed = this.listed.get(at);
    if (listed) return listed.kind;
    // 1970-01-01 was a Thursday.
    const weekday = (((at + 3) % 7) + 7) % 7;
    return weekday >= 5 ? 'WEEKEND' : 'WORKDAY';
  }
}
