import type { z } from 'zod';
import type { RateGrouping, reportingRate } from '#contracts';

/** Reports counted together, before rates are made of them. */
export type Counts = Omit<z.output<typeof reportingRate>, 'rates' | 'missing'>;

/** Counts with their rates, as they are told. */
export function rated(counts: Counts): z.output<typeof reportingRate> {
  const { expected, actual, onTime } = counts;
  return {
    ...counts,
    missing: expected - actual,
    rates: {
      reporting: percent(actual, expected),
      onTime: {
        raw: percent(onTime.raw, expected),
        withExtensions: percent(onTime.withExtensions, expected),
        withForceMajeure: percent(onTime.withForceMajeure, expected),
      },
    },
  };
}

/** Per cent with one decimal, halves upward; null of nothing. Whole numbers all the way, so that 0.05 is never lost to a binary fraction. */
export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((2000 * part + whole) / (2 * whole)) / 10;
}

/** Names of a row in both languages. Only levels have none in the database. */
export function named(by: RateGrouping, row: { readonly key: string; readonly label: string | null; readonly labelEn: string | null }) {
  if (by !== 'level') return { label: row.label ?? row.key, labelEn: row.labelEn ?? row.key };
  if (row.key === 'outside') return { label: 'Ngoài tuyến báo cáo', labelEn: 'Outside the line of reporting' };
  if (row.key === '0') return { label: 'Cơ quan ban hành', labelEn: 'Issuer' };
  return { label: `Cấp ${row.key}`, labelEn: `Level ${row.key}` };
}
