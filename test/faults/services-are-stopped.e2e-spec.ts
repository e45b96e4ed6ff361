import { eventually } from '#testing';
import { lostMails, repeatedMails, unsoundLedger } from '../system/checks.js';
import { readBook, rowsOf } from '../system/ledger.js';
import { asYaml, planOf, reporters } from '../system/plan.js';
import { services, type Ended } from '../system/system.js';
import { perAddress, startWorld, type World } from '../system/world.js';

const owing = reporters(40);
const answering = owing.slice(0, 20);
const CONNECTIONS = 5;
/** Real milliseconds: what an orchestrator waits before it kills, with a margin. */
const BOUND = 15_000;

/* A deployment in office hours: each service is asked to end while messages are in its hands, and is started again. */
describe('services that are told to stop', () => {
  let world: World;
  let release: () => void = () => undefined;

  beforeAll(async () => {
    world = await startWorld({ from: '2020-06-16T07:50', speed: '1m', smtpConnections: CONNECTIONS });
    release = world.catcher.hold();
    await world.system.api('POST', '/plans/import', asYaml(planOf(owing)));
  }, 60_000);
  afterAll(async () => {
    release();
    await world.close();
  }, 60_000);

  const reportsOf = async (agencies: readonly { code: string }[]) => {
    const all = await world.system.all<{ reportId: string; obligationId: string; agency: string; state: string }>('/reports');
    return all.filter(({ agency }) => agencies.some(({ code }) => code === agency));
  };
  const inOrder = (ended: Ended) => {
    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(ended.took).toBeLessThan(BOUND);
  };
  const submitAll = async () =>
    Promise.all((await reportsOf(answering)).map(({ reportId }) => world.system.api('POST', `/reports/${reportId}/submit`, {})));

  it('notifications ends in order while mails are at a mail server that is slow to answer', async () => {
    await eventually(() => world.catcher.held === CONNECTIONS, { within: 30_000 });
    const ending = world.system.terminate('notifications');
    release();
    inOrder(await ending);
    expect((await readBook(world.stack.adminUrl)).messages.filter(({ state }) => state === 'unknown' || state === 'sending')).toEqual([]);
    world.system.launch('notifications');
    await eventually(() => world.catcher.mails.length === 2 * owing.length, { within: 30_000 });
  }, 60_000);

  it('planning ends in order with commands in hand, and each has one effect', async () => {
    const submitting = submitAll();
    const fulfilled = () => rowsOf(world.stack.adminUrl, `SELECT 1 FROM planning.obligation WHERE state = 'fulfilled'`);
    await eventually(async () => (await fulfilled()).length > 0, { every: 1 });
    inOrder(await world.system.terminate('planning'));
    world.system.launch('planning');
    await submitting;
    const told = await rowsOf(world.stack.adminUrl, `SELECT subject_id AS obligation_id FROM planning.history WHERE what = 'fulfilled'`);
    expect(told).toHaveLength(answering.length);
    expect((await reportsOf(answering)).every(({ state }) => state === 'submitted')).toBe(true);
  }, 60_000);

  it('the gateway answers what it has in hand, and ends in order', async () => {
    const accepting = Promise.all(
      (await reportsOf(answering)).map(({ reportId }) => world.system.api('POST', `/reports/${reportId}/accept`, {})),
    );
    const accepted = () => rowsOf(world.stack.adminUrl, `SELECT 1 FROM planning.report WHERE state = 'accepted'`);
    await eventually(async () => (await accepted()).length > 0, { every: 1 });
    inOrder(await world.system.terminate('gateway'));
    world.system.launch('gateway');
    await accepting;
    const told = await rowsOf(
      world.stack.adminUrl,
      `SELECT subject_id AS obligation_id FROM planning.history WHERE subject = 'obligation' AND what = 'accepted'`,
    );
    expect(told).toHaveLength(answering.length);
  }, 60_000);

  it('training and ceremony end in order with events in hand, and miss nothing', async () => {
    const plan = planOf(owing);
    for (const agency of plan.agencies) agency.name += ' (mới)';
    await world.system.api('POST', '/plans/import', asYaml(plan));
    for (const ended of await Promise.all([world.system.terminate('training'), world.system.terminate('ceremony')])) inOrder(ended);
    world.system.launch('training');
    world.system.launch('ceremony');
    for (const service of ['training', 'ceremony']) {
      const renamed = () => rowsOf(world.stack.adminUrl, `SELECT 1 FROM ${service}.agency WHERE name LIKE '% (mới)' AND version = 2`);
      await eventually(async () => (await renamed()).length === plan.agencies.length, { within: 30_000 });
    }
  }, 60_000);

  it('nothing was lost, sent twice or left in doubt; idle they end in order too', async () => {
    await world.system.ready();
    const book = await readBook(world.stack.adminUrl);
    expect(book.messages.map(({ state }) => state).filter((state) => state !== 'sent')).toEqual([]);
    const mails = world.catcher.mails;
    expect(perAddress(mails)).toEqual(Object.fromEntries(owing.flatMap(({ contacts }) => contacts.map(({ email }) => [email, 1]))));
    expect(repeatedMails(mails, book)).toEqual([]);
    expect(lostMails(mails, book)).toEqual([]);
    expect(unsoundLedger(book, world.system.clock.now())).toEqual([]);
    expect(await world.system.api('GET', '/audit')).toMatchObject({ holds: true, findings: [] });
    expect(await world.system.api('GET', '/dead-letters')).toEqual({ items: [] });
    expect(world.system.fallen).toEqual([]);
    for (const ended of await Promise.all(services.map((service) => world.system.terminate(service)))) inOrder(ended);
  }, 60_000);
});
