import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { agencyChanged, lanesOf } from '#contracts';
import { eventually, testStack, type TestStack } from '#testing';
import { LaneQueues } from './lane-queues.js';
import { type Sender, senderOn, SETTLED } from './outbox.int-fixture.js';
import { Reconciler } from './reconciler.js';
import { Relay } from './relay.js';
import { agency, ended, startTraining, type Training } from './training.int-fixture.js';

let stack: TestStack;
let sender: Sender;
let training: Training;

const relay = () => new Relay(sender.database, sender.queues, { databaseUrl: stack.databaseUrl('training'), schema: 'training' });
const reconciler = () => new Reconciler(sender.database, sender.queues);
const stateOf = (id: string) => sender.queues.of(SETTLED).getJobState(id);

/** Rows that the relay has published to one lane, where nobody works. */
async function published(count: number): Promise<string[]> {
  const ids = await sender.settle(count);
  expect(await relay().drain()).toBe(count);
  return ids;
}

/** One message through the hands of a worker of that lane. Waiting ones are taken in order, so it must be the first. */
async function take(how: 'completed' | 'failed' | 'delayed'): Promise<string> {
  const { Worker } = await import('bullmq');
  const worker = new Worker(SETTLED, null, { connection: { url: stack.redisUrl }, prefix: stack.prefix });
  const job = await worker.getNextJob('hand');
  if (how === 'completed') await job.moveToCompleted(null, 'hand', false);
  if (how === 'failed') await job.moveToFailed(Object.assign(new Error('refused'), { name: 'UnrecoverableError' }), 'hand', false);
  if (how === 'delayed') await job.moveToDelayed(Date.now() + 60_000, 'hand');
  await worker.close();
  return job.id!;
}

beforeAll(async () => {
  Logger.overrideLogger(false);
  stack = await testStack();
  sender = senderOn(stack);
  training = await startTraining(stack);
  Logger.overrideLogger(false);
});

afterEach(async () => {
  await sender.queues.of(SETTLED).obliterate({ force: true });
  await sender.database.$executeRawUnsafe(`DELETE FROM outbox`);
});

afterAll(async () => {
  await training.close();
  await sender.close();
  await stack.dispose();
});

describe('messages whose lane lost its keys', () => {
  it('are rung again under their ids, and have exactly one effect thanks to the inbox', async () => {
    const effects: string[] = [];
    const ids = await sender.work.run((tx) => sender.outbox.publishAll(tx, agencyChanged, Array(20).fill(agency)));
    for (const id of ids) {
      // The effect is a row in the database of the consumer, here the same one.
      training.works.events.set(id, (_, message) =>
        sender.work.once(message, async (tx) => {
          await tx.$executeRawUnsafe(
            `INSERT INTO agency (id, code, name, name_en, short_name, kind, valid_from, version) VALUES (gen_random_uuid(), 'EFFECT', $1, '', '', '', '2016-05-01', 1)`,
            message.id,
          );
          effects.push(message.id);
          return undefined;
        }),
      );
    }
    await relay().drain();
    const lane = sender.queues.of('training.events');
    const jobs = await eventually(async () => {
      const kept = await lane.getCompleted(0, -1);
      return kept.length === ids.length ? kept : undefined;
    });
    expect(effects).toHaveLength(20);

    // Redis forgets half of the messages of training, finished though they are; those of the other subscribers still wait.
    const lost = jobs.slice(0, 10);
    await Promise.all(lost.map((job) => job.remove()));
    expect(await reconciler().reconcile(0)).toEqual({ settled: 0, rung: 10 });
    for (const job of lost) await ended(sender.queues, job, 'completed');
    const handled = await sender.database.$queryRawUnsafe<{ name: string }[]>(`SELECT name FROM agency WHERE code = 'EFFECT'`);
    expect(handled.map(({ name }) => name).sort()).toEqual([...ids].sort());
    expect(effects).toHaveLength(20);
    expect(await sender.kept(ids)).toHaveLength(20);
  });

  it('are rung in the lanes that lost them alone', async () => {
    const [id = ''] = await sender.work.run((tx) => sender.outbox.publishAll(tx, agencyChanged, [agency]));
    training.works.events.set(id, () => Promise.resolve(undefined));
    await relay().drain();
    await ended(sender.queues, (await sender.queues.of('training.events').getJob(id))!, 'completed');
    const finished = await sender.queues.of('training.events').getJob(id);
    await (await sender.queues.of('ceremony.events').getJob(id))!.remove();
    const waiting = await sender.queues.of(SETTLED).getJob(id);
    expect(await reconciler().reconcile(0)).toEqual({ settled: 0, rung: 1 });
    expect(lanesOf(agencyChanged)).toContain('ceremony.events');
    expect(await sender.queues.of('ceremony.events').getJobState(id)).toBe('waiting');
    expect((await sender.queues.of('training.events').getJob(id))?.finishedOn).toBe(finished?.finishedOn);
    expect((await sender.queues.of(SETTLED).getJob(id))?.timestamp).toBe(waiting?.timestamp);
  });

  it('come back all of them when Redis lost everything', async () => {
    const ids = await published(50);
    await sender.queues.of(SETTLED).obliterate({ force: true });
    expect(await Promise.all(ids.map(stateOf))).toEqual(ids.map(() => 'unknown'));
    expect(await reconciler().reconcile(0)).toEqual({ settled: 0, rung: 50 });
    expect(await Promise.all(ids.map(stateOf))).toEqual(ids.map(() => 'waiting'));
    expect(await reconciler().reconcile(0)).toEqual({ settled: 0, rung: 0 });
  });
});

