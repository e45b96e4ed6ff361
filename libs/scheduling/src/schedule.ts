import { CronExpressionParser } from 'cron-parser';
import { Temporal } from 'temporal-polyfill';

/** Work that the calendar starts. Data and one function; the class that holds it is listed in `SchedulingModule.register`. */
export interface Schedule {
  /** Key of its runs in `schedule_run`, unique in the service; kebab-case. */
  readonly id: string;
  /** One sentence for the operator. */
  readonly description: string;
  /** Five fields, or six with seconds first. */
  readonly cron: string;
  /** IANA name; Asia/Ho_Chi_Minh unless said otherwise. */
  readonly timeZone?: string;
  /**
   * What becomes of occurrences that nobody ran in time (an outage, a run that took longer than its period):
   * `once` runs the newest of them, `all` runs each in order (the newest 1,000), `skip` runs none that is older than a minute of business time
   * and fell before this process's previous tick.
   */
  readonly missed: 'once' | 'all' | 'skip';
  /** On the very first start of the service also runs the occurrence before it. Otherwise the first run is the first occurrence after it. */
  readonly runAtStart?: boolean;
  /**
   * Does everything that is due by `runAt`, the occurrence in business time. Runs in a story of its own. Throwing is recorded as the run's outcome;
   * the next occurrence does the work that is left.
   */
  run(runAt: Temporal.Instant): Promise<void>;
}

/** What a feature's `things.schedule.ts` exports: an injectable class with its schedules. */
export interface ScheduleSource {
  readonly schedules: readonly Schedule[];
}

const ZONE = 'Asia/Ho_Chi_Minh';

/** The newest occurrence at or before `moment`. @throws Error when the expression is not valid */
export function occurrenceUntil(schedule: Schedule, moment: Temporal.Instant): Temporal.Instant {
  return instantOf(expression(schedule, moment.epochMilliseconds + 1).prev());
}

/** The first occurrence after `moment`. @throws Error when the expression is not valid */
export function occurrenceAfter(schedule: Schedule, moment: Temporal.Instant): Temporal.Instant {
  return instantOf(expression(schedule, moment.epochMilliseconds).next());
}

/** Occurrences in (after, until], newest `limit` of them, oldest first. */
export function occurrencesIn(schedule: Schedule, after: Temporal.Instant, until: Temporal.Instant, limit: number): Temporal.Instant[] {
  const backwards = expression(schedule, until.epochMilliseconds + 1);
  const found: Temporal.Instant[] = [];
  while (found.length < limit) {
    const occurrence = instantOf(backwards.prev());
    if (Temporal.Instant.compare(occurrence, after) <= 0) break;
    found.push(occurrence);
  }
  return found.reverse();
}

function expression(schedule: Schedule, currentDate: number) {
  return CronExpressionParser.parse(schedule.cron, { tz: schedule.timeZone ?? ZONE, currentDate });
}

function instantOf(date: { getTime(): number }): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime());
}
