import { Temporal } from 'temporal-polyfill';
import { dateToPlain } from '#calendar';
import { at, PlanningFixture, planWith } from '../obligations/planning.int-fixture.js';
import { PlanRepository } from './plan.repository.js';

/** What is known of Plan 100 once it is imported. The published values stand here once more, so that a slip in the plan file does not go unseen. */
let planning: PlanningFixture;
let planId: string;

beforeAll(async () => {
  planning = await PlanningFixture.start('2020-06-15T08:00');
  ({ planId } = await planning.import());
});
afterAll(() => planning.stop());

const plan = async () => (await planning.get(PlanRepository).find(planId, planning.clock.now()))!;
const task = (code: string) =>
  planning.database.task.findFirstOrThrow({
    where: { planId, code },
    include: { lead: true, budgetSource: true, coordinators: { include: { agency: true } } },
  });
const holderOf = async (source: string) => {
  const { holderId } = await planning.database.budgetSource.findFirstOrThrow({ where: { planId, code: source } });
  return (await planning.database.agency.findUniqueOrThrow({ where: { id: holderId } })).name;
};

describe('Plan 100', () => {
  it('[SEED-01..08] has the heading of the published text', async () => {
    expect(await plan()).toMatchObject({
      title: 'Triển khai mô hình chỉ đạo điểm Chương trình Mỗi xã một sản phẩm thành phố Hà Nội năm 2020',
      year: 2020,
      // The type is the KH of the number: kế hoạch.
      documentNumber: '100/KH-UBND',
      issuedOn: '2020-05-15',
      effectiveOn: '2020-05-15',
      issuer: 'UBNDTP',
      signatory: 'Nguyễn Văn Sửu',
      field: 'Thương mại',
    });
    const { issuePlace } = await planning.database.plan.findUniqueOrThrow({ where: { id: planId } });
    const issuer = await planning.database.agency.findUniqueOrThrow({ where: { code: 'UBNDTP' } });
    expect([issuePlace, issuer.name]).toEqual(['Hà Nội', 'UBND thành phố Hà Nội']);
    expect(Temporal.PlainDate.from('2020-05-15').dayOfWeek).toBe(5);
  });

  it('[SEED-10..13] rests on four documents, each by number and day', async () => {
    expect((await plan()).legalBases.map(({ documentNumber, issuedOn, seedId }) => [seedId, documentNumber, issuedOn])).toEqual([
      ['SEED-10', '490/QĐ-TTg', '2018-05-07'],
      ['SEED-11', '01/QĐ-BCĐTW', '2018-08-22'],
      ['SEED-12', '4078/QĐ-BNN-VPĐP', '2019-10-28'],
      ['SEED-13', '6999/QĐ-UBND', '2019-12-06'],
    ]);
  });

  it('[SEED-37] pays the events and the project document from the budget of Agriculture and Rural Development', async () => {
    for (const code of ['II.1', 'II.3'])
      expect((await task(code)).budgetSource).toMatchObject({ code: 'NS-SNN-2020', decision: '6999/QĐ-UBND' });
    expect(await holderOf('NS-SNN-2020')).toBe('Sở Nông nghiệp và Phát triển nông thôn');
  });

  it('[SEED-38] pays the points from the budget of Industry and Trade, which balances them itself', async () => {
    const { budgetSource } = await task('II.2');
    expect(budgetSource).toMatchObject({
      code: 'NS-SCT-2020',
      decision: '6999/QĐ-UBND',
      text: expect.stringContaining('chủ động cân đối'),
    });
    expect(await holderOf('NS-SCT-2020')).toBe('Sở Công Thương');
  });

  it('[SEED-40] has Agriculture and Rural Development as its standing agency', async () => {
    expect(await plan()).toMatchObject({ standingAgency: 'SNNPTNT', issuer: 'UBNDTP' });
  });

  it('[SEED-44, SEED-45] makes the standing agency owe a report to the City and one to the standing agency of the central programme', async () => {
    const owed = await planning.database.obligation.findMany({
      where: { planId, debtor: { code: 'SNNPTNT' }, kind: 'periodic-report' },
      include: { creditor: true, report: { include: { requirement: true } } },
      orderBy: { dueOn: 'asc' },
    });
    expect(owed.map(({ creditor, report, dueOn }) => [report?.requirement.code, creditor.code, dateToPlain(dueOn).toString()])).toEqual([
      ['R1-UBNDTP', 'UBNDTP', '2020-06-22'],
      ['R1-UBNDTP', 'UBNDTP', '2020-07-22'],
      ['R2-TRUNGUONG', 'VPDP-TW', '2020-09-22'],
    ]);
  });

  it('[SEED-15] asks who takes part for a yearly report that evaluates and draws lessons', async () => {
    const owed = await planning.database.report.findMany({
      where: { requirement: { planId, code: 'BC-NAM' } },
      include: { agency: true, obligation: { include: { creditor: true } } },
    });
    expect(owed.map(({ agency }) => agency.code).sort()).toEqual([
      'SCT',
      'STC',
      'UBND-GIALAM',
      'UBND-HADONG',
      'UBND-QUOCOAI',
      'UBND-SONTAY',
      'UBND-TAYHO',
      'VPDP-HN',
    ]);
    for (const { obligation } of owed) {
      expect(obligation).toMatchObject({
        state: 'open',
        title: expect.stringContaining('đánh giá, rút kinh nghiệm'),
        creditor: { code: 'SNNPTNT' },
      });
    }
  });

  it('[SEED-46] has the detailed plans of the events made by the standing agency, with the Central office and Tây Hồ district', async () => {
    const { lead, coordinators } = await task('IV.1.b');
    expect([lead.code, coordinators.map(({ agency }) => agency.code).sort()]).toEqual(['SNNPTNT', ['UBND-TAYHO', 'VPDP-TW']]);
  });
});

