import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { AcceleratedClock, Clock, FixedClock } from '#calendar';
import type { SqlDatabase } from '#messaging';
import { StatusGauges, StatusModule } from '#observability';
import { eventually, testStack, type TestStack } from '#testing';
import { type Schedule, Scheduler, type ScheduleSource, SchedulingModule } from './index.js';

const DATABASE = Symbol('database');
const start = Temporal.Instant.from('2020-06-01T08:00+07:00');

let stack: TestStack;
let pool: pg.Pool;
let database: SqlDatabase;

@Injectable()
class DigestSchedule implements ScheduleSource {
  readonly ran: Temporal.Instant[] = [];
  readonly schedules: readonly Schedule[] = [
    {
      id: 'digest',
      description: 'Tells what is owed',
      cron: '30 7 * * *',
      missed: 'all',
      run: (runAt) => {
        this.ran.push(runAt);
        return Promise.resolve();
      },
    },
  ];
}

@Module({ providers: [DigestSchedule] })
class DigestModule {}

beforeAll(async () => {
  stack = await testStack();
  pool = new pg.Pool({ connectionString: stack.databaseUrl('planning') });
  database = {
    $queryRawUnsafe: async <Row>(sql: string, ...values: unknown[]) => (await pool.query(sql, values)).rows as Row,
    $executeRawUnsafe: async (sql, ...values) => (await pool.query(sql, values)).rowCount ?? 0,
    $transaction: () => Promise.reject(new Error('the scheduler asked for a transaction')),
  };
});

afterAll(async () => {
  await pool.end();
  await stack.dispose();
});

async function application(clock: Clock, sources = [DigestSchedule], modules: unknown[] = [DigestModule]) {
  @Module({
    providers: [
      { provide: Clock, useValue: clock },
      { provide: DATABASE, useValue: database },
    ],
    exports: [Clock, DATABASE],
  })
  class Ground {}

  const scheduling = SchedulingModule.register({ service: 'planning', database: DATABASE, sources });
  return Test.createTestingModule({
    imports: [{ module: Ground, global: true }, StatusModule, ...(modules as [typeof DigestModule]), scheduling],
  }).compile();
}

describe('SchedulingModule', () => {
  it('runs the schedules that features provide as long as the application lives, and tells its gauges', async () => {
    const epoch = performance.timeOrigin + performance.now();
    const app = await application(new AcceleratedClock({ start, speed: 86_400, epoch }));
    await app.init();
    const { ran } = app.get(DigestSchedule, { strict: false });
    await eventually(() => ran.length >= 2);
    const gauges = await app.get(StatusGauges, { strict: false }).collect();
    expect(
      gauges.find(({ name, labels }) => name === 'dondoc_schedule_runs_total' && labels.outcome === 'done')?.value,
    ).toBeGreaterThanOrEqual(1);
    expect(gauges.map(({ name }) => name)).toContain('dondoc_schedule_next_run_seconds');
    await app.close();
    const atClose = ran.length;
    await pool.query('SELECT pg_sleep(1.2)'); // more than a business day
    expect(ran).toHaveLength(atClose);
  });

  it('does not start when a listed source is provided by no module', async () => {
    const app = await application(new FixedClock(start), [DigestSchedule], []);
    await expect(app.init()).rejects.toThrow(/DigestSchedule/);
  });
});

describe('Scheduler', () => {
  const digest = { id: 'digest', description: 'x', cron: '30 7 * * *', missed: 'once', run: () => Promise.resolve() } as const;
  const scheduler = (schedules: readonly Schedule[]) =>
    new Scheduler({ service: 'planning', database, clock: new FixedClock(start), schedules });

  it('refuses an expression that is not valid, before anything runs', () => {
    expect(() => scheduler([{ ...digest, cron: '61 7 * * *' }])).toThrow('schedule digest: "61 7 * * *" is no cron expression');
  });

  it('refuses two schedules with one id', () => {
    expect(() => scheduler([digest, digest])).toThrow('two schedules have one id');
  });
});
