import { Temporal } from 'temporal-polyfill';
import { occurrencesIn, type Schedule } from './schedule.js';

/** Missed occurrences of an `all` schedule that are made up for at once; a longer outage loses the oldest, and says so. */
const CATCH_UP_LIMIT = 1_000;
/** Age, in business time, up to which `skip` runs an occurrence that this process did not see pass. */
const SKIP_TOLERANCE = { seconds: 60 };

/** What a tick owes, oldest first, and whether older occurrences were left out. */
export interface Due {
  readonly occurrences: readonly Temporal.Instant[];
  readonly leftOut: boolean;
}

/**
 * The occurrences in (`after`, `now`] that the schedule's policy lets run. Pure.
 * @param previousTick business time of this process's tick before; what fell since then is not missed, however fast the clock runs
 */
export function dueOccurrences(schedule: Schedule, after: Temporal.Instant, now: Temporal.Instant, previousTick: Temporal.Instant): Due {
  const wanted = schedule.missed === 'all' ? CATCH_UP_LIMIT : 1;
  const found = occurrencesIn(schedule, after, now, wanted + 1);
  const newest = found.slice(-wanted);
  if (schedule.missed !== 'skip') return { occurrences: newest, leftOut: found.length > wanted };
  const tolerated = now.subtract(SKIP_TOLERANCE);
  const freshAfter = Temporal.Instant.compare(previousTick, tolerated) < 0 ? previousTick : tolerated;
  const fresh = newest.filter((occurrence) => Temporal.Instant.compare(occurrence, freshAfter) > 0);
  return { occurrences: fresh, leftOut: found.length > fresh.length };
}
