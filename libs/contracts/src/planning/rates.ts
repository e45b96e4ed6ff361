import { z } from 'zod';
import { defineQuery } from '../contract.js';
import { agencyCode, day, id, instant, text } from '../values.js';

/** By what reports are counted together. A level is the number of steps below the plan's issuer in the line of reporting. */
export const rateGroupings = ['agency', 'level', 'requirement', 'period'] as const;
export type RateGrouping = (typeof rateGroupings)[number];

/** Judged by the first deadline; by the deadline with extensions granted in the ordinary way; by the deadline with everything that moved it. */
const threefold = <Value extends z.ZodType>(value: Value) => z.object({ raw: value, withExtensions: value, withForceMajeure: value });

/** Per cent of the expected reports with one decimal; null where none was expected. */
const rate = () => z.number().min(0).max(100).nullable();

/** Words of DHIS2: expected reports, actual reports, reporting rate, actual reports on time, reporting rate on time. */
export const reportingRate = z
  .object({
    /** Due by the day asked for, by their first deadline; without those waived, excluded or cancelled. */
    expected: z.int(),
    /** Of these: handed in at least once by then. The first time counts, also when the report was sent back afterwards. */
    actual: z.int(),
    onTime: threefold(z.int()),
    /** Of the actual: sent back and not handed in again. */
    returned: z.int(),
    /** Expected and never handed in: `expected - actual`. */
    missing: z.int(),
    /** Owed past the present deadline, extensions counted: missing, or sent back and not handed in again. Not while the ladder stands still. */
    overdue: z.int(),
    /** No longer owed, and not expected. */
    waived: z.int(),
    /** No longer owed because the superior left it out of the consolidation, and not expected. Who had handed it in before did what was owed. */
    excluded: z.int(),
    rates: z.object({ reporting: rate(), onTime: threefold(rate()) }),
  })
  .meta({ id: 'ReportingRate' });

export const reportingRates = defineQuery('planning', 'planning.reporting-rates.v1', {
  payload: z.object({
    planId: id(),
    by: z.enum(rateGroupings),
    /** First and last day of what was due, by first deadlines. */
    from: day().optional(),
    to: day().optional(),
    requirement: text(40).optional(),
    /** The agency that owes. */
    agency: agencyCode().optional(),
    /** Counted as it stood at the end of this day; now without it. What was waived, excluded or sent back is told as it is now. */
    asOf: day().optional(),
  }),
  reply: z
    .object({
      planId: id(),
      documentNumber: z.string(),
      by: z.enum(rateGroupings),
      from: day().nullable(),
      to: day().nullable(),
      requirement: z.string().nullable(),
      agency: agencyCode().nullable(),
      asOf: instant(),
      rows: z.array(
        reportingRate.extend({
          /** Code of the agency or requirement, key of the period, number of the level; `outside` the line of reporting. */
          key: z.string(),
          label: z.string(),
          labelEn: z.string(),
          /** Of which kinds the agencies are that report here. */
          kinds: z.array(z.string()),
        }),
      ),
      totals: reportingRate,
    })
    .meta({ id: 'ReportingRates' }),
});
