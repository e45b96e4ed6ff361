import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { AcceleratedClock, type Clock, FixedClock } from '#calendar';
import type { SqlDatabase } from '#messaging';
import { currentTrace } from '#observability';
import { eventually, testStack, type TestStack } from '#testing';
import { type Schedule, Scheduler } from './index.js';

const at = (text: string) => Temporal.Instant.from(`${text}+07:00`);
const wall = (instant: Temporal.Instant) =>
  instant.toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDateTime().toString({ smallestUnit: 'minute' });

let stack: TestStack;
let pool: pg.Pool;
let database: SqlDatabase;

/** The two raw calls that the scheduler makes; it needs no transaction. */
function databaseOver(connections: pg.Pool): SqlDatabase {
  return {
    $queryRawUnsafe: async <Row>(sql: string, ...values: unknown[]) => (await connections.query(sql, values)).rows as Row,
    $executeRawUnsafe: async (sql, ...values) => (await connections.query(sql, values)).rowCount ?? 0,
    $transaction: () => Promise.reject(new Error('the scheduler asked for a transaction')),
  };
}

/** A schedule that writes down what it ran. */
function recorder(overrides: Partial<Schedule> = {}): Schedule & { readonly ran: string[] } {
  const ran: string[] = [];
  return {
    id: 'digest',
    description: 'Tells what is owed',
    cron: '30 7 * * *',
    missed: 'once',
    run: (runAt) => {
      ran.push(wall(runAt));
      return Promise.resolve();
    },
    ...overrides,
    ran,
  };
}

function replica(clock: Clock, schedules: readonly Schedule[]): Scheduler {
  return new Scheduler({ service: 'planning', database, clock, schedules });
}

/** One tick, to its end. */
async function tick(scheduler: Scheduler): Promise<void> {
  scheduler.tick();
  await scheduler.idle();
}

async function rows(task = 'digest'): Promise<{ runAt: string; outcome: string | null; finished: boolean }[]> {
  const { rows: found } = await pool.query<{ run_at: Date; outcome: string | null; finished_at: Date | null }>(
    'SELECT * FROM schedule_run WHERE task = $1 ORDER BY run_at',
    [task],
  );
  return found.map((row) => ({
    runAt: wall(Temporal.Instant.fromEpochMilliseconds(row.run_at.getTime())),
    outcome: row.outcome,
    finished: row.finished_at !== null,
  }));
}

beforeAll(async () => {
  Logger.overrideLogger(false);
  stack = await testStack();
  pool = new pg.Pool({ connectionString: stack.databaseUrl('planning'), max: 10 });
  database = databaseOver(pool);
});

beforeEach(() => pool.query('TRUNCATE schedule_run'));

afterAll(async () => {
  await pool.end();
  await stack.dispose();
});

describe('the first start ever', () => {
  it('enters where it begins and runs nothing before the next occurrence', async () => {
    const clock = new FixedClock(at('2020-06-01T08:00'));
    const digest = recorder();
    const scheduler = replica(clock, [digest]);
    await tick(scheduler);
    expect(digest.ran).toEqual([]);
    expect(await rows()).toEqual([{ runAt: '2020-06-01T07:30', outcome: 'first start', finished: true }]);
    clock.set(at('2020-06-02T07:30'));
    await tick(scheduler);
    expect(digest.ran).toEqual(['2020-06-02T07:30']);
  });

  it('runs the occurrence before it when told so, in one of two replicas', async () => {
    const clock = new FixedClock(at('2020-06-01T08:00'));
    const digest = recorder({ runAtStart: true });
    await Promise.all([tick(replica(clock, [digest])), tick(replica(clock, [digest]))]);
    expect(digest.ran).toEqual(['2020-06-01T07:30']);
  });

  it('that was followed by an outage at once still notices what was missed', async () => {
    await tick(replica(new FixedClock(at('2020-06-01T08:00')), [recorder()]));
    const digest = recorder();
    await tick(replica(new FixedClock(at('2020-06-05T08:00')), [digest]));
    expect(digest.ran).toEqual(['2020-06-05T07:30']);
  });
});

