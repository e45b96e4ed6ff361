import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { agencyChanged, type Lane, lanesOf } from '#contracts';
import { withTrace } from '#observability';
import { eventually, pgDatabase, testStack, type TestStack } from '#testing';
import { LaneQueues } from './lane-queues.js';
import { Relay } from './relay.js';
import { roadTo, type Sender, senderOn, SETTLED } from './outbox.int-fixture.js';
import { agency } from './training.int-fixture.js';

let stack: TestStack;
let sender: Sender;
const ending: (() => Promise<void>)[] = [];

function relayOver(queues: LaneQueues = sender.queues): Relay {
  return new Relay(sender.database, queues, { databaseUrl: stack.databaseUrl('training'), schema: 'training' });
}

function started(queues?: LaneQueues): Relay {
  const relay = relayOver(queues);
  ending.unshift(() => relay.stop());
  relay.start();
  return relay;
}

const arrived = async (id: string, lane: Lane = SETTLED) => (await sender.queues.of(lane).getJobState(id)) === 'waiting';

/** Connections on which somebody hears the bell of this schema. */
async function listeners(): Promise<number[]> {
  const rows = await sender.database.$queryRawUnsafe<{ pid: number }[]>(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN "training_outbox"'`,
  );
  return rows.map(({ pid }) => pid);
}

beforeAll(async () => {
  Logger.overrideLogger(false);
  stack = await testStack();
  sender = senderOn(stack);
});

afterEach(async () => {
  for (const end of ending.splice(0)) await end();
  await sender.database.$executeRawUnsafe(`DELETE FROM outbox`);
});

afterAll(async () => {
  await sender.close();
  await stack.dispose();
});

describe('what a service publishes', () => {
  it('reaches every lane that subscribed, under the id, the story and the seal it was stored with', async () => {
    const trace = { correlationId: randomUUID(), causationId: randomUUID(), actor: 'account-7' };
    const id = await withTrace(trace, () => sender.work.run((tx) => sender.outbox.publish(tx, agencyChanged, agency)));
    expect(await relayOver().drain()).toBe(1);
    const lanes = lanesOf(agencyChanged);
    expect(lanes).toHaveLength(3);
    for (const lane of lanes) {
      const job = (await sender.queues.of(lane).getJob(id))!;
      expect(job.name).toBe(agencyChanged.name);
      expect(job.data).toMatchObject({ id, name: agencyChanged.name, ...trace, payload: { agencyId: agency.agencyId } });
      expect(JSON.stringify(job.data)).not.toMatch(/Lan|lan@sct|0912/);
    }
    expect(await relayOver().drain()).toBe(0);
  });

  it('reaches none before its transaction is committed, and never when that is rolled back', async () => {
    let inside: string[] = [];
    const broken = sender.work.run(async (tx) => {
      inside = [await sender.outbox.publish(tx, agencyChanged, agency), ...(await sender.outbox.publishAll(tx, agencyChanged, [agency]))];
      expect(await relayOver().drain()).toBe(0);
      throw new Error('the change failed');
    });
    await expect(broken).rejects.toThrow('the change failed');
    const [committed = ''] = await sender.settle();
    expect(await relayOver().drain()).toBe(1);
    expect(await arrived(committed)).toBe(true);
    expect(inside).toHaveLength(2);
    for (const lane of lanesOf(agencyChanged))
      for (const id of inside) expect(await sender.queues.of(lane).getJobState(id)).toBe('unknown');
  });

  it('keeps its order in a lane', async () => {
    const ids = [...(await sender.settle(20)), ...(await sender.settle()), ...(await sender.settle(20))];
    await relayOver().drain();
    const waiting = await sender.queues.of(SETTLED).getWaiting(0, -1);
    expect(waiting.map(({ id }) => id ?? '').filter((id) => ids.includes(id))).toEqual(ids);
  });

  it('is refused when it breaks its contract, with the change it tells of', async () => {
    const broken = sender.work.run((tx) => sender.outbox.publish(tx, agencyChanged, { ...agency, code: 'no code' }));
    await expect(broken).rejects.toThrow('capital letters');
    expect(await sender.unpublished()).toBe(0);
  });
});

