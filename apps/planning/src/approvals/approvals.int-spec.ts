import { ReportTaskProgress } from '../tasks/report-task-progress.js';
import { at, PlanningFixture, planWith, refusal } from '../obligations/planning.int-fixture.js';
import { ApprovalsDesk, EVENT, FIELDS, NOWHERE, PROJECT } from './approvals.int-fixture.js';

const nothing = { planId: undefined, kind: undefined, state: undefined, agency: undefined, after: undefined };

let planning: PlanningFixture;
let desk: ApprovalsDesk;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-07-01T09:00');
  await planning.import();
  desk = new ApprovalsDesk(planning);
});
afterEach(() => planning.stop());

describe('the dossiers of the plan', () => {
  it('are the plans of the four regions that it names, and the project document [SEED-21, SEED-35, SEED-46, SEED-47]; nothing is owed for them yet', async () => {
    const { items } = { items: await desk.views.list({ ...nothing, limit: 50 }) };
    expect(items.map((one) => `${one.code} ${one.kind} ${one.submitter}->${one.approver} ${one.state}`).sort()).toEqual([
      'DE-AN-TTTK project-document SNNPTNT->UBNDTP draft',
      'KH-SK-DBNB event-plan SNNPTNT->UBNDTP draft',
      'KH-SK-DBSH event-plan SNNPTNT->UBNDTP draft',
      'KH-SK-MNPB event-plan SNNPTNT->UBNDTP draft',
      'KH-SK-MTTN event-plan SNNPTNT->UBNDTP draft',
    ]);
    expect(items.every((one) => one.assumption !== null && one.seedId !== null)).toBe(true);
    expect(await desk.owed()).toEqual([]);
    expect(await desk.gates()).toEqual([
      'II.1 waits for KH-SK-DBNB draft',
      'II.1 waits for KH-SK-DBSH draft',
      'II.1 waits for KH-SK-MNPB draft',
      'II.1 waits for KH-SK-MTTN draft',
    ]);
  });

  it('are listed by state, kind and agency', async () => {
    await desk.handIn();
    const list = desk.views;
    const codes = async (filter: object) => (await list.list({ ...nothing, limit: 50, ...filter })).map((one) => one.code);
    expect(await codes({ state: 'submitted' })).toEqual([EVENT]);
    expect(await codes({ kind: 'project-document' })).toEqual([PROJECT]);
    expect([(await codes({ agency: 'UBNDTP' })).length, await codes({ agency: 'SCT' }), await codes({ agency: 'NOBODY' })]).toEqual([
      5,
      [],
      [],
    ]);
    expect(await codes({ planId: NOWHERE })).toEqual([]);
  });
});