describe('after days without the service', () => {
  const policies = { once: ['2020-06-04T07:30'], all: ['2020-06-02T07:30', '2020-06-03T07:30', '2020-06-04T07:30'], skip: [] };

  it.each(Object.entries(policies))('%s runs what its name says, in one of two replicas', async (missed, expected) => {
    const schedule = { missed: missed as Schedule['missed'] };
    await tick(replica(new FixedClock(at('2020-06-01T08:00')), [recorder(schedule)]));
    const clock = new FixedClock(at('2020-06-04T09:00'));
    const digest = recorder(schedule);
    await Promise.all([tick(replica(clock, [digest])), tick(replica(clock, [digest]))]);
    expect([...digest.ran].sort()).toEqual(expected);
    await tick(replica(clock, [digest]));
    expect(digest.ran).toHaveLength(expected.length);
  });
});

describe('replicas on an accelerated clock, a day per second', () => {
  it('run each occurrence in exactly one of them, and miss none', async () => {
    const clock = new AcceleratedClock({ start: at('2020-06-01T08:00'), speed: 86_400, epoch: performance.timeOrigin + performance.now() });
    const digest = recorder({ missed: 'all', cron: '0 */2 * * *' });
    const replicas = [replica(clock, [digest]), replica(clock, [digest]), replica(clock, [digest])];
    for (const scheduler of replicas) scheduler.start();
    await eventually(() => digest.ran.includes('2020-06-03T08:00'), { describe: () => digest.ran.join() });
    await Promise.all(replicas.map((scheduler) => scheduler.stop()));
    const two = { hours: 2 };
    const expected: string[] = [];
    for (let next = at('2020-06-01T10:00'); expected.at(-1) !== '2020-06-03T08:00'; next = next.add(two)) expected.push(wall(next));
    expect([...digest.ran].sort().slice(0, expected.length)).toEqual(expected);
    expect(new Set(digest.ran).size).toBe(digest.ran.length);
  });

  it('once keeps up with a schedule that is due many times per tick', async () => {
    const clock = new AcceleratedClock({ start: at('2020-06-01T08:00'), speed: 86_400, epoch: performance.timeOrigin + performance.now() });
    const sweep = recorder({ cron: '* * * * *' });
    const scheduler = replica(clock, [sweep]);
    scheduler.start();
    await eventually(() => sweep.ran.length >= 10);
    await scheduler.stop();
    expect(new Set(sweep.ran).size).toBe(sweep.ran.length);
    expect(scheduler.state()[0]).toMatchObject({ task: 'digest', running: false, failed: 0 });
    expect(scheduler.state()[0]?.leftOut).toBeGreaterThan(0);
  });
});

describe('a run', () => {
  it('is a story of its own, told by the service', async () => {
    const traces: unknown[] = [];
    const clock = new FixedClock(at('2020-06-01T08:00'));
    const scheduler = replica(clock, [
      recorder({
        missed: 'all',
        run: () => {
          traces.push(currentTrace());
          return Promise.resolve();
        },
      }),
    ]);
    await tick(scheduler);
    clock.set(at('2020-06-03T08:00'));
    await tick(scheduler);
    expect(traces).toEqual(Array(2).fill(expect.objectContaining({ actor: 'service:planning', causationId: null })));
    expect(new Set(traces.map((trace) => (trace as { correlationId: string }).correlationId)).size).toBe(2);
  });

  it('that fails is recorded without personal data and does not stop the next one', async () => {
    const clock = new FixedClock(at('2020-06-01T08:00'));
    let broken = true;
    const scheduler = replica(clock, [
      recorder({ run: () => (broken ? Promise.reject(new Error('no mail to lan@sct.example')) : Promise.resolve()) }),
    ]);
    await tick(scheduler);
    clock.set(at('2020-06-02T08:00'));
    await tick(scheduler);
    broken = false;
    clock.set(at('2020-06-03T08:00'));
    await tick(scheduler);
    expect((await rows()).slice(1)).toEqual([
      { runAt: '2020-06-02T07:30', outcome: 'failed: no mail to [redacted]', finished: true },
      { runAt: '2020-06-03T07:30', outcome: 'done', finished: true },
    ]);
    expect(scheduler.state()[0]).toMatchObject({ done: 1, failed: 1 });
  });

  it('that died with its process blocks nothing', async () => {
    await pool.query(
      `INSERT INTO schedule_run (task, run_at, started_at) VALUES ('digest', '2020-06-01T07:30+07', now() - interval '2 minutes')`,
    );
    const digest = recorder();
    await tick(replica(new FixedClock(at('2020-06-02T08:00')), [digest]));
    expect(digest.ran).toEqual(['2020-06-02T07:30']);
    expect((await rows())[0]).toMatchObject({ outcome: null, finished: false });
  });

  it('that takes longer than its period is not started again beside itself', async () => {
    const clock = new FixedClock(at('2020-06-01T08:00'));
    let finish: () => void = () => undefined;
    let together = 0;
    let most = 0;
    const ran: string[] = [];
    const scheduler = replica(clock, [
      recorder({
        run: async (runAt) => {
          ran.push(wall(runAt));
          most = Math.max(most, ++together);
          await new Promise<void>((resolve) => (finish = resolve));
          together--;
        },
      }),
    ]);
    await tick(scheduler);
    for (const day of ['02', '03', '04']) {
      clock.set(at(`2020-06-${day}T08:00`));
      scheduler.tick();
      await eventually(() => ran.length > 0);
    }
    finish();
    await scheduler.idle();
    scheduler.tick();
    await eventually(() => ran.length === 2);
    finish();
    await scheduler.idle();
    expect(ran).toEqual(['2020-06-02T07:30', '2020-06-04T07:30']);
    expect(most).toBe(1);
  });

  it('waits for a database that is away, and then loses nothing', async () => {
    const clock = new FixedClock(at('2020-06-01T08:00'));
    let away = false;
    const flaky: SqlDatabase = {
      ...database,
      $executeRawUnsafe: (sql, ...values) =>
        away ? Promise.reject(new Error('ECONNREFUSED')) : database.$executeRawUnsafe(sql, ...values),
    };
    const digest = recorder({ missed: 'all' });
    const scheduler = new Scheduler({ service: 'planning', database: flaky, clock, schedules: [digest] });
    await tick(scheduler);
    away = true;
    clock.set(at('2020-06-03T08:00'));
    await tick(scheduler);
    expect(digest.ran).toEqual([]);
    away = false;
    await eventually(async () => {
      await tick(scheduler);
      return digest.ran.length === 2;
    });
    expect(digest.ran).toEqual(['2020-06-02T07:30', '2020-06-03T07:30']);
  });
});

