import { at, refusal } from '../obligations/planning.int-fixture.js';
import { AcceptTask } from './accept-task.js';
import { CancelTask } from './cancel-task.js';
import { ReachMilestone } from './reach-milestone.js';
import { ReportTaskProgress } from './report-task-progress.js';
import { ReturnTask } from './return-task.js';
import { TaskViews } from './task-view.repository.js';
import { PLAN_WITH_MILESTONES, TasksFixture } from './tasks.int-fixture.js';

const NOWHERE = '11111111-1111-4111-8111-111111111111';
let tasks: TasksFixture;

beforeEach(async () => {
  tasks = await TasksFixture.start();
});
afterEach(() => tasks.planning.stop());

describe('a task', () => {
  it('[SEED-18] goes from not started over in progress to handed in and done, and keeps everything that was said', async () => {
    expect(await tasks.task('II.2.a')).toMatchObject({ status: 'not-started', progress: 0, version: 1 });
    expect(await tasks.report('II.2.a', 0)).toMatchObject({ status: 'not-started', version: 2 });
    tasks.planning.clock.set(at('2020-06-02T09:00'));
    expect(await tasks.report('II.2.a', 40)).toMatchObject({ status: 'in-progress', progress: 40, version: 3 });
    tasks.planning.clock.set(at('2020-06-10T09:00'));
    expect(await tasks.report('II.2.a', 30, { agency: 'UBND-HADONG' })).toMatchObject({ status: 'in-progress', progress: 30 });
    tasks.planning.clock.set(at('2020-06-11T09:00'));
    expect(await tasks.report('II.2.a', 100)).toMatchObject({ status: 'submitted', progress: 100 });
    expect(await tasks.giveBack('II.2.a')).toMatchObject({ status: 'in-progress', progress: 100 });
    tasks.planning.clock.set(at('2020-06-12T09:00'));
    await tasks.report('II.2.a', 100);
    expect(await tasks.accept('II.2.a')).toMatchObject({ status: 'done', progress: 100 });
    const seen = await tasks.story('II.2.a');
    expect(seen).toMatchObject({ status: 'done', progress: 100, version: 8, health: [] });
    expect(seen.reported.map(({ agency, progress, by }) => [agency, progress, by])).toEqual([
      ['SCT', 0, 'tester'],
      ['SCT', 40, 'tester'],
      ['UBND-HADONG', 30, 'tester'],
      ['SCT', 100, 'tester'],
      ['SCT', 100, 'tester'],
    ]);
    expect(seen.reported[0]).toMatchObject({ at: '2020-06-01T00:30:00Z', note: 'Đã khảo sát.', evidence: [{ text: 'Biên bản' }] });
    expect(await tasks.told('II.2.a')).toEqual([
      'progress-reported',
      'progress-reported',
      'progress-reported',
      'submitted',
      'returned',
      'submitted',
      'accepted',
    ]);
  });

  it('[SEED-17] is reported by its lead or who coordinates, and handed in by its lead alone', async () => {
    expect(await tasks.planning.refused(() => tasks.report('II.2.a', 10, { agency: 'SNNPTNT' }))).toBe('not-the-lead');
    expect(await tasks.planning.refused(() => tasks.report('II.2.a', 100, { agency: 'TTKC' }))).toBe('not-the-lead');
    expect(await tasks.planning.refused(() => tasks.reach('M1', { agency: 'STC' }))).toBe('not-the-lead');
    await expect(tasks.report('II.2.a', 10, { agency: 'STC' })).rejects.toThrow('SCT leads it: let SCT report');
    expect(await tasks.report('II.2.a', 99, { agency: 'TTKC' })).toMatchObject({ status: 'in-progress' });
  });

  it('refuses what its status does not allow, each by its own name', async () => {
    expect([
      await tasks.planning.refused(() => tasks.accept('II.2.a')),
      await tasks.planning.refused(() => tasks.giveBack('II.2.a')),
    ]).toEqual(Array(2).fill('task-not-submitted'));
    await tasks.report('II.2.a', 100);
    expect([await tasks.planning.refused(() => tasks.report('II.2.a', 90)), await tasks.planning.refused(() => tasks.reach('M1'))]).toEqual(
      Array(2).fill('task-submitted'),
    );
    await tasks.accept('II.2.a');
    expect([
      await tasks.planning.refused(() => tasks.report('II.2.a', 90)),
      await tasks.planning.refused(() => tasks.reach('M1')),
      await tasks.planning.refused(() => tasks.cancel('II.2.a')),
    ]).toEqual(Array(3).fill('task-done'));
    await tasks.planning.sql(`UPDATE task SET status = 'suspended' WHERE code = 'II.2.b'`);
    expect([
      await tasks.planning.refused(() => tasks.report('II.2.b', 90)),
      await tasks.planning.refused(() => tasks.accept('II.2.b')),
    ]).toEqual(['task-suspended', 'task-not-submitted']);
    await tasks.cancel('II.2.b');
    expect([
      await tasks.planning.refused(() => tasks.report('II.2.b', 90)),
      await tasks.planning.refused(() => tasks.cancel('II.2.b')),
    ]).toEqual(Array(2).fill('task-cancelled'));
  });

  it('that is not there, or left the plan, is none', async () => {
    const taskId = await tasks.idOf('II.2.b');
    await tasks.planning.import(PLAN_WITH_MILESTONES.replace(/ {2}- code: II\.2\.b\n(?: {4}.*\n)+/, ''));
    for (const gone of [NOWHERE, taskId]) {
      const message = tasks.planning.message();
      expect(
        await Promise.all(
          [
            tasks.planning.get(ReportTaskProgress).execute({ taskId: gone, agency: 'SCT', progress: 1, note: 'x', evidence: [] }, message),
            tasks.planning.get(AcceptTask).execute({ taskId: gone }, tasks.planning.message()),
            tasks.planning.get(ReturnTask).execute({ taskId: gone, reason: 'x' }, tasks.planning.message()),
            tasks.planning.get(CancelTask).execute({ taskId: gone, decision: '1/QĐ', reason: 'x' }, tasks.planning.message()),
            tasks.planning.get(TaskViews).story(gone, tasks.planning.clock.now()),
          ].map(refusal),
        ),
      ).toEqual(Array(5).fill('task-not-found'));
    }
  });

  it('changed by two at once is changed by one; the other is told', async () => {
    const outcomes = await Promise.all([
      refusal(tasks.report('II.2.a', 40, { seenVersion: 1 })),
      refusal(tasks.report('II.2.a', 60, { seenVersion: 1 })),
    ]);
    expect(outcomes.sort()).toEqual(['changed-meanwhile', 'not refused']);
    expect((await tasks.story('II.2.a')).reported).toHaveLength(1);
    const stale = { seenVersion: 7 };
    for (const work of [() => tasks.accept('II.2.a', stale), () => tasks.giveBack('II.2.a', stale), () => tasks.cancel('II.2.a', stale)])
      expect(await tasks.planning.refused(work)).toBe('changed-meanwhile');
    expect(await tasks.planning.refused(() => tasks.reach('M1', { seenVersion: 7 }))).toBe('changed-meanwhile');
    await expect(tasks.accept('II.2.a', { seenVersion: 7 })).rejects.toMatchObject({
      details: [{ seenVersion: 7, version: 2, state: 'in-progress' }],
    });
  });

  it('changed by the same message twice is changed once, by every command', async () => {
    const taskId = await tasks.idOf('II.2.a');
    const twice = async (work: (message: ReturnType<TasksFixture['planning']['message']>) => Promise<unknown>) => {
      const message = tasks.planning.message();
      const first = await work(message);
      const before = await tasks.planning.contents();
      expect(await work(message)).toEqual(first);
      expect(await tasks.planning.contents()).toEqual(before);
    };
    const said = { taskId, agency: 'SCT', note: 'x', evidence: [] };
    await twice((message) =>
      tasks.planning.get(ReachMilestone).execute({ taskId, milestone: 'M1', agency: 'SCT', evidence: 'x' }, message),
    );
    await twice((message) => tasks.planning.get(ReportTaskProgress).execute({ ...said, progress: 100 }, message));
    await twice((message) => tasks.planning.get(ReturnTask).execute({ taskId, reason: 'x' }, message));
    await tasks.report('II.2.a', 100);
    await twice((message) => tasks.planning.get(AcceptTask).execute({ taskId }, message));
    const other = await tasks.idOf('II.2.b');
    await tasks.owedFor('II.2.b');
    await twice((message) => tasks.planning.get(CancelTask).execute({ taskId: other, decision: '1/QĐ', reason: 'x' }, message));
  });
});

