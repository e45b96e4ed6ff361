import { Temporal } from 'temporal-polyfill';
import { dayOfEpoch, epochDay } from './days.js';

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

/** Every day of a run of years, numbered: so that counting working days is two look-ups, however far apart they are. Days are epoch days. */
export class DayTable {
  private readonly firstYear: number;
  private readonly lastYear: number;
  private readonly first: number;
  /** How many days work up to and including the n-th day of the table. */
  private readonly counts: Int32Array;
  private readonly working: Int32Array;

  /**
   * @throws CalendarYearMissingError when the years leave a gap
   * @throws RangeError without any year
   */
  constructor(years: readonly number[], works: (at: number) => boolean) {
    if (years.length === 0) throw new RangeError('a working calendar needs at least one year');
    this.firstYear = Math.min(...years);
    this.lastYear = Math.max(...years);
    for (let year = this.firstYear; year <= this.lastYear; year++) if (!years.includes(year)) throw new CalendarYearMissingError(year);
    this.first = newYear(this.firstYear);
    this.counts = new Int32Array(newYear(this.lastYear + 1) - this.first);
    const working: number[] = [];
    for (let index = 0; index < this.counts.length; index++) {
      if (works(this.first + index)) working.push(this.first + index);
      this.counts[index] = working.length;
    }
    this.working = Int32Array.from(working);
  }

  hasYear(year: number): boolean {
    return year >= this.firstYear && year <= this.lastYear;
  }

  works(at: number): boolean {
    return this.working[this.upTo(at) - 1] === at;
  }

  /** Working days from the beginning of the table up to and including `at`. */
  upTo(at: number): number {
    const count = this.counts[at - this.first];
    if (count === undefined) throw new CalendarYearMissingError(dayOfEpoch(at).year);
    return count;
  }

  /** The n-th working day after `at`, n > 0. */
  after(at: number, n: number): number {
    const found = this.working[this.upTo(at) + n - 1];
    if (found === undefined) throw new CalendarYearMissingError(this.lastYear + 1);
    return found;
  }

  /** The n-th working day before `at`, n > 0. */
  before(at: number, n: number): number {
    const found = this.working[this.upTo(at) - (this.works(at) ? 1 : 0) - n];
    if (found === undefined) throw new CalendarYearMissingError(this.firstYear - 1);
    return found;
  }
}

function newYear(year: number): number {
  return epochDay(new Temporal.PlainDate(year, 1, 1));
}
