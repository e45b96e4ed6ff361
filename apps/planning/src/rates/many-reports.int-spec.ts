import { Temporal } from 'temporal-polyfill';
import { toInstant } from '#calendar';
import type { PayloadOf, RateGrouping, reportingRates } from '#contracts';
import { at, PlanningFixture } from '../obligations/planning.int-fixture.js';
import { CountRates } from './count-rates.js';

let planning: PlanningFixture;
let planId: string;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
  ({ planId } = await planning.import());
});
afterEach(() => planning.stop());

const count = (asked: Omit<PayloadOf<typeof reportingRates>, 'planId'>) => planning.get(CountRates).execute({ planId, ...asked });

describe('reporting rates of many reports', () => {
  /** Reports of a hundred agencies in states of all sorts; the same number gives the same reports. */
  async function many(first: number, last: number): Promise<void> {
    await planning.sql(
      `INSERT INTO agency (id, code, name, name_en, short_name, kind, reports_to_id, valid_from)
       SELECT gen_random_uuid(), 'XA-' || n, 'Xã số ' || n, 'Commune ' || n, 'Xã ' || n, 'COMMUNE_UBND',
              (SELECT id FROM agency WHERE code = CASE n % 3 WHEN 0 THEN 'UBND-SONTAY' WHEN 1 THEN 'TTKC' END), '2020-01-01'
       FROM generate_series(0, 99) n ON CONFLICT (code) DO NOTHING`,
    );
    await planning.sql(
      `WITH one AS (
         SELECT n, gen_random_uuid() AS id, date '2020-01-01' + (abs(hashint4(n)) % 250) AS due_on,
                (ARRAY['open', 'fulfilled', 'waived', 'cancelled', 'fulfilled', 'fulfilled'])[1 + abs(hashint4(n + 1000000)) % 6] AS state,
                (ARRAY['draft', 'submitted', 'returned', 'accepted', 'excluded', 'closed'])[1 + abs(hashint4(n + 2000000)) % 6] AS report_state,
                abs(hashint4(n + 3000000)) % 10 AS days, abs(hashint4(n + 4000000)) % 5 AS longer, abs(hashint4(n + 5000000)) % 4 AS longest
         FROM generate_series($1::int, $2::int) n),
       opened AS (
         INSERT INTO obligation (id, plan_id, kind, title, title_en, period, period_en, debtor_id, creditor_id, deadline_word, deadline_date, roll_policy,
           due_on, overdue_at, original_due_on, original_overdue_at, extended_overdue_at, ladder_id, state, opened_at, settled_at, correlation_id)
         SELECT one.id, $3::uuid, 'periodic-report', 't', 't', 'kỳ ' || n / 100, 'period ' || n / 100, a.id, a.id, 'NO_LATER_THAN', due_on, 'FORWARD', due_on,
           (due_on + 1 + longer + longest)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', due_on, (due_on + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh',
           (due_on + 1 + longer)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', (SELECT id FROM frozen_ladder LIMIT 1), one.state, '2020-01-01', CASE WHEN one.state <> 'open' THEN timestamptz '2020-12-01' END, gen_random_uuid()
         FROM one JOIN agency a ON a.code = 'XA-' || n % 100 RETURNING id)
       INSERT INTO report (id, requirement_id, agency_id, period_key, state, obligation_id, first_submitted_at, submitted_at)
       SELECT gen_random_uuid(), q.id, a.id, 'K' || n / 100, report_state, one.id, handed.at, handed.at
       FROM one JOIN agency a ON a.code = 'XA-' || n % 100 JOIN report_requirement q ON q.code = 'BC-THANG',
         LATERAL (SELECT CASE WHEN one.state = 'fulfilled' THEN (due_on - 2 + days)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' END AS at) handed`,
      first,
      last,
      planId,
    );
  }

  it('say what one would count by hand', async () => {
    await many(1, 1_500);
    planning.clock.set(at('2020-06-10T12:00'));
    const now = planning.clock.now().epochMilliseconds;
    const all = await planning.database.report.findMany({
      where: { obligation: { planId } },
      include: { obligation: true, agency: { include: { reportsTo: { include: { reportsTo: true } } } } },
    });
    const due = all.filter(({ obligation: { state, originalDueOn } }) => state !== 'cancelled' && originalDueOn <= new Date('2020-06-10'));
    const keyOf: Record<Exclude<RateGrouping, 'requirement'>, (one: (typeof due)[number]) => string> = {
      agency: ({ agency }) => agency.code,
      level: ({ agency }) =>
        agency.reportsTo?.reportsTo === undefined || agency.reportsTo.reportsTo === null
          ? 'outside'
          : agency.reportsTo.code === 'TTKC'
            ? '3'
            : '2',
      period: ({ periodKey }) => periodKey,
    };
    for (const [by, key] of Object.entries(keyOf) as [keyof typeof keyOf, (one: (typeof due)[number]) => string][]) {
      const answer = await count({ by, requirement: 'BC-THANG' });
      expect(answer.rows).toHaveLength(new Set(due.map(key)).size);
      for (const { key: of, ...told } of answer.rows) {
        const mine = due.filter((one) => key(one) === of);
        const owed = mine.filter((one) => one.state !== 'excluded' && one.obligation.state !== 'waived');
        const handedIn = owed.filter(({ firstSubmittedAt }) => firstSubmittedAt !== null && firstSubmittedAt.getTime() <= now);
        const before = (moment: 'originalOverdueAt' | 'extendedOverdueAt' | 'overdueAt') =>
          handedIn.filter((one) => Temporal.Instant.compare(toInstant(one.firstSubmittedAt!), toInstant(one.obligation[moment])) < 0)
            .length;
        expect({ by, of, ...told }).toMatchObject({
          expected: owed.length,
          actual: handedIn.length,
          missing: owed.length - handedIn.length,
          returned: handedIn.filter((one) => one.state === 'returned').length,
          onTime: { raw: before('originalOverdueAt'), withExtensions: before('extendedOverdueAt'), withForceMajeure: before('overdueAt') },
          overdue: owed.filter(
            (one) => one.obligation.overdueAt.getTime() <= now && (!handedIn.includes(one) || one.obligation.state === 'open'),
          ).length,
          excluded: mine.filter((one) => one.state === 'excluded').length,
          waived: mine.filter((one) => one.state !== 'excluded' && one.obligation.state === 'waived').length,
        });
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
