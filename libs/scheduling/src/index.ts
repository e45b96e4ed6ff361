/*
 * Cron as data. A schedule's occurrences are counted on business time; each becomes one `schedule_run` row, and whoever inserts the row runs it.
 * Guarantees: an occurrence runs at most once over all replicas; what fell into an outage is treated as its schedule says; a run that failed or
 * whose process died holds nothing up.
 * Not here: retries of one occurrence. Work is "everything due by `runAt`", so the next occurrence does what a failed one left.
 */
export { type Schedule, type ScheduleSource } from './schedule.js';
export { Scheduler, type ScheduleState } from './scheduler.js';
export { SchedulingModule, type SchedulingOptions } from './scheduling.module.js';
