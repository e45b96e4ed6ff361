import { listTasks, type PayloadOf } from '#contracts';
import { at } from '../obligations/planning.int-fixture.js';
import { PLAN_WITH_MILESTONES, TasksFixture } from './tasks.int-fixture.js';
import { TasksConsumer } from './tasks.consumer.js';

let tasks: TasksFixture;

beforeEach(async () => {
  tasks = await TasksFixture.start();
});
afterEach(() => tasks.planning.stop());

describe('a milestone', () => {
  it('[SEED-18] comes from the plan, is reached on a day, and is missed when its day is over', async () => {
    expect((await tasks.story('II.2.a')).milestones).toEqual([
      {
        code: 'M1',
        title: 'Khảo sát xong',
        dueOn: '2020-06-15',
        reachedOn: null,
        evidence: null,
        seedId: null,
        assumption: 'không nêu trong kế hoạch',
      },
      expect.objectContaining({ code: 'M2', dueOn: '2020-06-26', seedId: 'SEED-29' }),
    ]);
    tasks.planning.clock.set(at('2020-06-16T09:00'));
    expect((await tasks.story('II.2.a')).health).toContainEqual(
      expect.objectContaining({ rule: 'milestone-missed', text: 'Mốc "Khảo sát xong" chậm 1 ngày làm việc (hạn 15/06/2020).' }),
    );
    expect(await tasks.reach('M1', { reachedOn: '2020-06-15' })).toMatchObject({ milestone: 'M1', reachedOn: '2020-06-15', version: 2 });
    expect((await tasks.story('II.2.a')).health.map((one) => one.rule)).not.toContain('milestone-missed');
    expect(await tasks.reach('M2')).toMatchObject({ reachedOn: '2020-06-16' });
    expect(await tasks.told('II.2.a')).toEqual(['milestone-reached', 'milestone-reached']);
  });

  it('is refused when there is none, when it was reached already, and on a day to come', async () => {
    expect(await tasks.planning.refused(() => tasks.reach('M9'))).toBe('milestone-not-found');
    await expect(tasks.reach('M9')).rejects.toThrow('it has: M1, M2');
    expect(await tasks.planning.refused(() => tasks.reach('M1', { reachedOn: '2020-06-02' }))).toBe('day-in-future');
    await tasks.reach('M1');
    expect(await tasks.planning.refused(() => tasks.reach('M1'))).toBe('milestone-already-reached');
  });

  it('that the plan changes keeps what was reached; one that left the plan is not shown', async () => {
    await tasks.reach('M1');
    const changed = await tasks.planning.import(
      PLAN_WITH_MILESTONES.replace("due: '2020-06-15'", "due: '2020-06-12'").replace(/ {6}- \{ code: M2.*\n/, ''),
    );
    expect(changed.changes).toEqual([
      { what: 'milestone', key: 'II.2.a/M1', change: 'changed', fields: ['dueOn'] },
      { what: 'milestone', key: 'II.2.a/M2', change: 'retired', fields: [] },
    ]);
    expect((await tasks.story('II.2.a')).milestones).toEqual([
      expect.objectContaining({ code: 'M1', dueOn: '2020-06-12', reachedOn: '2020-06-01' }),
    ]);
    expect(await tasks.planning.refused(() => tasks.reach('M2'))).toBe('milestone-not-found');
  });
});

describe('a cancelled task', () => {
  it('closes what is open of it, tells how much, and stops the chasing', async () => {
    const [first, second] = [await tasks.owedFor('II.2.b'), await tasks.owedFor('II.2.b')];
    const other = await tasks.owedFor('II.2.c');
    const answer = await tasks.cancel('II.2.b');
    expect(answer).toMatchObject({ status: 'cancelled', obligationsCancelled: 2 });
    expect(await tasks.task('II.2.b')).toMatchObject({ status: 'cancelled', decision: '02/TB-BCĐ' });
    const rows = await tasks.planning.database.obligation.findMany({
      where: { id: { in: [first, second, other] } },
      include: { steps: true },
    });
    expect(Object.fromEntries(rows.map((row) => [row.id, row.state]))).toEqual({
      [first]: 'cancelled',
      [second]: 'cancelled',
      [other]: 'open',
    });
    expect(rows.find((row) => row.id === first)).toMatchObject({ settledReason: '02/TB-BCĐ: Dịch Covid-19' });
    expect(rows.filter((row) => row.state !== 'open').flatMap((row) => row.steps.map((step) => step.state))).not.toContain('pending');
    const settled = await tasks.planning.database.outbox.findMany({ where: { name: 'planning.obligations-settled.v1' } });
    expect(settled.map((row) => (row.envelope as { payload: { outcome: string } }).payload.outcome)).toEqual(['cancelled', 'cancelled']);
    expect(await tasks.told('II.2.b')).toEqual(['cancelled']);
    expect((await tasks.story('II.2.b')).health).toEqual([]);
  });
});

describe('the list of tasks', () => {
  const list = async (filter: Partial<PayloadOf<typeof listTasks>>) =>
    tasks.planning.get(TasksConsumer).list(listTasks.payload.parse({ planId: tasks.planId, limit: 200, ...filter }));
  const codes = async (filter: Partial<PayloadOf<typeof listTasks>>) => (await list(filter)).items.map((one) => one.code).sort();

  it('is filtered by lead, status and health, and every page goes on where the last one ended', async () => {
    await tasks.report('II.2.a', 100);
    await tasks.report('II.2.b', 70);
    tasks.planning.clock.set(at('2020-10-05T09:00'));
    expect(await codes({ status: 'submitted' })).toEqual(['II.2.a']);
    expect(await codes({ status: 'in-progress', lead: 'SCT' })).toEqual(['II.2.b']);
    // Quarters II and III are over; what was handed in is not late.
    expect(await codes({ health: 'overdue' })).toEqual(['II.2.b', 'II.2.c', 'II.2.d']);
    expect(await codes({ health: 'on-track' })).toEqual(['II.2.a', 'IV.1']);
    const atRisk = await codes({ health: 'at-risk' });
    expect(atRisk).toEqual(['II.1', 'II.2', 'II.2.e', 'II.3', 'IV.1.b']);
    const pages: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await list({ health: 'at-risk', limit: 2, ...(after === undefined ? {} : { after }) });
      pages.push(...page.items.map((one) => one.code));
      if (page.next === null) break;
      after = page.next;
    }
    expect(pages.sort()).toEqual(atRisk);
  });
});