describe('a dossier', () => {
  it('travels draft, submitted, returned, submitted, approved; each side is owed its part [SEED-46, SEED-47]', async () => {
    await expect(desk.save()).resolves.toMatchObject({ state: 'draft', number: 1 });
    await expect(desk.submit()).resolves.toMatchObject({ state: 'submitted', number: 1, answerDueOn: '2020-07-15' });
    expect(await desk.owed()).toEqual(['approval-answer VPUBND->SNNPTNT 2020-07-15 open']);
    planning.clock.set(at('2020-07-06T10:00'));
    await expect(desk.giveBack()).resolves.toMatchObject({ state: 'returned', resubmitDueOn: '2020-07-13' });
    expect(await desk.owed()).toEqual([
      'approval-answer VPUBND->SNNPTNT 2020-07-15 fulfilled',
      'approval-submission SNNPTNT->UBNDTP 2020-07-13 open',
    ]);
    await expect(desk.save(EVENT, { content: { 'Số gian hàng': 140 } })).resolves.toMatchObject({ state: 'returned', number: 2 });
    planning.clock.set(at('2020-07-10T10:00'));
    await expect(desk.submit()).resolves.toMatchObject({ number: 2, answerDueOn: '2020-07-24' });
    planning.clock.set(at('2020-07-20T10:00'));
    await expect(desk.approve(EVENT, { documentDate: '2020-07-18' })).resolves.toMatchObject({ state: 'approved', number: 2 });
    expect(await desk.owed()).toEqual([
      'approval-answer VPUBND->SNNPTNT 2020-07-15 fulfilled',
      'approval-submission SNNPTNT->UBNDTP 2020-07-13 fulfilled',
      'approval-answer VPUBND->SNNPTNT 2020-07-24 fulfilled',
    ]);
    const { versions, ...dossier } = await desk.story();
    expect(dossier).toMatchObject({ state: 'approved', approval: '2890/QĐ-UBND', approvedOn: '2020-07-18', gates: ['II.1'] });
    expect(versions).toMatchObject([
      { number: 1, state: 'returned', content: FIELDS, remarks: 'Bổ sung giao thông', submittedAt: '2020-07-01T02:00:00Z' },
      { number: 2, state: 'approved', content: { 'Số gian hàng': 140 }, remarks: null, answeredAt: '2020-07-20T03:00:00Z' },
    ]);
    expect(await desk.gates()).toContain(`II.1 waits for ${EVENT} approved`);
    expect(await desk.audit()).toEqual([]);
  });

  it('is announced with every decision, by a version that grows', async () => {
    await desk.handIn();
    await desk.giveBack();
    await desk.handIn();
    await desk.approve();
    await desk.withdraw(PROJECT);
    const events = await desk.told();
    expect(events).toMatchObject([
      { code: EVENT, kind: 'event-plan', taskCode: 'IV.1.b', outcome: 'returned', number: 1, approval: null, approvedOn: null },
      { code: EVENT, planDocument: '100/KH-UBND', outcome: 'approved', number: 2, approval: '2890/QĐ-UBND', approvedOn: '2020-07-01' },
      { code: PROJECT, kind: 'project-document', taskCode: 'II.3', outcome: 'withdrawn', number: 1 },
    ]);
    expect(events[1]!.version).toBeGreaterThan(events[0]!.version);
    expect((await desk.row()).version).toBe(events[1]!.version);
  });

  it('keeps what was handed in, and compares it with what came after', async () => {
    await desk.save(EVENT, { summary: 'Địa điểm: Tây Hồ\n5 ngày', content: { 'Số gian hàng': 150, 'Nước bạn': 'Lào' } });
    await desk.submit();
    await desk.giveBack();
    await desk.save(EVENT, { summary: 'Địa điểm: Tây Hồ\n5 ngày chính thức', content: { 'Số gian hàng': 140, 'Bãi xe': 'Có' } });
    await expect(desk.views.compare(await desk.id(), 1, 2)).resolves.toMatchObject({
      fields: {
        added: [{ field: 'Bãi xe', value: 'Có' }],
        removed: [{ field: 'Nước bạn', value: 'Lào' }],
        changed: [{ field: 'Số gian hàng', from: 150, to: 140 }],
      },
      summary: [
        { change: 'same', line: 'Địa điểm: Tây Hồ' },
        { change: 'removed', line: '5 ngày' },
        { change: 'added', line: '5 ngày chính thức' },
      ],
    });
    expect(await refusal(desk.views.compare(await desk.id(), 1, 3))).toBe('dossier-version-not-found');
  });

  it('has every change in its history, with its reason and without a person', async () => {
    await desk.handIn();
    await desk.giveBack();
    await desk.withdraw();
    const lines = await planning.database.history.findMany({
      where: { subject: 'approval', subjectId: await desk.id() },
      orderBy: { id: 'asc' },
    });
    expect(lines.map(({ what, reason }) => [what, reason])).toEqual([
      ['opened', null],
      ['draft-saved', null],
      ['submitted', null],
      ['returned', 'Bổ sung giao thông'],
      ['withdrawn', 'Không tổ chức'],
    ]);
  });

  it('that is withdrawn is owed by nobody, and what it gates stays shut', async () => {
    await desk.handIn();
    await desk.withdraw();
    expect(await desk.owed()).toEqual(['approval-answer VPUBND->SNNPTNT 2020-07-15 cancelled']);
    expect(await desk.gates()).toContain(`II.1 waits for ${EVENT} withdrawn`);
    expect(
      await desk.refused(
        () => desk.save(),
        () => desk.submit(),
        () => desk.giveBack(),
        () => desk.approve(),
        () => desk.withdraw(),
      ),
    ).toEqual(['dossier-not-open', 'dossier-not-open', 'dossier-not-submitted', 'dossier-not-submitted', 'dossier-not-open']);
    expect(await desk.audit()).toEqual([]);
  });
});

describe('a gate of the plan', () => {
  it('keeps the events from being reported as begun until the plan of one of them is approved (SEED-47)', async () => {
    const { id: taskId } = await planning.database.task.findFirstOrThrow({ where: { code: 'II.1' } });
    const begin = () =>
      planning
        .get(ReportTaskProgress)
        .execute({ taskId, agency: 'SNNPTNT', progress: 5, note: 'Bắt đầu', evidence: [] }, planning.message());
    await desk.handIn();
    expect(await desk.refused(begin)).toEqual(['approval-missing']);
    await desk.withdraw('KH-SK-DBNB');
    expect(await desk.refused(begin)).toEqual(['approval-missing']);
    await desk.approve();
    await expect(begin()).resolves.toMatchObject({ status: 'in-progress' });
  });
});