describe('a task that a dossier gates', () => {
  it('[SEED-47] does not begin before the dossier is approved; the refusal names it', async () => {
    const dossierId = await tasks.gate('IV.1.b');
    expect(await tasks.planning.refused(() => tasks.report('IV.1.b', 1, { agency: 'SNNPTNT' }))).toBe('approval-missing');
    await expect(tasks.report('IV.1.b', 1, { agency: 'SNNPTNT' })).rejects.toMatchObject({
      message: expect.stringContaining('TRIAL-1 (draft)') as string,
      details: [{ dossierId, code: 'TRIAL-1', state: 'draft' }],
    });
    // What is being prepared may be told.
    expect(await tasks.report('IV.1.b', 0, { agency: 'SNNPTNT' })).toMatchObject({ status: 'not-started' });
    expect(await tasks.story('IV.1.b')).toMatchObject({ gatedBy: [{ dossierId, code: 'TRIAL-1', state: 'draft' }], health: [] });
    tasks.planning.clock.set(at('2020-06-20T09:00'));
    expect((await tasks.story('IV.1.b')).health.map((one) => one.rule)).toEqual(['approval-missing-close']);
    await tasks.planning.sql(
      `UPDATE approval_dossier SET state = 'approved', approval = '3060/UBND-KT', approved_on = '2020-07-01' WHERE id = $1::uuid`,
      dossierId,
    );
    expect((await tasks.story('IV.1.b')).health).toEqual([]);
    expect(await tasks.report('IV.1.b', 1, { agency: 'SNNPTNT' })).toMatchObject({ status: 'in-progress' });
  });
});