describe('the bell', () => {
  it('is heard well under the second of the poll', async () => {
    started();
    await eventually(async () => (await listeners()).length === 1);
    const waits: number[] = [];
    for (let round = 0; round < 8; round++) {
      const [id = ''] = await sender.settle();
      const start = performance.now();
      await eventually(() => arrived(id), { every: 5 });
      waits.push(performance.now() - start);
    }
    // Each message comes right after a round of the relay, so by the poll alone each would wait for nearly all of its second.
    expect(waits.sort((a, b) => a - b)[4]).toBeLessThan(300);
  });

  it('is not needed: when the line is cut the poll finds what came, and the bell is heard again', async () => {
    started();
    const [pid] = await eventually(async () => {
      const found = await listeners();
      return found.length === 1 ? found : undefined;
    });
    const admin = pgDatabase(stack.adminUrl, 1);
    await admin.$queryRawUnsafe(`SELECT pg_terminate_backend($1)`, pid);
    await admin.close();
    const [id = ''] = await sender.settle();
    await eventually(() => arrived(id), { within: 5_000 });
    await eventually(async () => (await listeners()).some((other) => other !== pid));
  });
});

describe('two relays', () => {
  it('make each job once of three thousand rows, and mark every row', async () => {
    const ids = await sender.settle(3_000);
    const lane = sender.queues.of(SETTLED);
    await lane.obliterate({ force: true });
    const others = new LaneQueues(stack);
    ending.push(() => others.close());
    const shares = await Promise.all([relayOver().drain(), relayOver(others).drain()]);
    expect(Math.min(...shares)).toBeGreaterThan(0);
    expect(shares[0] + shares[1]).toBe(3_000);
    expect(await sender.unpublished()).toBe(0);
    expect(await sender.kept(ids)).toHaveLength(3_000);
    const jobs = await lane.getWaiting(0, -1);
    expect(jobs.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });
});

describe('while Redis is away', () => {
  it('nothing is lost, and all of it is carried when Redis is back', async () => {
    const road = await roadTo(stack.redisUrl);
    const queues = new LaneQueues({ redisUrl: road.url, prefix: stack.prefix });
    ending.push(
      () => queues.close(),
      () => road.cut(),
    );
    const first = await sender.settle(3);
    started(queues);
    await pause(1_500);
    expect(await sender.kept(first)).toHaveLength(3);
    await expect(arrived(first[0]!)).resolves.toBe(false);

    await road.open();
    for (const id of first) await eventually(() => arrived(id), { within: 20_000 });
    await eventually(async () => (await sender.unpublished()) === 0);

    await road.cut();
    const second = await sender.settle(3);
    await pause(500);
    expect(await sender.unpublished()).toBe(3);
    await road.open();
    for (const id of second) await eventually(() => arrived(id), { within: 20_000 });
    await eventually(async () => (await sender.unpublished()) === 0);
  }, 60_000);

  it('a relay does not hold its rows for long, and stops within a bound', async () => {
    const road = await roadTo(stack.redisUrl);
    const queues = new LaneQueues({ redisUrl: road.url, prefix: stack.prefix });
    ending.push(() => queues.close());
    await sender.settle();
    const relay = relayOver(queues);
    relay.start();
    await pause(300);
    const start = performance.now();
    await relay.stop();
    expect(performance.now() - start).toBeLessThan(8_000);
    expect(await sender.unpublished()).toBe(1);
  }, 60_000);
});

describe('many events in one statement', () => {
  it('are all of them, with an id each; none is no statement at all', async () => {
    const ids = await sender.work.run((tx) => sender.outbox.publishAll(tx, agencyChanged, [agency, agency, agency]));
    expect(new Set(ids).size).toBe(3);
    expect(await sender.kept(ids)).toHaveLength(3);
    expect(await sender.work.run((tx) => sender.outbox.publishAll(tx, agencyChanged, []))).toEqual([]);
  });
});
