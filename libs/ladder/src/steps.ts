import { Temporal } from 'temporal-polyfill';
import { atLocalTime, type WorkingCalendar } from '#calendar';
import { levelRank, offsetDays, type Ladder, type LadderLevel, type Rung } from './ladder.js';

/** One row of the ledger, before it is written. */
export interface PlannedStep {
  readonly rung: Rung;
  readonly ordinal: number;
  readonly dueAt: Temporal.Instant;
  /** Why the step will never fire; the others are pending. */
  readonly skipped?: 'before-opening';
}

/**
 * The steps of one obligation: one per rung, in order of time, none on a day off.
 *
 * Offsets count working days from the due day; on a due day that is a day off itself (roll policy NONE) reminders count from the working day
 * before it and everything else from the one after.
 *
 * A rung whose moment had passed when the obligation opened is skipped, with one exception: when the due day has passed too (a plan imported
 * late, a return with a deadline that is over), the last passed rung of each track stays pending, so that the next sweep tells everybody at the
 * right level, once. Pure; the same input gives the same steps.
 * @throws CalendarYearMissingError
 */
export function steps(
  ladder: Ladder,
  deadline: { readonly dueOn: Temporal.PlainDate; readonly overdueAt: Temporal.Instant },
  openedAt: Temporal.Instant,
  calendar: WorkingCalendar,
): PlannedStep[] {
  const planned = ladder.rungs.map((rung, index) => ({ rung, ordinal: index + 1, dueAt: momentOf(rung, deadline.dueOn, calendar) }));
  const overdueAtOpening = Temporal.Instant.compare(deadline.overdueAt, openedAt) <= 0;
  const passed = planned.filter((step) => Temporal.Instant.compare(step.dueAt, openedAt) < 0);
  const kept = new Set(overdueAtOpening ? lastOfEachTrack(passed) : []);
  return planned.map((step) => (passed.includes(step) && !kept.has(step) ? { ...step, skipped: 'before-opening' } : step));
}

function momentOf(rung: Rung, dueOn: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.Instant {
  const offset = offsetDays(rung.offset);
  const anchor = offset < 0 ? calendar.rollBack(dueOn) : calendar.rollForward(dueOn);
  return atLocalTime(offset === 0 ? anchor : calendar.addWorkingDays(anchor, offset), rung.at);
}

function lastOfEachTrack<Step extends { readonly rung: Rung; readonly ordinal: number }>(candidates: readonly Step[]): Step[] {
  const last = new Map<Rung['track'], Step>();
  for (const step of candidates) {
    const known = last.get(step.rung.track);
    if (!known || step.ordinal > known.ordinal) last.set(step.rung.track, step);
  }
  return [...last.values()];
}

/**
 * Which of the due steps of ONE obligation are to be told, and which were overtaken meanwhile: per track the highest ordinal fires.
 * After three days of silence nobody gets three letters.
 */
export function overtaken<Step extends { readonly track: string; readonly ordinal: number }>(
  due: readonly Step[],
): { fire: Step[]; superseded: Step[] } {
  const highest = new Map<string, Step>();
  for (const step of due) {
    const known = highest.get(step.track);
    if (!known || step.ordinal > known.ordinal) highest.set(step.track, step);
  }
  const fire = [...highest.values()];
  return { fire, superseded: due.filter((step) => !fire.includes(step)) };
}

export interface ForecastMail {
  readonly slot: Temporal.Instant;
  readonly level: LadderLevel;
  readonly items: readonly { readonly key: string; readonly rung: Rung }[];
}

/**
 * Every mail that would leave if nobody did anything: the steps of all obligations, grouped by recipient and slot.
 * @param recipientsOf who a rung of an obligation speaks to, as stable keys
 */
export function forecast(
  obligations: readonly { readonly key: string; readonly steps: readonly PlannedStep[] }[],
  recipientsOf: (key: string, rung: Rung) => readonly string[],
): ReadonlyMap<string, readonly ForecastMail[]> {
  const mails = new Map<string, Map<number, { key: string; rung: Rung }[]>>();
  for (const obligation of obligations) {
    for (const step of obligation.steps) {
      if (step.skipped) continue;
      for (const recipient of recipientsOf(obligation.key, step.rung)) {
        const slots = mails.get(recipient) ?? new Map<number, { key: string; rung: Rung }[]>();
        mails.set(recipient, slots);
        const slot = step.dueAt.epochMilliseconds;
        slots.set(slot, [...(slots.get(slot) ?? []), { key: obligation.key, rung: step.rung }]);
      }
    }
  }
  return new Map(
    [...mails].map(([recipient, slots]) => [
      recipient,
      [...slots]
        .sort(([a], [b]) => a - b)
        .map(([slot, items]) => ({
          slot: Temporal.Instant.fromEpochMilliseconds(slot),
          level: highestLevel(items.map((item) => item.rung.level)),
          items,
        })),
    ]),
  );
}

/** @throws RangeError for an empty list */
export function highestLevel(levels: readonly LadderLevel[]): LadderLevel {
  const [first, ...rest] = levels;
  if (first === undefined) throw new RangeError('no levels');
  return rest.reduce((highest, level) => (levelRank(level) > levelRank(highest) ? level : highest), first);
}
