import type { PayloadOf, requestReports } from '#contracts';
import { AuditLedger } from '../obligations/audit-ledger.js';
import { at, PlanningFixture, planWith } from '../obligations/planning.int-fixture.js';
import { AcceptReport } from '../reports/accept-report.js';
import { ReportViews } from '../reports/report-view.repository.js';
import { SubmitReport } from '../reports/submit-report.js';
import { RequestReports } from './request-reports.js';
import { RequestsConsumer } from './requests.consumer.js';
import { WithdrawRequest } from './withdraw-request.js';

type Asked = PayloadOf<typeof requestReports>;
const NOWHERE = '11111111-1111-4111-8111-111111111111';
let planning: PlanningFixture;
let planId: string;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-07-27T09:00');
  ({ planId } = await planning.import());
});
afterEach(() => planning.stop());

const asked = (more: Partial<Asked> = {}): Asked => ({
  planId,
  type: 'AD_HOC',
  title: 'Báo cáo đột xuất về ảnh hưởng của dịch bệnh',
  titleEn: 'Ad-hoc report on the effect of the epidemic',
  reporters: ['SCT', 'UBND-TAYHO'],
  deadline: { word: 'NO_LATER_THAN', date: '2020-08-14' },
  form: [],
  basis: 'Yêu cầu của cơ quan thường trực',
  ladder: 'default',
  ...more,
});
const ask = (more: Partial<Asked> = {}, id?: string) => planning.get(RequestReports).execute(asked(more), planning.message(id));
const withdraw = (requirementId: string, id?: string) =>
  planning.get(WithdrawRequest).execute({ requirementId, reason: 'Đã có số liệu' }, planning.message(id));
const list = (filter: { withdrawn?: boolean } = {}) => planning.get(RequestsConsumer).list({ planId, limit: 50, ...filter });
const obligation = (id: string) => planning.database.obligation.findUniqueOrThrow({ where: { id } });
/** What was refused, fault by fault; nothing was changed. */
const refusal = async (work: () => Promise<unknown>) => {
  const before = await planning.contents();
  const outcome: unknown = await work().then(
    () => ({ code: 'not refused' }),
    (error: unknown) => error,
  );
  expect(await planning.contents()).toEqual(before);
  const { code, details = [] } = outcome as { code: string; details?: { path: string; message: string }[] };
  return details.length === 0 ? code : [code, ...details.map(({ path, message }) => `${path}: ${message}`)];
};