describe('what it leaves alone', () => {
  it('waiting, delayed and dead messages, while a finished row goes', async () => {
    const ids = await published(4);
    const [dead, delayed, done] = [await take('failed'), await take('delayed'), await take('completed')];
    const waiting = ids.filter((id) => ![dead, delayed, done].includes(id));
    expect(waiting).toHaveLength(1);
    expect(await reconciler().reconcile(0)).toEqual({ settled: 1, rung: 0 });
    expect(await sender.kept(ids)).toEqual(expect.arrayContaining([dead, delayed, ...waiting]));
    expect(await sender.kept([done])).toEqual([]);
    expect(await Promise.all([dead, delayed, ...waiting].map(stateOf))).toEqual(['failed', 'delayed', 'waiting']);
    // However often it looks.
    for (let round = 0; round < 3; round++) expect(await reconciler().reconcile(0)).toEqual({ settled: 0, rung: 0 });
  });

  it('a message in hand', async () => {
    const { Worker } = await import('bullmq');
    const [id = ''] = await published(1);
    const worker = new Worker(SETTLED, null, { connection: { url: stack.redisUrl }, prefix: stack.prefix });
    await worker.getNextJob('hand');
    expect(await stateOf(id)).toBe('active');
    expect(await reconciler().reconcile(0)).toEqual({ settled: 0, rung: 0 });
    expect(await sender.kept([id])).toEqual([id]);
    await worker.close();
  });

  it('rows that are not published, which are the relay’s', async () => {
    const ids = await sender.settle(3);
    expect(await reconciler().reconcile(0)).toEqual({ settled: 0, rung: 0 });
    expect(await sender.kept(ids)).toHaveLength(3);
    expect(await sender.unpublished()).toBe(3);
  });

  it('rows within the grace, which may be on their way', async () => {
    const ids = await published(2);
    await sender.queues.of(SETTLED).obliterate({ force: true });
    expect(await reconciler().reconcile()).toEqual({ settled: 0, rung: 0 });
    expect(await Promise.all(ids.map(stateOf))).toEqual(['unknown', 'unknown']);
    await sender.database.$executeRawUnsafe(`UPDATE outbox SET published_at = published_at - interval '11 seconds'`);
    expect(await reconciler().reconcile()).toEqual({ settled: 0, rung: 2 });
  });
});

describe('a backlog of more than one batch', () => {
  it('is gone round by a cursor, so that what waits in front does not hide what was lost behind', async () => {
    const front = await published(2_000);
    const [behind = ''] = await published(1);
    await (await sender.queues.of(SETTLED).getJob(behind))!.remove();
    const round = reconciler();
    expect(await round.reconcile(0)).toEqual({ settled: 0, rung: 0 });
    expect(await round.reconcile(0)).toEqual({ settled: 0, rung: 1 });
    expect(await stateOf(behind)).toBe('waiting');
    // And round again from the front.
    await (await sender.queues.of(SETTLED).getJob(front[0]!))!.remove();
    expect(await round.reconcile(0)).toEqual({ settled: 0, rung: 1 });
    expect(await stateOf(front[0]!)).toBe('waiting');
  }, 30_000);
});

describe('while Redis is away from the beginning', () => {
  it('a round fails soon, so that the service can stop; no row goes', async () => {
    const ids = await published(2);
    const queues = new LaneQueues({ redisUrl: 'redis://127.0.0.1:1', prefix: stack.prefix });
    const outcome = await Promise.race([
      new Reconciler(sender.database, queues).reconcile(0).then(
        () => 'done',
        () => 'refused',
      ),
      pause(4_000).then(() => 'still waiting'),
    ]);
    expect(outcome).toBe('refused');
    expect(await sender.kept(ids)).toHaveLength(2);
    await queues.close();
  });
});