describe('the importer', () => {
  /** Refused at a path, and nothing is changed. */
  async function refuses(path: string, from: string, to: string): Promise<void> {
    const before = await planning.contents();
    await expect(planning.import(planWith([from, to]))).rejects.toMatchObject({
      code: 'plan-file-invalid',
      details: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(await planning.contents()).toEqual(before);
  }
  const pilots = '    lead: SCT\n    coordinators: [SNNPTNT, STC, ';

  it('[SEED-17] wants exactly one lead for each task, who does not coordinate it as well', async () => {
    await refuses('tasks.1.lead', pilots, '    coordinators: [SNNPTNT, STC, ');
    await refuses('tasks.1.lead', pilots, '    lead: [SCT, STC]\n    coordinators: [SNNPTNT, ');
    await refuses('tasks.1.coordinators', pilots, '    lead: SCT\n    coordinators: [SCT, SNNPTNT, STC, ');
    const leads = await planning.database.task.findMany({ where: { planId }, include: { lead: true } });
    expect(leads.map(({ code, lead }) => `${code} ${lead.code}`).sort()).toEqual(
      [
        'II.1 SNNPTNT',
        'II.2 SCT',
        ...['a', 'b', 'c', 'd', 'e'].map((part) => `II.2.${part} SCT`),
        'II.3 SNNPTNT',
        'IV.1 SNNPTNT',
        'IV.1.b SNNPTNT',
      ].sort(),
    );
  });

  it('[SEED-18] wants a time for each task, and one that it can read', async () => {
    await refuses('tasks.3.time', '    time: Quý II-III/2020\n    seed: SEED-30', '    seed: SEED-30');
    await refuses('tasks.8.time', 'time: Thường xuyên', 'time: khi thuận lợi');
    const { startsOn, dueOn } = await task('II.2.b');
    expect([startsOn, dueOn].map((day) => day && dateToPlain(day).toString())).toEqual(['2020-04-01', '2020-09-30']);
  });

  it('[SEED-36] takes the tasks that the missing appendix lists once somebody has it: they are data, not code', async () => {
    planning.clock.set(at('2020-06-15T09:00'));
    const added = "  - { code: PL.1, title: Nhiệm vụ theo Phụ lục, lead: STC, time: Quý IV/2020, assumption: 'thử' }\n";
    const { changes } = await planning.import(planWith(['\n# "Báo cáo theo quy định"', `${added}\n# "Báo cáo theo quy định"`]));
    expect(changes.map(({ what, key, change }) => [what, key, change])).toEqual([['task', 'PL.1', 'added']]);
    expect(await task('PL.1')).toMatchObject({ title: 'Nhiệm vụ theo Phụ lục', retired: false, lead: { code: 'STC' } });
  });
});
