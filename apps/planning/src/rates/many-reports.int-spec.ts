import { toDate, toInstant } from '#calendar';
import type { PayloadOf, RateGrouping, reportingRates } from '#contracts';
import type { Obligation, Report } from '../generated/prisma/client.js';
import { at, PlanningFixture } from '../obligations/planning.int-fixture.js';
import { punctuality, type OnTime } from '../obligations/punctuality.js';
import { CountRates } from './count-rates.js';

let planning: PlanningFixture;
let planId: string;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
  ({ planId } = await planning.import());
});
afterEach(() => planning.stop());

const count = (asked: Omit<PayloadOf<typeof reportingRates>, 'planId'>) => planning.get(CountRates).execute({ planId, ...asked });

/** What the answer must be, one report after the other. */
function byHand(reports: readonly (Report & { obligation: Obligation })[]) {
  const now = planning.clock.now();
  const owed = reports.filter(({ state, obligation }) => state !== 'excluded' && obligation.state !== 'waived');
  const handedIn = owed.filter(({ obligation }) => obligation.firstFulfilledAt !== null && obligation.firstFulfilledAt <= toDate(now));
  const onTime = handedIn.map(({ obligation }) =>
    punctuality(
      {
        firstFulfilledAt: toInstant(obligation.firstFulfilledAt!),
        firstOverdueAt: obligation.firstOverdueAt && toInstant(obligation.firstOverdueAt),
        settledAt: obligation.settledAt && toInstant(obligation.settledAt),
        originalOverdueAt: toInstant(obligation.originalOverdueAt),
        extendedOverdueAt: toInstant(obligation.extendedOverdueAt),
        overdueAt: toInstant(obligation.overdueAt),
        heldSince: null,
      },
      now,
    ),
  );
  const inTime = (by: keyof OnTime) => onTime.filter((one) => one[by] === 'on-time').length;
  const late = owed.filter(({ obligation }) => obligation.overdueAt <= toDate(now));
  return {
    expected: owed.length,
    actual: handedIn.length,
    missing: owed.length - handedIn.length,
    onTime: { raw: inTime('raw'), withExtensions: inTime('withExtensions'), withForceMajeure: inTime('withForceMajeure') },
    returned: handedIn.filter(({ state }) => state === 'returned').length,
    overdue: late.filter((one) => one.obligation.state === 'open' || !handedIn.includes(one)).length,
    excluded: reports.filter(({ state }) => state === 'excluded').length,
    waived: reports.filter(({ state, obligation }) => state !== 'excluded' && obligation.state === 'waived').length,
  };
}