describe('a request', () => {
  it('is owed by everybody who was asked, chased like any other report, and handed in like one', async () => {
    const form: Asked['form'] = [
      { code: 'closed', label: 'Tạm dừng', labelEn: 'Closed', kind: 'number', required: true, integer: true, sum: true },
    ];
    const { code, receiver, dueOn, opened } = await ask({ form, window: { from: '2020-07-25', to: '2020-08-10' } });
    expect({ code, receiver, dueOn, agencies: opened.map((one) => one.agency) }).toEqual({
      code: 'DX-2020-001',
      receiver: 'SNNPTNT',
      dueOn: '2020-08-14',
      agencies: ['SCT', 'UBND-TAYHO'],
    });
    const [first, second] = opened;
    expect(await obligation(first!.obligationId)).toMatchObject({
      kind: 'ad-hoc-report',
      state: 'open',
      period: '(số liệu từ 25/07/2020 đến 10/08/2020)',
    });
    // Five working days before, and one after.
    const mails = await planning.sweepAt('2020-08-07T08:00');
    expect(mails.some(({ mail }) => JSON.stringify(mail).includes('ảnh hưởng của dịch bệnh'))).toBe(true);
    await expect(planning.get(SubmitReport).execute({ reportId: first!.reportId, figures: {} }, planning.message())).rejects.toMatchObject({
      code: 'figures-invalid',
    });
    await planning.get(SubmitReport).execute({ reportId: first!.reportId, figures: { closed: 2 } }, planning.message());
    await expect(planning.get(AcceptReport).execute({ reportId: first!.reportId }, planning.message())).resolves.toMatchObject({
      state: 'accepted',
      late: false,
    });
    await planning.sweepAt('2020-08-17T08:00');
    expect(await planning.steps(second!.obligationId)).toEqual(
      expect.arrayContaining([expect.objectContaining({ rung: 'CHASE_1', state: 'fired' })]),
    );
    expect(await planning.get(ReportViews).find(second!.reportId)).toMatchObject({
      requirement: 'DX-2020-001',
      periodKey: 'DX-2020-001',
      type: 'AD_HOC',
      windowFrom: '2020-07-25',
      late: true,
    });
    expect((await planning.get(AuditLedger).execute()).findings).toEqual([]);
  });

  it('may be thematic, go to somebody else, stand under a task, and roll to a working day', async () => {
    const task = await planning.database.task.findFirstOrThrow({ where: { planId, code: 'II.2' } });
    const { code, receiver, dueOn, opened } = await ask({
      type: 'THEMATIC',
      receiver: 'SCT',
      reporters: ['UBND-HADONG', 'SNNPTNT'],
      taskId: task.id,
      deadline: { word: 'NO_LATER_THAN', date: '2020-08-15' },
    });
    // The 15th is a Saturday.
    expect([code, receiver, dueOn]).toEqual(['CD-2020-001', 'SCT', '2020-08-17']);
    for (const { obligationId } of opened)
      expect(await obligation(obligationId)).toMatchObject({ kind: 'thematic-report', taskId: task.id, period: '(yêu cầu CD-2020-001)' });
  });

  it('has one effect when its message comes twice, and a code of its own when two ask at once', async () => {
    const message = planning.message();
    const first = await ask({}, message.id);
    const before = await planning.contents();
    expect(await ask({}, message.id)).toEqual(first);
    expect(await planning.contents()).toEqual(before);
    const codes = (await Promise.all([ask(), ask(), ask({ type: 'THEMATIC' })])).map((reply) => reply.code);
    expect(codes.sort()).toEqual(['CD-2020-001', 'DX-2020-002', 'DX-2020-003']);
  });

  it('is opened by nobody else: not by the night, and no import of the plan ends it', async () => {
    const { requirementId } = await ask();
    expect(await planning.openReports()).toBe(0);
    const { changes } = await planning.import(planWith(['titleEn: Monthly report on', 'titleEn: A monthly report on']));
    expect(changes.map(({ key }) => key)).toEqual(['BC-THANG']);
    expect((await list()).items).toMatchObject([{ requirementId, withdrawn: false, asked: 2, open: 2 }]);
  });
});

