import { Temporal } from 'temporal-polyfill';
import type { ReportingPeriod } from '#calendar';
import type { ReportEntry } from '../plans/plan-file.js';
import { repeated, type Finding, type Placed } from '../plans/plan-parts.js';

export interface Due {
  readonly period: ReportingPeriod;
  readonly dueOn: Temporal.PlainDate;
}

/** A report requirement with the due day of each of its periods. */
export interface Schedule extends Placed<ReportEntry> {
  readonly dues: readonly Due[];
  /** No period is missing because of a fault of its own, which is told already. */
  readonly complete: boolean;
}

/**
 * Reports that others consolidate (Circular 08/2019/TT-BTP): each is received by whoever puts it together, falls within a period of the report above, and
 * is due before it: input, then consolidation, then upward. What an agency receives has to reach it before its own report is due, named or not.
 * @param known codes of all reports, also of those whose own shape is wrong: a reference to one is no second fault
 */
export function checkCascade(schedules: readonly Schedule[], known: ReadonlySet<string>): Finding[] {
  const byCode = new Map(schedules.map((schedule) => [schedule.entry.code, schedule]));
  return schedules.flatMap((upward) => [
    ...named(upward, byCode, known),
    ...circle(upward, byCode),
    ...schedules.filter((input) => goesInto(input, upward)).flatMap((input) => tooLate(input, upward)),
  ]);
}

function named(upward: Schedule, byCode: ReadonlyMap<string, Schedule>, known: ReadonlySet<string>): Finding[] {
  const { at, entry } = upward;
  const messages = entry.consolidates.flatMap((code, index): [number, string][] => {
    const input = byCode.get(code);
    if (!input) {
      const others = [...known].filter((one) => one !== entry.code).join(', ');
      return known.has(code) ? [] : [[index, `unknown report "${code}"; known: ${others}`]];
    }
    const said: [number, string][] = [];
    if (!entry.reporters.includes(input.entry.receiver))
      said.push([index, `"${code}" goes to ${input.entry.receiver}, which does not owe "${entry.code}": nobody could put it together`]);
    if (input.complete && upward.complete && pairs(input, upward).length === 0)
      said.push([index, `no period of "${code}" lies within one of "${entry.code}": it would never be put together`]);
    return said;
  });
  const twice = repeated(entry.consolidates).map((index): [number, string] => [index, 'named twice']);
  return [...twice, ...messages].map(([index, message]) => ({ path: ['reports', at, 'consolidates', index], message }));
}

/** A report that comes back to itself over what it consolidates. Told at each report of the circle. */
function circle(start: Schedule, byCode: ReadonlyMap<string, Schedule>): Finding[] {
  const seen = new Set<string>();
  const rest = [...start.entry.consolidates];
  for (let code = rest.pop(); code !== undefined; code = rest.pop()) {
    if (code === start.entry.code)
      return [{ path: ['reports', start.at, 'consolidates'], message: `"${code}" would consolidate itself, over the reports named here` }];
    if (seen.has(code)) continue;
    seen.add(code);
    rest.push(...(byCode.get(code)?.entry.consolidates ?? []));
  }
  return [];
}

/** It is named as an input, or its receiver owes the other report to somebody else. */
function goesInto(input: Schedule, upward: Schedule): boolean {
  if (input === upward) return false;
  return (
    upward.entry.consolidates.includes(input.entry.code) ||
    (upward.entry.reporters.includes(input.entry.receiver) && input.entry.receiver !== upward.entry.receiver)
  );
}

function tooLate(input: Schedule, upward: Schedule): Finding[] {
  const late = pairs(input, upward).find(([one, above]) => Temporal.PlainDate.compare(one.dueOn, above.dueOn) >= 0);
  if (!late) return [];
  const [{ period, dueOn }] = late;
  const message = `is due no later than "${input.entry.code}" of ${period.key} (${dueOn.toString()}), which it consolidates: input before consolidation`;
  return [{ path: ['reports', upward.at, 'due'], message }];
}

/** Each period of the input with the period of the report above that its data window lies in. */
function pairs(input: Schedule, upward: Schedule): [Due, Due][] {
  return input.dues.flatMap((one) =>
    upward.dues.filter((above) => liesWithin(one.period, above.period)).map((above): [Due, Due] => [one, above]),
  );
}

function liesWithin(one: ReportingPeriod, other: ReportingPeriod): boolean {
  return Temporal.PlainDate.compare(one.windowFrom, other.windowFrom) >= 0 && Temporal.PlainDate.compare(one.windowTo, other.windowTo) <= 0;
}
