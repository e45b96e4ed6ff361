import { PassOn } from '../agencies/pass-on.js';
import { AuditLedger } from '../obligations/audit-ledger.js';
import { at, PlanningFixture, planWith } from '../obligations/planning.int-fixture.js';
import { SubmitReport } from './submit-report.js';

let planning: PlanningFixture;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
});
afterEach(() => planning.stop());

const openAt = (local: string) => {
  planning.clock.set(at(local));
  return planning.openReports();
};
const passOn = () => planning.get(PassOn).execute();
/** `SCT open`, one per obligation of a period, by debtor. */
async function owed(periodKey: string, requirement = 'BC-THANG') {
  const reports = await planning.database.report.findMany({
    where: { periodKey, requirement: { code: requirement } },
    include: { agency: true, obligation: true },
  });
  return reports.map((report) => `${report.agency.code} ${report.obligation.state}`).sort();
}

describe('the reports of a period', () => {
  beforeEach(() => planning.import());

  it('open when its data window opens, not a minute before, and once', async () => {
    expect(await openAt('2020-06-14T23:59')).toBe(0);
    // July's monthly inputs and the consolidated report; the third quarter's report to the Central office.
    expect(await openAt('2020-06-15T00:00')).toBe(11);
    expect(await owed('2020-07')).toHaveLength(9);
    expect(await owed('2020-Q3', 'R2-TRUNGUONG')).toEqual(['SNNPTNT open']);
    const before = await planning.contents();
    expect([await planning.openReports(), await openAt('2020-07-14T12:00')]).toEqual([0, 0]);
    expect(await planning.contents()).toEqual(before);
  });

  it('open once, though two replicas open them at the same time', async () => {
    planning.clock.set(at('2020-06-15T01:00'));
    const opened = await Promise.all([planning.openReports(), planning.openReports(), planning.openReports()]);
    expect(opened.sort()).toEqual([0, 0, 11]);
  });

  it('that an outage left out open together afterwards, each with the steps that are still to come', async () => {
    expect(await openAt('2020-08-20T09:00')).toBe(9 * 3 + 3 + 1);
    const { obligationId } = await planning.report('SCT', 'BC-THANG', '2020-07');
    const steps = await planning.steps(obligationId);
    expect(steps.map((step) => step.state)).toEqual([...Array<string>(6).fill('skipped'), 'pending', 'pending']);
    await planning.sweepAt('2020-08-20T09:01');
    expect((await planning.get(AuditLedger).execute()).findings).toEqual([]);
  });
});

describe('what an agency owes beyond its end', () => {
  const sct = "    shortName: Sở Công Thương\n    kind: DEPARTMENT\n    reportsTo: UBNDTP\n    validFrom: '2008-08-01'\n";
  const successor = `  - code: SCTM
    name: Sở Công Thương mới
    nameEn: New Department of Industry and Trade
    shortName: Sở CT mới
    kind: DEPARTMENT
    validFrom: '2020-01-01'
    contacts:
      - { role: FOCAL, name: Nguyễn Thị Mới, email: dau-moi@sctm.hanoi.example }
    assumption: cho kiểm thử
  - code: SCT
`;
  const endedOn = (day: string) => planWith([sct, `${sct}    validTo: '${day}'\n    successor: SCTM\n`], ['  - code: SCT\n', successor]);

  it('is opened for its successor, from the first deadline after the end', async () => {
    await planning.import(endedOn('2020-08-31'));
    await openAt('2020-09-15T01:00');
    const debtors = await Promise.all(['2020-08', '2020-09', '2020-10'].map((period) => owed(period)));
    expect(debtors.map((period) => period.filter((one) => one.startsWith('SCT')))).toEqual([['SCT open'], ['SCTM open'], ['SCTM open']]);
    expect(debtors.map((period) => period.length)).toEqual([9, 9, 9]);
  });

  it('passes to its successor on the day after the end, when that became known later: it is owed once', async () => {
    await planning.import();
    await planning.import(endedOn('2020-06-12'));
    const { id, obligationId } = await planning.report('SCT');
    planning.clock.set(at('2020-06-12T23:30'));
    expect(await passOn()).toBe(0);
    planning.clock.set(at('2020-06-13T00:30'));
    expect(await passOn()).toBeGreaterThan(0);
    expect(await planning.report('SCTM')).toMatchObject({ id, obligationId });
    expect((await owed('2020-06')).filter((one) => one.startsWith('SCT'))).toEqual(['SCTM open']);
    const before = await planning.contents();
    expect([await planning.openReports(), await passOn()]).toEqual([0, 0]);
    expect(await planning.contents()).toEqual(before);
    const told = (await planning.sweepAt('2020-06-16T08:00')).flatMap((mail) => mail.mail.items.map((item) => item.debtor.code));
    expect(told).toContain('SCTM');
    expect(told).not.toContain('SCT');
    expect((await planning.get(AuditLedger).execute()).findings).toEqual([]);
  });

  it('is not owed again by its successor when it was handed in before', async () => {
    await planning.import();
    const { id } = await planning.report('SCT');
    await planning.get(SubmitReport).execute({ reportId: id, note: '' }, planning.message());
    await planning.import(endedOn('2020-06-12'));
    expect((await owed('2020-06')).filter((one) => one.startsWith('SCT'))).toEqual(['SCT fulfilled']);
    await openAt('2020-06-15T01:00');
    expect((await owed('2020-07')).filter((one) => one.startsWith('SCT'))).toEqual(['SCTM open']);
  });

  it('joins what the successor owes itself', async () => {
    const merged = planWith([sct, `${sct}    validTo: '2020-06-12'\n    successor: STC\n`]);
    await planning.import();
    const { id } = await planning.report('SCT');
    await planning.get(SubmitReport).execute({ reportId: id, note: '' }, planning.message());
    await planning.import(merged);
    await openAt('2020-06-15T01:00');
    expect((await owed('2020-06')).filter((one) => /^S[CT]/.test(one))).toEqual(['SCT fulfilled', 'STC open']);
    expect((await owed('2020-07')).filter((one) => /^S[CT]/.test(one))).toEqual(['STC open']);
  });
});