describe('a request is refused', () => {
  it('with every fault at its path, and nobody is asked', async () => {
    expect(
      await refusal(() =>
        ask({
          reporters: ['SCT', 'XXX', 'SNNPTNT', 'SCT', 'SNNMT'],
          deadline: { word: 'BEFORE', date: '2020-08-11' },
          window: { from: '2020-07-25', to: '2020-08-10' },
          ladder: 'none',
          taskId: NOWHERE,
        }),
      ),
    ).toEqual([
      'request-invalid',
      'deadline.date: the deadline 2020-08-10 leaves no working day after the figures close on 2020-08-10: choose a later day',
      'reporters.1: unknown agency "XXX"',
      'reporters.2: SNNPTNT would report to itself',
      'reporters.3: named twice',
      'reporters.4: SNNMT begins on 2025-03-01, after the deadline',
      'ladder: unknown ladder "none"; known: default',
      'taskId: is no task of this plan',
    ]);
  });

  it('of an agency that ends before the report is due, with the successor to ask', async () => {
    const sct = "    shortName: Sở Công Thương\n    kind: DEPARTMENT\n    reportsTo: UBNDTP\n    validFrom: '2008-08-01'\n";
    await planning.import(planWith([sct, `${sct}    validTo: '2020-08-10'\n    successor: STC\n`]));
    expect(await refusal(() => ask())).toEqual([
      'request-invalid',
      'reporters.0: SCT ends on 2020-08-10, before the report is due: ask its successor STC',
    ]);
    await expect(ask({ deadline: { word: 'NO_LATER_THAN', date: '2020-08-10' } })).resolves.toMatchObject({ dueOn: '2020-08-10' });
  });

  it.each<[string, Partial<Asked>, string]>([
    [
      'a deadline that is over',
      { deadline: { word: 'NO_LATER_THAN', date: '2020-07-24' } },
      'deadline.date: the deadline 2020-07-24 is over already: choose a later day',
    ],
    ['a window the wrong way round', { window: { from: '2020-08-02', to: '2020-08-01' } }, 'window.to: is before 2020-08-02'],
    ['a receiver nobody knows', { receiver: 'XXX' }, 'receiver: unknown agency "XXX"'],
  ])('for %s', async (_, more, fault) => {
    expect(await refusal(() => ask(more))).toEqual(['request-invalid', fault]);
  });

  it('for a deadline, or a ladder, beyond the calendar', async () => {
    for (const date of ['2031-05-01', '2027-12-30'])
      expect(await refusal(() => ask({ receiver: 'UBNDTP', reporters: ['SCT'], deadline: { word: 'NO_LATER_THAN', date } }))).toEqual([
        'request-invalid',
        expect.stringMatching(/^deadline\.date: .*(2031|2028)/),
      ]);
  });

  it('under a plan that is not there', async () => {
    expect(await refusal(() => ask({ planId: NOWHERE }))).toBe('plan-not-found');
  });
});

describe('a request that is withdrawn', () => {
  it('is owed no longer by who has not handed it in; what was handed in stays', async () => {
    const { requirementId, opened } = await ask();
    const [first, second] = opened;
    await planning.get(SubmitReport).execute({ reportId: first!.reportId }, planning.message());
    const message = planning.message();
    const reply = await withdraw(requirementId, message.id);
    expect(reply).toEqual({ requirementId, code: 'DX-2020-001', cancelled: 1, kept: 1 });
    expect([await obligation(first!.obligationId), await obligation(second!.obligationId)]).toMatchObject([
      { state: 'fulfilled' },
      { state: 'cancelled', settledReason: 'Đã có số liệu' },
    ]);
    const before = await planning.contents();
    expect(await withdraw(requirementId, message.id)).toEqual(reply);
    expect(await planning.contents()).toEqual(before);
    expect(await refusal(() => withdraw(requirementId))).toBe('request-withdrawn');
    expect(await refusal(() => planning.get(SubmitReport).execute({ reportId: second!.reportId }, planning.message()))).toBe(
      'obligation-settled',
    );
    expect((await list({ withdrawn: true })).items).toMatchObject([{ requirementId, asked: 2, open: 0 }]);
    expect((await list({ withdrawn: false })).items).toEqual([]);
    const told = await planning.database.history.findMany({ where: { subjectId: requirementId }, orderBy: { id: 'asc' } });
    expect(told.map(({ what }) => what)).toEqual(['requested', 'withdrawn']);
    expect(JSON.stringify(await planning.sweepAt('2020-08-17T08:00'))).not.toContain('ảnh hưởng của dịch bệnh');
    // Its code is not given again.
    planning.clock.set(at('2020-07-28T09:00'));
    expect((await ask()).code).toBe('DX-2020-002');
  });

  it('by two people at once is withdrawn by one', async () => {
    const { requirementId } = await ask();
    const outcomes = await Promise.allSettled([withdraw(requirementId), withdraw(requirementId)]);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'request-withdrawn' } });
    expect(outcomes.find(({ status }) => status === 'fulfilled')).toMatchObject({ value: { cancelled: 2 } });
  });

  it('is not one that the plan file asks for', async () => {
    const monthly = await planning.database.reportRequirement.findFirstOrThrow({ where: { code: 'BC-THANG' } });
    expect([await refusal(() => withdraw(monthly.id)), await refusal(() => withdraw(NOWHERE))]).toEqual(Array(2).fill('request-not-found'));
  });
});
