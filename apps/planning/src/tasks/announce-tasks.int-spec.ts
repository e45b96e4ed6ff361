import type { PayloadOf, taskChanged } from '#contracts';
import { UnitOfWork } from '#messaging';
import { ApprovalsDesk, EVENT } from '../approvals/approvals.int-fixture.js';
import { OpenDossier } from '../approvals/open-dossier.js';
import { PLAN_TEXT, planWith } from '../obligations/planning.int-fixture.js';
import type { Tx } from '../persistence/database.js';
import { Resume } from '../suspensions/resume.js';
import { Suspend } from '../suspensions/suspend.js';
import { AnnounceTasks } from './announce-tasks.js';
import { PLAN_WITH_MILESTONES, TasksFixture } from './tasks.int-fixture.js';

let tasks: TasksFixture;
let seen = 0;

beforeAll(async () => {
  tasks = await TasksFixture.start();
});
afterAll(() => tasks.planning.stop());

/** What was told since the last call, in order. */
async function told(): Promise<PayloadOf<typeof taskChanged>[]> {
  const rows = await tasks.planning.database.outbox.findMany({ where: { name: 'planning.task-changed.v1' }, orderBy: { seq: 'asc' } });
  const all = rows.map((row) => (row.envelope as unknown as { payload: PayloadOf<typeof taskChanged> }).payload);
  return all.slice(seen, (seen = all.length));
}

const short = async () =>
  (await told()).map((one) => `${one.code} v${String(one.version)} ${one.status} ${one.approved ? 'open' : 'shut'}`);

describe('other services hear how a task stands', () => {
  it('all tasks of a plan when it is imported, with the name of the plan; the same file again tells nothing', async () => {
    const events = await told();
    expect(events).toHaveLength(await tasks.planning.database.task.count());
    expect(events.every((one) => one.version === 1 && one.status === 'not-started')).toBe(true);
    expect(events.find((one) => one.code === 'II.2.a')).toMatchObject({
      taskId: await tasks.idOf('II.2.a'),
      plan: { planId: tasks.planId, documentNumber: '100/KH-UBND', issuedOn: '2020-05-15', standingAgency: 'SNNPTNT' },
      lead: 'SCT',
      window: { from: '2020-04-01', to: '2020-06-30' },
      approved: true,
    });
    // Event plans gate it (SEED-47).
    expect(events.filter((one) => !one.approved).map((one) => one.code)).toEqual(['II.1']);
    await tasks.planning.import(PLAN_WITH_MILESTONES);
    expect(await told()).toEqual([]);
  });

  it('when work begins, is handed in, returned, handed in and accepted; progress alone tells nothing', async () => {
    await tasks.report('II.2.a', 40);
    expect(await short()).toEqual(['II.2.a v2 in-progress open']);
    await tasks.report('II.2.a', 60);
    expect(await told()).toEqual([]);
    await tasks.report('II.2.a', 100);
    await tasks.giveBack('II.2.a');
    await tasks.report('II.2.a', 100);
    await tasks.accept('II.2.a');
    expect(await short()).toEqual([
      'II.2.a v3 submitted open',
      'II.2.a v4 in-progress open',
      'II.2.a v5 submitted open',
      'II.2.a v6 done open',
    ]);
  });

  it('when it is given up', async () => {
    await tasks.cancel('II.2.b');
    expect(await short()).toEqual(['II.2.b v2 cancelled open']);
  });

  it('when a task stands still and goes on, by itself or with its plan', async () => {
    const { planning, planId } = tasks;
    const stop = (task?: string) =>
      planning.get(Suspend).execute({ planId, task, decision: '02/TB-BCĐ', reason: 'Covid-19' }, planning.message());
    const goOn = (suspensionId: string) =>
      planning.get(Resume).execute({ suspensionId, decision: '10/TB-BCĐ', reason: 'Hết dịch' }, planning.message());
    const one = await stop('II.2.c');
    expect(await short()).toEqual(['II.2.c v2 suspended open']);
    await goOn(one.suspensionId);
    expect(await short()).toEqual(['II.2.c v3 not-started open']);
    const whole = await stop();
    const events = await told();
    expect([events.length, events.every((event) => event.status === 'suspended')]).toEqual([whole.tasksSuspended, true]);
    await goOn(whole.suspensionId);
    const on = await told();
    expect([on.length, on.some((event) => event.status === 'suspended')]).toEqual([events.length, false]);
  });

  it('when what it waits for is approved, and when another dossier shuts it [SEED-47]', async () => {
    const { planning, planId } = tasks;
    const desk = new ApprovalsDesk(planning);
    await desk.handIn(EVENT);
    expect(await told()).toEqual([]);
    await desk.approve(EVENT, { documentDate: '2020-06-01' });
    expect(await told()).toMatchObject([{ code: 'II.1', approved: true }]);
    const dossier = { code: 'DE-AN-2', kind: 'project-document' as const, title: 'Đề án', titleEn: 'Project' };
    await planning
      .get(OpenDossier)
      .execute({ planId, ...dossier, submitter: 'SNNPTNT', approver: 'UBNDTP', answerWithin: 10, gates: ['II.1'] }, planning.message());
    expect(await told()).toMatchObject([{ code: 'II.1', approved: false }]);
  });

  it('when a changed file changes it, its plan, or has it no more', async () => {
    const renamed = planWith(['    output: Danh sách điểm được chọn\n', '    output: Danh sách các điểm\n']);
    await tasks.planning.import(renamed);
    expect(await told()).toEqual([]);
    const task = /\n {2}- code: II\.2\.e\n(?: {4}.*\n)+/.exec(PLAN_TEXT)?.[0] ?? '';
    await tasks.planning.import(renamed.replace(task, '\n'));
    expect(await told()).toMatchObject([{ code: 'II.2.e', status: 'cancelled' }]);
    await tasks.planning.import(renamed);
    expect(await told()).toMatchObject([{ code: 'II.2.e', status: 'not-started' }]);
    await tasks.planning.import(renamed.replace('  programme: ', '  programme: Thử '));
    expect((await told()).length).toBe(await tasks.planning.database.task.count());
  });

  it('once when two tell at once, and all of them where nobody ever told: a database from before', async () => {
    const { planning, planId } = tasks;
    await planning.sql('DELETE FROM told_task');
    const tell = () => planning.get(UnitOfWork<Tx>).run((tx) => planning.get(AnnounceTasks).ofPlan(tx, planId));
    await Promise.all([tell(), tell(), tell()]);
    expect((await told()).length).toBe(await planning.database.task.count());
  });
});
