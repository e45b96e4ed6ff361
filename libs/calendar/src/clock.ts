import { Temporal } from 'temporal-polyfill';

/** Business time. The only source of it: injected, so that a programme year can run in a minute and every test is deterministic. */
export abstract class Clock {
  /** Business milliseconds per real millisecond: 1 for the system clock, 0 for a fixed one. */
  abstract readonly speed: number;
  abstract now(): Temporal.Instant;
  /** Real milliseconds, at least 0, until business time reaches `at`. */
  abstract realMillisUntil(at: Temporal.Instant): number;
}

export class SystemClock extends Clock {
  readonly speed = 1;

  now(): Temporal.Instant {
    return Temporal.Now.instant();
  }

  realMillisUntil(at: Temporal.Instant): number {
    return Math.max(0, at.epochMilliseconds - this.now().epochMilliseconds);
  }
}

/** Stands still until it is told otherwise. */
export class FixedClock extends Clock {
  readonly speed = 0;

  constructor(private at: Temporal.Instant) {
    super();
  }

  now(): Temporal.Instant {
    return this.at;
  }

  set(at: Temporal.Instant): void {
    this.at = at;
  }

  advance(by: Temporal.DurationLike): void {
    this.at = this.at.add(by);
  }

  /** A fixed clock reaches nothing by itself; waiting a real second at a time lets a test move it meanwhile. */
  realMillisUntil(at: Temporal.Instant): number {
    return Temporal.Instant.compare(at, this.at) <= 0 ? 0 : 1000;
  }
}

export interface AcceleratedClockOptions {
  /** Business time at `epoch`. */
  readonly start: Temporal.Instant;
  /** Business milliseconds per real millisecond. */
  readonly speed: number;
  /** Real instant (Unix milliseconds) at which business time was `start`; before it business time stands at `start`. */
  readonly epoch: number;
}

/** The same business time in every process that is given the same three values. */
export class AcceleratedClock extends Clock {
  readonly speed: number;

  constructor(private readonly options: AcceleratedClockOptions) {
    super();
    this.speed = options.speed;
  }

  now(): Temporal.Instant {
    const elapsed = Math.max(0, performance.timeOrigin + performance.now() - this.options.epoch);
    return Temporal.Instant.fromEpochMilliseconds(Math.floor(this.options.start.epochMilliseconds + elapsed * this.speed));
  }

  realMillisUntil(at: Temporal.Instant): number {
    const real = this.options.epoch + (at.epochMilliseconds - this.options.start.epochMilliseconds) / this.speed;
    // Rounded up: timers count whole milliseconds, and whoever waited must find that `at` has come.
    return Math.max(0, Math.ceil(real - (performance.timeOrigin + performance.now())));
  }
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * `1d` (business time per real second) as business milliseconds per real millisecond.
 * @throws RangeError for anything but a positive number and one of s, m, h, d
 */
export function parseSpeed(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text.trim());
  const factor = (Number(match?.[1]) * (UNITS[match?.[2] ?? ''] ?? NaN)) / 1000;
  if (!(factor > 0)) throw new RangeError(`"${text}" is no speed: write business time per second, such as 1d, 6h, 30m or 1s`);
  return factor;
}

/**
 * `2020-06-01T07:30` in Asia/Ho_Chi_Minh, or a full ISO instant.
 * @throws RangeError for anything else
 */
export function parseClockStart(text: string): Temporal.Instant {
  try {
    return /(Z|[+-]\d\d:\d\d)$/.test(text)
      ? Temporal.Instant.from(text)
      : Temporal.PlainDateTime.from(text).toZonedDateTime(TIME_ZONE).toInstant();
  } catch (cause) {
    throw new RangeError(`"${text}" is no start of business time: write 2020-06-01T07:30 (Asia/Ho_Chi_Minh) or an ISO instant`, { cause });
  }
}

/** The time zone of the programme: UTC+7 all year. */
export const TIME_ZONE = 'Asia/Ho_Chi_Minh';

/** The system clock, or an accelerated one when a start is given. */
export function clockFrom(environment: {
  CLOCK_START?: string | undefined;
  CLOCK_SPEED?: string | undefined;
  /** Unix milliseconds. */
  CLOCK_EPOCH?: number | undefined;
}): Clock {
  if (environment.CLOCK_START === undefined) return new SystemClock();
  return new AcceleratedClock({
    start: parseClockStart(environment.CLOCK_START),
    speed: parseSpeed(environment.CLOCK_SPEED ?? '1s'),
    epoch: environment.CLOCK_EPOCH ?? performance.timeOrigin,
  });
}
