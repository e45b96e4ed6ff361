import { randomUUID } from 'node:crypto';
import { eventually } from '#testing';
import { lostMails, repeatedMails, unsoundLedger } from '../system/checks.js';
import { readBook, rowsOf } from '../system/ledger.js';
import { asYaml, planOf, reporters } from '../system/plan.js';
import { perAddress, startWorld, type World } from '../system/world.js';

const owing = reporters(60);
/** Every connection of every service, again and again. */
const CUTS = 6;

describe('a PostgreSQL that cuts its connections', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld({ from: '2020-06-16T07:50', speed: '1m', smtpConnections: 2 });
    // Two at a time and each for a while: mails are under way at every cut, however busy the machine.
    world.catcher.trouble = () => ({ kind: 'slow-after-data', until: new Promise((resolve) => setTimeout(resolve, 60)) });
  }, 60_000);
  afterAll(() => world.close(), 60_000);

  const cut = async (): Promise<number> => {
    const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    return (await rowsOf(world.stack.adminUrl, sql)).length;
  };

  it('loses nothing and does nothing twice: import, sweep, mails and commands go on by themselves', async () => {
    const importing = world.system.request('/api/v1/plans/import', {
      method: 'POST',
      headers: { 'content-type': 'application/yaml', 'idempotency-key': randomUUID() },
      body: asYaml(planOf(owing)),
    });
    const writing = `SELECT 1 FROM pg_stat_activity WHERE usename = 'dondoc_planning' AND xact_start IS NOT NULL AND query LIKE '%contact%'`;
    await eventually(async () => (await rowsOf(world.stack.adminUrl, writing)).length > 0, { every: 1 });
    expect(await cut()).toBeGreaterThan(3);
    // The command was tried again by its lane, or the caller is told to come again.
    expect([200, 503]).toContain((await importing).status);
    await world.system.api('POST', '/plans/import', asYaml(planOf(owing)));

    for (let cuts = 1; cuts < CUTS; cuts++) {
      const before = world.catcher.mails.length;
      await eventually(() => world.catcher.mails.length > before, { within: 20_000 });
      expect(await cut()).toBeGreaterThan(0);
    }
    const settled = async () =>
      (await readBook(world.stack.adminUrl)).messages.every(({ state }) => !['queued', 'sending'].includes(state));
    await eventually(settled, { within: 40_000, every: 100, describe: () => `all are settled; ${world.catcher.mails.length} arrived` });

    const answering = await world.system.all<{ reportId: string }>('/reports');
    const submitting = Promise.all(
      answering.slice(0, 20).map(({ reportId }) => world.system.api('POST', `/reports/${reportId}/submit`, {})),
    );
    await cut();
    await submitting;

    const book = await readBook(world.stack.adminUrl);
    const told = await rowsOf(world.stack.adminUrl, `SELECT 1 FROM planning.history WHERE what = 'fulfilled'`);
    expect(told.length).toBe(20);
    expect(book.obligations.length).toBe(owing.length);
    expect(book.messages.map(({ state }) => state).filter((state) => state !== 'sent')).toEqual([]);
    expect(perAddress(world.catcher.mails)).toEqual(
      Object.fromEntries(owing.flatMap(({ contacts }) => contacts.map(({ email }) => [email, 1]))),
    );
    expect(repeatedMails(world.catcher.mails, book)).toEqual([]);
    expect(lostMails(world.catcher.mails, book)).toEqual([]);
    expect(unsoundLedger(book, world.system.clock.now())).toEqual([]);
    expect(await world.system.api('GET', '/audit')).toMatchObject({ holds: true, findings: [] });
    expect(await world.system.api('GET', '/dead-letters')).toEqual({ items: [] });
    expect(world.system.fallen).toEqual([]);
  }, 90_000);
});
