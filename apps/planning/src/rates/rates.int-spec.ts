import type { PayloadOf, reportingRates } from '#contracts';
import { ExcludeReport } from '../consolidations/exclude-report.js';
import { at, PlanningFixture } from '../obligations/planning.int-fixture.js';
import { WaiveObligation } from '../obligations/waive-obligation.js';
import { AcceptReport } from '../reports/accept-report.js';
import { ReturnReport } from '../reports/return-report.js';
import { SubmitReport } from '../reports/submit-report.js';
import { CountRates } from './count-rates.js';

type Asked = Omit<PayloadOf<typeof reportingRates>, 'planId'>;

let planning: PlanningFixture;
let planId: string;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
  ({ planId } = await planning.import());
});
afterEach(() => planning.stop());

const count = (asked: Asked) => planning.get(CountRates).execute({ planId, ...asked });
async function row(asked: Asked, key: string) {
  const found = (await count(asked)).rows.find((one) => one.key === key);
  if (!found) throw new Error(`no row ${key}`);
  return found;
}
async function submit(agency: string, local: string, requirement = 'BC-THANG', periodKey = '2020-06') {
  planning.clock.set(at(local));
  const { id } = await planning.report(agency, requirement, periodKey);
  await planning.get(SubmitReport).execute({ reportId: id, note: '' }, planning.message());
}
async function sendBack(agency: string, local: string, resubmitOn?: string) {
  planning.clock.set(at(local));
  const { id } = await planning.report(agency);
  await planning.get(ReturnReport).execute({ reportId: id, reason: 'Thiếu số liệu.', resubmitOn }, planning.message());
}
const obligation = (agency: string, change: string) =>
  planning.sql(
    `UPDATE obligation SET ${change} WHERE id = (SELECT r.obligation_id FROM report r JOIN agency a ON a.id = r.agency_id
     JOIN report_requirement q ON q.id = r.requirement_id WHERE a.code = $1 AND q.code = 'BC-THANG' AND r.period_key = '2020-06')`,
    agency,
  );

