import type { Temporal } from 'temporal-polyfill';
import { atLocalTime, type WorkingCalendar } from '#calendar';
import { offsetDays, type Ladder, type Rung } from './ladder.js';

/** One row of the ledger, before it is written. */
export interface PlannedStep {
  readonly rung: Rung;
  /** From 1, in order of time. */
  readonly ordinal: number;
  readonly dueAt: Temporal.Instant;
  /** Why the step will never fire; the others are pending. */
  readonly skipped?: 'before-opening';
}

/**
 * The steps of one obligation: one per rung, in order of time, none on a day off.
 *
 * Offsets count working days from the due day. Where that is a day off itself (roll policy NONE), what is told up to the deadline counts back
 * from the working day before it, so that nobody hears "due today" when it is too late; the first working day after it is `+1wd`.
 *
 * A rung whose moment had passed when the obligation opened is skipped, with one exception: when the deadline has passed too (a plan imported
 * late, a report returned after its deadline), the last passed rung of each track stays pending, so that the next sweep tells everybody at the
 * right level, once. Pure; the same input gives the same steps.
 * @throws CalendarYearMissingError
 */
export function steps(
  ladder: Ladder,
  deadline: { readonly dueOn: Temporal.PlainDate; readonly overdueAt: Temporal.Instant },
  openedAt: Temporal.Instant,
  calendar: WorkingCalendar,
): PlannedStep[] {
  const lastDay = calendar.rollBack(deadline.dueOn);
  const planned = ladder.rungs.map((rung, index) => ({ rung, ordinal: index + 1, dueAt: momentOf(rung, lastDay, calendar) }));
  const passed = planned.filter((step) => isBefore(step.dueAt, openedAt));
  if (passed.length === 0) return planned;
  const overdueAtOpening = !isBefore(openedAt, deadline.overdueAt);
  const kept = overdueAtOpening ? highestOfEachTrack(passed, (step) => step.rung.track) : [];
  const skipped = new Set(passed.filter((step) => !kept.includes(step)));
  return planned.map((step) => (skipped.has(step) ? { ...step, skipped: 'before-opening' } : step));
}

function momentOf(rung: Rung, lastDay: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.Instant {
  return atLocalTime(calendar.addWorkingDays(lastDay, offsetDays(rung.offset)), rung.at);
}

function isBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return a.epochMilliseconds < b.epochMilliseconds;
}

function highestOfEachTrack<Step extends { readonly ordinal: number }>(
  candidates: readonly Step[],
  trackOf: (step: Step) => string,
): Step[] {
  const highest = new Map<string, Step>();
  for (const step of candidates) {
    const known = highest.get(trackOf(step));
    if (!known || step.ordinal > known.ordinal) highest.set(trackOf(step), step);
  }
  return [...highest.values()];
}

/**
 * Which of the due steps of ONE obligation are to be told, and which were overtaken meanwhile: per track the highest ordinal fires.
 * After three days of silence nobody gets three letters.
 */
export function overtaken<Step extends { readonly track: string; readonly ordinal: number }>(
  due: readonly Step[],
): { fire: Step[]; superseded: Step[] } {
  const fire = highestOfEachTrack(due, (step) => step.track);
  return { fire, superseded: due.filter((step) => !fire.includes(step)) };
}

/** The first step that is still to come after an instant: what happens next if nothing is submitted. */
export function nextStep(planned: readonly PlannedStep[], after: Temporal.Instant): PlannedStep | undefined {
  return planned.find((step) => step.skipped === undefined && isBefore(after, step.dueAt));
}
