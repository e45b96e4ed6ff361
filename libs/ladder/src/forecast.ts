import { Temporal } from 'temporal-polyfill';
import { highestLevel, type LadderLevel, type Rung } from './ladder.js';
import type { PlannedStep } from './steps.js';

/** One mail to one recipient: everything that the ladder tells them in that minute. */
export interface ForecastMail {
  readonly slot: Temporal.Instant;
  /** The most serious of its items. */
  readonly level: LadderLevel;
  readonly items: readonly ForecastItem[];
}

interface ForecastItem {
  /** Of the obligation. */
  readonly key: string;
  readonly rung: Rung;
}

/**
 * Every mail that would leave if nobody did anything: the steps of all obligations, grouped by recipient and slot, in order of time. Pure.
 * @param recipientsOf who a rung of an obligation speaks to, as stable keys
 */
export function forecast(
  obligations: readonly { readonly key: string; readonly steps: readonly PlannedStep[] }[],
  recipientsOf: (key: string, rung: Rung) => readonly string[],
): ReadonlyMap<string, readonly ForecastMail[]> {
  const slotsOf = new Map<string, Map<number, ForecastItem[]>>();
  for (const { key, steps } of obligations) {
    for (const { rung, dueAt, skipped } of steps) {
      if (skipped !== undefined) continue;
      for (const recipient of recipientsOf(key, rung)) {
        const slots = entry(slotsOf, recipient, () => new Map<number, ForecastItem[]>());
        entry(slots, dueAt.epochMilliseconds, () => []).push({ key, rung });
      }
    }
  }
  return new Map([...slotsOf].map(([recipient, slots]) => [recipient, mailsOf(slots)]));
}

function mailsOf(slots: ReadonlyMap<number, readonly ForecastItem[]>): ForecastMail[] {
  return [...slots]
    .sort(([a], [b]) => a - b)
    .map(([slot, items]) => ({
      slot: Temporal.Instant.fromEpochMilliseconds(slot),
      level: highestLevel(items.map(({ rung }) => rung.level)),
      items,
    }));
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, fresh: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = fresh();
  map.set(key, value);
  return value;
}