describe('reporting rates', () => {
  it('count what was handed in, and on time, of what was due', async () => {
    await submit('STC', '2020-06-10T09:00');
    await submit('SCT', '2020-06-17T23:59:59');
    await submit('TTKC', '2020-06-18T00:00');
    planning.clock.set(at('2020-06-18T08:00'));
    const { totals, rows, documentNumber } = await count({ by: 'agency' });
    expect(documentNumber).toBe('100/KH-UBND');
    // The nine monthly reports were due on the 17th; the consolidated one is due on the 22nd.
    expect(totals).toEqual({
      expected: 9,
      actual: 3,
      onTime: { raw: 2, withExtensions: 2, withForceMajeure: 2 },
      returned: 0,
      missing: 6,
      overdue: 6,
      waived: 0,
      excluded: 0,
      rates: { reporting: 33.3, onTime: { raw: 22.2, withExtensions: 22.2, withForceMajeure: 22.2 } },
    });
    expect(rows.map(({ key, expected, actual, onTime }) => `${key} ${expected} ${actual} ${onTime.raw}`)).toEqual([
      'SCT 1 1 1',
      'STC 1 1 1',
      'TTKC 1 1 0',
      'UBND-GIALAM 1 0 0',
      'UBND-HADONG 1 0 0',
      'UBND-QUOCOAI 1 0 0',
      'UBND-SONTAY 1 0 0',
      'UBND-TAYHO 1 0 0',
      'VPDP-HN 1 0 0',
    ]);
    expect(rows[0]).toMatchObject({ label: 'Sở Công Thương', labelEn: 'Department of Industry and Trade', kinds: ['DEPARTMENT'] });
  });

  it('count by level of the hierarchy below the issuer, with the kinds of agencies there', async () => {
    await submit('TTKC', '2020-06-15T09:00');
    await planning.sql(`UPDATE agency SET reports_to_id = NULL WHERE code = 'STC'`);
    planning.clock.set(at('2020-06-23T08:00'));
    const { rows } = await count({ by: 'level' });
    expect(rows.map(({ key, label, kinds, expected, actual }) => [key, label, kinds, expected, actual])).toEqual([
      ['1', 'Cấp 1', ['DEPARTMENT', 'DISTRICT_UBND'], 7, 0],
      ['2', 'Cấp 2', ['CENTRE', 'OFFICE'], 2, 1],
      ['outside', 'Ngoài tuyến báo cáo', ['DEPARTMENT'], 1, 0],
    ]);
  });

  it('end where a line of reporting goes round in a circle', async () => {
    await planning.sql(`UPDATE agency SET reports_to_id = (SELECT id FROM agency WHERE code = 'TTKC') WHERE code = 'UBNDTP'`);
    planning.clock.set(at('2020-06-18T08:00'));
    expect((await count({ by: 'level' })).totals.expected).toBe(9);
  });

  it('count by requirement and by period, periods in the order that they were due', async () => {
    await submit('SNNPTNT', '2020-06-22T16:00', 'R1-UBNDTP');
    planning.clock.set(at('2020-08-01T08:00'));
    await planning.openReports();
    await submit('SCT', '2020-08-01T09:00', 'BC-THANG', '2020-07');
    const byRequirement = await count({ by: 'requirement' });
    expect(byRequirement.rows.map(({ key, expected, actual, onTime }) => [key, expected, actual, onTime.raw])).toEqual([
      ['BC-THANG', 18, 1, 0],
      ['R1-UBNDTP', 2, 1, 1],
    ]);
    expect(byRequirement.rows[0]?.labelEn).toBe('Monthly report on the implementation of the plan');
    const byPeriod = await count({ by: 'period' });
    expect(byPeriod.rows.map(({ key, label, expected, actual, missing }) => [key, label, expected, actual, missing])).toEqual([
      ['2020-06', 'tháng 6/2020', 10, 1, 9],
      ['2020-07', 'tháng 7/2020', 10, 1, 9],
    ]);
  });

  it('judge the first submission by three deadlines: the first, with extensions, with force majeure', async () => {
    const moved = (to: string) => `'${at(to).toString()}'`;
    await obligation('SCT', `extended_overdue_at = ${moved('2020-06-21T00:00')}, overdue_at = ${moved('2020-06-21T00:00')}`);
    await obligation('STC', `overdue_at = ${moved('2020-06-25T00:00')}`);
    await submit('SCT', '2020-06-20T09:00');
    await submit('STC', '2020-06-20T10:00');
    await submit('TTKC', '2020-06-20T11:00');
    const { rows } = await count({ by: 'agency' });
    const onTime = Object.fromEntries(rows.map((one) => [one.key, one.onTime]));
    expect(onTime).toMatchObject({
      SCT: { raw: 0, withExtensions: 1, withForceMajeure: 1 },
      STC: { raw: 0, withExtensions: 0, withForceMajeure: 1 },
      TTKC: { raw: 0, withExtensions: 0, withForceMajeure: 0 },
    });
  });

  it('tell missing from overdue: who has an extension misses, and is not overdue yet', async () => {
    const later = at('2020-06-25T00:00').toString();
    await obligation('SCT', `due_on = '2020-06-24', extended_overdue_at = '${later}', overdue_at = '${later}'`);
    planning.clock.set(at('2020-06-18T08:00'));
    expect(await row({ by: 'agency' }, 'SCT')).toMatchObject({ expected: 1, missing: 1, overdue: 0 });
    planning.clock.set(at('2020-06-25T00:00'));
    expect(await row({ by: 'agency' }, 'SCT')).toMatchObject({ expected: 1, missing: 1, overdue: 1 });
  });

  it('keep a returned report as handed in, and overdue once its correction is', async () => {
    await submit('SCT', '2020-06-16T09:00');
    await sendBack('SCT', '2020-06-17T09:00', '2020-06-24');
    planning.clock.set(at('2020-06-19T08:00'));
    expect(await row({ by: 'agency' }, 'SCT')).toMatchObject({ actual: 1, returned: 1, missing: 0, overdue: 0, onTime: { raw: 1 } });
    planning.clock.set(at('2020-06-25T08:00'));
    expect(await row({ by: 'agency' }, 'SCT')).toMatchObject({ actual: 1, returned: 1, missing: 0, overdue: 1 });
    await submit('SCT', '2020-06-25T09:00');
    const { obligation: of } = await planning.report('SCT');
    expect(of.firstFulfilledAt).toEqual(new Date(at('2020-06-16T09:00').epochMilliseconds));
    expect(await row({ by: 'agency' }, 'SCT')).toMatchObject({ returned: 0, overdue: 0 });
  });

  it('do not call a late report timely because its correction was', async () => {
    await submit('SCT', '2020-06-19T09:00');
    await sendBack('SCT', '2020-06-19T10:00', '2020-06-24');
    await submit('SCT', '2020-06-22T09:00');
    expect((await row({ by: 'agency' }, 'SCT')).onTime).toEqual({ raw: 0, withExtensions: 0, withForceMajeure: 0 });
  });

  it('show waived and excluded reports apart, and cancelled ones not at all', async () => {
    const { obligationId } = await planning.report('SCT');
    await planning.get(WaiveObligation).execute({ obligationId, reason: 'Không phát sinh.' }, planning.message());
    await submit('VPDP-HN', '2020-06-12T09:00');
    const { id: upwardReportId } = await planning.report('SNNPTNT', 'R1-UBNDTP');
    for (const agency of ['STC', 'VPDP-HN']) {
      const { id: reportId } = await planning.report(agency);
      await planning.get(ExcludeReport).execute({ upwardReportId, reportId, reason: 'Không có nội dung.' }, planning.message());
    }
    await obligation('TTKC', `state = 'cancelled', settled_at = '2020-06-10'`);
    planning.clock.set(at('2020-06-18T08:00'));
    expect((await count({ by: 'agency' })).totals).toMatchObject({
      expected: 6,
      actual: 1,
      missing: 5,
      overdue: 5,
      waived: 1,
      excluded: 1,
    });
    // Handed in before it was left out of the consolidation: the agency did what it owed.
    expect(await row({ by: 'agency' }, 'VPDP-HN')).toMatchObject({ expected: 1, actual: 1, excluded: 0 });
    expect(await row({ by: 'agency' }, 'SCT')).toMatchObject({ expected: 0, waived: 1, rates: { reporting: null } });
  });

  it('leave out of overdue what stands still under a suspension', async () => {
    const [plan] = await planning.sql<{ id: string }>(
      `INSERT INTO suspension (id, plan_id, decision, reason, from_on, started_at, recorded_at, recorded_by)
       VALUES (gen_random_uuid(), $1::uuid, '02/TB-BCĐ', 'Covid-19', '2020-06-16', '2020-06-16', '2020-06-16', 'test') RETURNING id`,
      planId,
    );
    await obligation('SCT', `suspension_id = '${plan?.id ?? ''}', held_since = '2020-06-16T00:00+07:00'`);
    planning.clock.set(at('2020-06-18T08:00'));
    expect(await row({ by: 'agency' }, 'SCT')).toMatchObject({ expected: 1, missing: 1, overdue: 0 });
  });

  it('can be asked for a day that is over: to its end, not a minute further', async () => {
    await submit('SCT', '2020-06-17T23:59');
    await submit('STC', '2020-06-18T00:00');
    planning.clock.set(at('2020-07-01T08:00'));
    expect((await count({ by: 'agency', asOf: '2020-06-16' })).rows).toEqual([]);
    const onTheDay = (await count({ by: 'agency', asOf: '2020-06-17' })).totals;
    expect(onTheDay).toMatchObject({ expected: 9, actual: 1, missing: 8, overdue: 0 });
    expect((await count({ by: 'agency', asOf: '2020-06-18' })).totals).toMatchObject({ expected: 9, actual: 2, missing: 7, overdue: 7 });
    expect((await count({ by: 'agency', asOf: '2020-07-01' })).asOf).toBe(at('2020-07-01T08:00').toString());
  });

  it('are unknown before anything is due', async () => {
    const { rows, totals } = await count({ by: 'level' });
    expect([rows, totals.expected, totals.rates.reporting]).toEqual([[], 0, null]);
  });

  it('can be narrowed to due days, one requirement and one agency', async () => {
    planning.clock.set(at('2020-08-01T08:00'));
    await planning.openReports();
    const expected = async (asked: Omit<Asked, 'by'>) => (await count({ by: 'period', ...asked })).totals.expected;
    expect(await expected({})).toBe(20);
    expect(await expected({ from: '2020-06-17', to: '2020-06-17' })).toBe(9);
    expect(await expected({ from: '2020-06-18', to: '2020-07-16' })).toBe(1);
    expect(await expected({ requirement: 'R1-UBNDTP' })).toBe(2);
    expect(await expected({ agency: 'SCT' })).toBe(2);
    expect(await expected({ agency: 'SCT', requirement: 'R1-UBNDTP' })).toBe(0);
    expect(await count({ by: 'period', agency: 'SCT' })).toMatchObject({ agency: 'SCT', requirement: null, from: null, to: null });
  });

  it.each<[string, Asked & { planId?: string }]>([
    ['plan-not-found', { by: 'agency', planId: '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c11' }],
    ['agency-not-found', { by: 'agency', agency: 'NOBODY' }],
    ['requirement-not-found', { by: 'agency', requirement: 'BC-TUAN' }],
    ['day-in-future', { by: 'agency', asOf: '2020-06-02' }],
    ['days-reversed', { by: 'agency', from: '2020-06-02', to: '2020-06-01' }],
  ])('refuse with %s, and change nothing', async (code, asked) => {
    const before = await planning.contents();
    await expect(count(asked)).rejects.toMatchObject({ code });
    expect(await planning.contents()).toEqual(before);
  });

  it('only read', async () => {
    await submit('SCT', '2020-06-16T09:00');
    planning.clock.set(at('2020-06-16T10:00'));
    await planning.get(AcceptReport).execute({ reportId: (await planning.report('SCT')).id }, planning.message());
    const before = await planning.contents();
    for (const by of ['agency', 'level', 'requirement', 'period'] as const) await count({ by });
    expect(await planning.contents()).toEqual(before);
  });
});