describe('reporting rates of many reports', () => {
  /** Reports of a hundred agencies in states of all sorts; the same number gives the same reports. */
  async function many(first: number, last: number): Promise<void> {
    await planning.sql(
      `INSERT INTO agency (id, code, name, name_en, short_name, kind, reports_to_id, valid_from)
       SELECT gen_random_uuid(), 'XA-' || n, 'Xã số ' || n, 'Commune ' || n, 'Xã ' || n, 'COMMUNE_UBND',
              (SELECT id FROM agency WHERE code = CASE n % 3 WHEN 0 THEN 'UBND-SONTAY' WHEN 1 THEN 'TTKC' END), '2020-01-01'
       FROM generate_series(0, 99) n ON CONFLICT (code) DO NOTHING`,
    );
    const midnight = (day: string) => `(${day})::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'`;
    await planning.sql(
      `WITH random AS (
         SELECT n, gen_random_uuid() AS id, date '2020-01-01' + (abs(hashint4(n)) % 250) AS due_on,
                (ARRAY['open', 'fulfilled', 'waived', 'cancelled', 'fulfilled', 'fulfilled'])[1 + abs(hashint4(n + 1000000)) % 6] AS state,
                (ARRAY['draft', 'submitted', 'returned', 'accepted', 'excluded', 'closed'])[1 + abs(hashint4(n + 2000000)) % 6] AS report_state,
                abs(hashint4(n + 3000000)) % 10 AS days, abs(hashint4(n + 4000000)) % 4 AS longer, abs(hashint4(n + 5000000)) % 4 AS longest
         FROM generate_series($1::int, $2::int) n),
       one AS (
         SELECT *, CASE WHEN state = 'fulfilled' OR state = 'open' AND report_state = 'returned' THEN ${midnight('due_on - 2 + days')} END AS handed_in
         FROM random),
       opened AS (
         INSERT INTO obligation (id, plan_id, kind, title, title_en, period, period_en, debtor_id, creditor_id, deadline_word, deadline_date, roll_policy,
           due_on, overdue_at, original_due_on, original_overdue_at, extended_overdue_at, first_fulfilled_at, first_overdue_at,
           ladder_id, state, opened_at, settled_at, correlation_id)
         SELECT one.id, $3::uuid, 'periodic-report', 't', 't', 'kỳ ' || n / 100, 'period ' || n / 100, a.id, a.id, 'NO_LATER_THAN', due_on, 'FORWARD',
           due_on, ${midnight("due_on + 1 + longer + longest + CASE report_state WHEN 'returned' THEN 7 ELSE 0 END")}, due_on,
           ${midnight('due_on + 1')}, ${midnight('due_on + 1 + longer')}, handed_in,
           CASE WHEN handed_in IS NOT NULL THEN ${midnight('due_on + 1 + longer + longest')} END,
           (SELECT id FROM frozen_ladder LIMIT 1), one.state, '2020-01-01', CASE WHEN one.state <> 'open' THEN timestamptz '2020-12-01' END, gen_random_uuid()
         FROM one JOIN agency a ON a.code = 'XA-' || n % 100 RETURNING id)
       INSERT INTO report (id, requirement_id, agency_id, period_key, state, obligation_id, submitted_at)
       SELECT gen_random_uuid(), q.id, a.id, 'K' || n / 100, report_state, one.id, handed_in
       FROM one JOIN agency a ON a.code = 'XA-' || n % 100 JOIN report_requirement q ON q.code = 'BC-THANG'`,
      first,
      last,
      planId,
    );
  }

  it('say what one would count by hand, and are in time as an obligation says it of itself', async () => {
    await many(1, 1_500);
    planning.clock.set(at('2020-06-10T12:00'));
    const due = await planning.database.report.findMany({
      where: { obligation: { planId, state: { not: 'cancelled' }, originalDueOn: { lte: new Date('2020-06-10') } } },
      include: { obligation: true, agency: { include: { reportsTo: true } } },
    });
    type One = (typeof due)[number];
    const depthOf: Readonly<Record<string, string>> = { 'UBND-SONTAY': '2', TTKC: '3' };
    const keyOf: Readonly<Record<Exclude<RateGrouping, 'requirement'>, (one: One) => string>> = {
      agency: ({ agency }) => agency.code,
      level: ({ agency }) => depthOf[agency.reportsTo?.code ?? ''] ?? 'outside',
      period: ({ periodKey }) => periodKey,
    };
    for (const by of ['agency', 'level', 'period'] as const) {
      const { rows } = await count({ by, requirement: 'BC-THANG' });
      expect(rows.map(({ key }) => key).sort()).toEqual([...new Set(due.map(keyOf[by]))].sort());
      for (const row of rows) {
        expect({ by, ...row }).toMatchObject({ by, ...byHand(due.filter((one) => keyOf[by](one) === row.key)) });
      }
    }
  });

  it('cost ten times as much for ten times as many reports, not a hundred times', async () => {
    /** Milliseconds, the best of five. */
    const took = async (by: RateGrouping) => {
      const times: number[] = [];
      for (let run = 0; run < 5; run += 1) {
        const started = performance.now();
        await count({ by });
        times.push(performance.now() - started);
      }
      return Math.min(...times);
    };
    planning.clock.set(at('2020-12-01T08:00'));
    await many(1, 10_000);
    await planning.sql('ANALYZE');
    const few = { agency: await took('agency'), level: await took('level'), period: await took('period') };
    await many(10_001, 100_000);
    await planning.sql('ANALYZE');
    const lots = { agency: await took('agency'), level: await took('level'), period: await took('period') };
    for (const by of ['agency', 'level', 'period'] as const) {
      process.stdout.write(`reporting rates by ${by}: ${few[by].toFixed(0)} ms of 10,000 reports, ${lots[by].toFixed(0)} ms of 100,000\n`);
      expect(lots[by] / few[by]).toBeLessThanOrEqual(15);
    }
  }, 120_000);
});