describe('the book of runs', () => {
  it('forgets what is older than 30 business days, but never the newest run', async () => {
    await pool.query(
      `INSERT INTO schedule_run (task, run_at) SELECT 'yearly', '2018-01-01T00:00+07'::timestamptz + n * interval '1 day' FROM generate_series(0, 365) n`,
    );
    await pool.query(
      `INSERT INTO schedule_run (task, run_at) SELECT 'digest', '2020-04-01T07:30+07'::timestamptz + n * interval '1 day' FROM generate_series(0, 60) n`,
    );
    const yearly = recorder({ id: 'yearly', cron: '0 0 1 1 *', missed: 'skip' });
    await tick(replica(new FixedClock(at('2020-06-01T08:00')), [recorder(), yearly]));
    expect((await rows('yearly')).map(({ runAt }) => runAt)).toEqual(['2019-01-01T00:00']);
    expect((await rows()).map(({ runAt }) => runAt).slice(0, 1)).toEqual(['2020-05-03T07:30']);
  });
});

describe('whatever replicas tick when', () => {
  it('an occurrence runs at most once, and under once the newest has run when everybody has ticked', async () => {
    const ticks = fc.array(fc.record({ replica: fc.nat(2), minutes: fc.integer({ min: 1, max: 300 }), restart: fc.boolean() }), {
      minLength: 3,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(ticks, fc.constantFrom('once' as const, 'all' as const), async (steps, missed) => {
        await pool.query('TRUNCATE schedule_run');
        const clock = new FixedClock(at('2020-06-01T08:00'));
        const sweep = recorder({ cron: '*/15 * * * *', missed });
        const replicas = [0, 1, 2].map(() => replica(clock, [sweep]));
        await Promise.all(replicas.map(tick));
        for (const step of steps) {
          clock.advance({ minutes: step.minutes });
          if (step.restart) replicas[step.replica] = replica(clock, [sweep]);
          await Promise.all([tick(replicas[step.replica]!), tick(replicas[(step.replica + 1) % 3]!)]);
        }
        expect(new Set(sweep.ran).size).toBe(sweep.ran.length);
        const minutes = steps.reduce((sum, step) => sum + step.minutes, 0);
        if (minutes >= 15)
          expect([...sweep.ran].sort().at(-1)).toBe(wall(at('2020-06-01T08:00').add({ minutes: minutes - (minutes % 15) })));
        if (missed === 'all') expect(sweep.ran).toHaveLength(Math.floor(minutes / 15));
      }),
      { numRuns: 15 },
    );
  });
});