describe('the answer', () => {
  it('is chased at the city office up to the standing agency, and the ledger holds though it never comes', async () => {
    await desk.handIn();
    const heard: Record<string, string[]> = {};
    for (const day of ['07-08', '07-14', '07-15', '07-16', '07-17', '07-20', '07-22', '07-23', '07-24', '08-03']) {
      const mails = await planning.sweepAt(`2020-${day}T08:00`);
      const about = mails.filter((mail) =>
        mail.mail.items.some((item) => item.debtor.code === 'VPUBND' && item.section !== 'copied' && item.level !== 'due'),
      );
      heard[day] = [...new Set(await Promise.all(about.map((mail) => planning.recipient(mail))))].sort();
      expect(await desk.audit()).toEqual([]);
    }
    expect(heard).toMatchObject({
      '07-08': ['VPUBND/FOCAL'],
      '07-14': ['VPUBND/FOCAL', 'VPUBND/HEAD'],
      '07-16': ['VPUBND/FOCAL', 'VPUBND/HEAD'],
      '07-17': ['SNNPTNT/FOCAL', 'SNNPTNT/HEAD'],
      '07-20': ['VPUBND/FOCAL', 'VPUBND/HEAD'],
      '07-22': ['VPUBND/FOCAL', 'VPUBND/HEAD'],
      '07-23': [],
    });
    const answer = await planning.database.obligation.findFirstOrThrow({ where: { kind: 'approval-answer' } });
    const cases = await planning.database.escalation.findMany({ where: { obligationId: answer.id } });
    expect(cases.map((one) => one.level)).toEqual(['standing-agency']);
    expect((await planning.steps(answer.id)).filter((step) => step.state === 'pending')).toEqual([]);
    // It comes late: the chase and the case end.
    await desk.approve();
    expect(await planning.database.escalation.findMany({ where: { obligationId: answer.id, state: { not: 'resolved' } } })).toEqual([]);
  });

  it('is owed by the approver itself where that is not the issuer of the plan', async () => {
    await desk.open({ approver: 'STC' });
    await desk.handIn('KH-SK-THEM');
    expect(await desk.owed()).toEqual(['approval-answer STC->SNNPTNT 2020-07-15 open']);
  });
});

describe('a day for the submission', () => {
  it('of an opened dossier is chased, and kept by the submission', async () => {
    await desk.open({ submitBy: '2020-07-10' });
    expect(await desk.owed()).toEqual(['approval-submission SNNPTNT->UBNDTP 2020-07-10 open']);
    const mails = await planning.sweepAt('2020-07-03T08:00');
    expect(mails.flatMap((mail) => mail.mail.items.map((item) => item.title))).toContain(
      'Trình phê duyệt: Kế hoạch chi tiết một sự kiện nữa',
    );
    await desk.handIn('KH-SK-THEM');
    expect((await desk.owed())[0]).toBe('approval-submission SNNPTNT->UBNDTP 2020-07-10 fulfilled');
    // Early with it, the submitter keeps the later of its own day and five working days.
    await expect(desk.giveBack('KH-SK-THEM')).resolves.toMatchObject({ resubmitDueOn: '2020-07-10' });
    expect(await planning.database.obligation.findFirst({ where: { kind: 'approval-submission' } })).toMatchObject({ generation: 2 });
    expect(await desk.audit()).toEqual([]);
  });

  it('in the plan file opens what is owed; without the dossier nothing is owed and nothing waits, and with it again it is', async () => {
    const day = planWith(['    answerWithin: 15\n', "    answerWithin: 15\n    submitBy: '2020-07-20'\n    gates: [II.3]\n"]);
    const gone = day.replace(/ {2}- code: DE-AN-TTTK\n(?: {4}.*\n)+/, '');
    await expect(planning.import(day)).resolves.toMatchObject({
      changes: [{ what: 'approval dossier', key: PROJECT, change: 'changed', fields: ['submitBy', 'gates'] }],
    });
    expect(await desk.owed()).toEqual(['approval-submission SNNPTNT->UBNDTP 2020-07-20 open']);
    expect(await desk.gates()).toContain(`II.3 waits for ${PROJECT} draft`);
    await expect(planning.import(day)).resolves.toMatchObject({ changed: false });
    await expect(planning.import(gone)).resolves.toMatchObject({ changes: [{ key: PROJECT, change: 'retired' }] });
    expect(await desk.owed()).toEqual(['approval-submission SNNPTNT->UBNDTP 2020-07-20 cancelled']);
    expect((await desk.gates()).filter((line) => line.includes(PROJECT))).toEqual([]);
    expect(await refusal(desk.save(PROJECT))).toBe('dossier-not-found');
    await expect(planning.import(day)).resolves.toMatchObject({ changes: [{ key: PROJECT, change: 'added' }] });
    expect(await desk.owed()).toEqual(['approval-submission SNNPTNT->UBNDTP 2020-07-20 open']);
    expect(await desk.audit()).toEqual([]);
  });

  it('stays as it was when an opened dossier is not in a file that is imported again', async () => {
    await desk.open({ submitBy: '2020-07-10' });
    await expect(planning.import()).resolves.toMatchObject({ changed: false });
    expect(await desk.row('KH-SK-THEM')).toMatchObject({ retired: false });
  });
});
