import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '#testing';
import { startRedis } from '../../tools/parts/redis.mjs';
import { lostMails, repeatedMails, unsoundLedger } from '../system/checks.js';
import { readBook } from '../system/ledger.js';
import { asYaml, planOf, reporters } from '../system/plan.js';
import { services } from '../system/system.js';
import { perAddress, startWorld, type World } from '../system/world.js';

/** Twice as many mails: more than one process takes from its lane at once, so that some are in hand and some still wait when Redis is lost. */
const owing = reporters(240);
const [submitter, ...late] = owing;
const expected = Object.fromEntries(late.flatMap(({ contacts }) => contacts.map(({ email }) => [email, 1])));
/** What one process has at the mail server at once. */
const CONNECTIONS = 10;

interface LaneState {
  lane: string;
  waiting: number;
  active: number;
  completed: number;
}

/* One system on a Redis of its own, through a morning: Redis is away when the reminders of 08:00 are decided, and later loses all it has. */
describe('without Redis', () => {
  let folder: string;
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let world: World;
  let release: () => void = () => undefined;
  let report: { reportId: string; obligationId: string };

  const lanes = async () => (await world.system.api<{ items: LaneState[] }>('GET', '/lanes')).items;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dondoc-redis-'));
    redis = await startRedis({ folder });
    world = await startWorld({ from: '2020-06-16T07:30', speed: '2m', redisUrl: redis.url, smtpConnections: CONNECTIONS });
    release = world.catcher.hold();
    await world.system.api('POST', '/plans/import', asYaml(planOf(owing)));
    [report] = (await world.system.all<typeof report>(`/reports?agency=${submitter!.code}`)) as [typeof report];
    await world.system.api('POST', `/reports/${report.reportId}/submit`, {});
    await eventually(
      async () => {
        const items = await lanes();
        // Every agency, the two above them, and the settlement.
        const heard = items.find(({ lane }) => lane === 'notifications.events')?.completed === owing.length + 3;
        return heard && items.every(({ waiting, active }) => waiting + active === 0);
      },
      { within: 20_000 },
    );
  }, 60_000);
  afterAll(async () => {
    release();
    await world.close();
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const accept = (key: string) =>
    world.system.request(`/api/v1/reports/${report.reportId}/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: '{}',
    });

  it('callers are told to come again, the ledger decides all the same, and a repeated command has one effect', async () => {
    const key = randomUUID();
    await redis.stop();
    const answers = await Promise.all([world.system.request('/api/v1/plans'), world.system.request('/api/v1/lanes'), accept(key)]);
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await answer.json()).toMatchObject({ status: 503, detail: expect.stringMatching(/Repeat the request later|Try again/) });
    }
    expect((await world.system.request('/health/live')).status).toBe(200);
    expect((await world.system.request('/health/ready')).status).toBe(503);
    const fired = async () => (await readBook(world.stack.adminUrl)).steps.filter(({ state }) => state === 'fired').length;
    await eventually(async () => (await fired()) === late.length, { within: 20_000 });
    expect(world.catcher.held).toBe(0);

    redis = await startRedis({ folder, port: Number(new URL(redis.url).port) });
    await world.system.ready();
    const both = await eventually(async () => {
      const repeated = await Promise.all([accept(key), accept(key)]);
      return repeated.every(({ status }) => status === 200) ? Promise.all(repeated.map((one) => one.text())) : undefined;
    });
    expect(both[1]).toBe(both[0]);
    const { history } = await world.system.api<{ history: { what: string }[] }>('GET', `/obligations/${report.obligationId}`);
    expect(history.map(({ what }) => what).sort()).toEqual(['accepted', 'fulfilled', 'opened']);
  }, 60_000);

  it('that lost everything in the middle of a mailing, every mail arrives exactly once', async () => {
    let mailing: LaneState | undefined;
    await eventually(
      async () => {
        mailing = (await lanes()).find(({ lane }) => lane === 'notifications.email');
        return world.catcher.held === CONNECTIONS && mailing && mailing.waiting + mailing.active === 2 * late.length;
      },
      {
        describe: () => `mails in hand and mails waiting: ${world.catcher.held} held, ${JSON.stringify(mailing)}`,
      },
    );
    expect(mailing?.waiting).toBeGreaterThan(50);
    const line = new Redis(redis.url);
    await line.flushall();
    line.disconnect();
    release();
    const sent = async () => (await readBook(world.stack.adminUrl)).messages.filter(({ state }) => state === 'sent').length;
    await eventually(async () => (await sent()) === 2 * late.length, {
      within: 40_000,
      every: 200,
      describe: () => `${2 * late.length} mails sent; ${world.catcher.mails.length} arrived`,
    });
    const book = await readBook(world.stack.adminUrl);
    expect(book.messages.length).toBe(2 * late.length);
    expect(perAddress(world.catcher.mails)).toEqual(expected);
    expect(repeatedMails(world.catcher.mails, book)).toEqual([]);
    expect(lostMails(world.catcher.mails, book)).toEqual([]);
    expect(unsoundLedger(book, world.system.clock.now())).toEqual([]);
    expect(await world.system.api('GET', '/audit')).toMatchObject({ holds: true, findings: [] });
    expect(await world.system.api('GET', '/dead-letters')).toEqual({ items: [] });
    expect(world.system.fallen).toEqual([]);
  }, 60_000);

  it('every process ends in order when it is told to, though Redis is away', async () => {
    await redis.stop();
    const ended = await Promise.all(services.map((service) => world.system.terminate(service)));
    for (const one of ended) expect(one).toMatchObject({ code: 0, signal: null });
    expect(Math.max(...ended.map(({ took }) => took))).toBeLessThan(15_000);
  }, 60_000);
});
