import { join } from 'node:path';
import { loadWorkingCalendar, parseClockStart } from '#calendar';
import { eventually, mailCatcher, type MailCatcher } from '#testing';
import { lostMails, mailsOutOfHours, repeatedMails, unsoundLedger } from '../system/checks.js';
import { readBook } from '../system/ledger.js';
import { asYaml, planOf, reporters } from '../system/plan.js';
import { perAddress, startWorld, type World } from '../system/world.js';

const owing = reporters(20);
const BACK = '2020-06-17T09:00';

describe('a mail server that is away for a business day', () => {
  const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../plans/calendar'));
  let world: World;
  let catcher: MailCatcher;

  beforeAll(async () => {
    catcher = await mailCatcher();
    world = await startWorld({ from: '2020-06-15T12:00', speed: '2h', catcher });
    await catcher.close();
  }, 60_000);
  afterAll(async () => {
    await catcher.close();
    await world.close();
  }, 60_000);

  it('gets late, once and in office hours what was due meanwhile', async () => {
    await world.system.api('POST', '/plans/import', asYaml(planOf(owing)));
    await world.system.reach(BACK);
    const waiting = await readBook(world.stack.adminUrl);
    expect(waiting.messages.filter(({ state }) => state === 'sent')).toEqual([]);
    expect(waiting.messages.length).toBeGreaterThanOrEqual(2 * owing.length);
    catcher = await mailCatcher({ port: Number(new URL(catcher.url).port) });

    // The focal contacts are owed the mail of the due day, which tells all that the reminder told; the heads are owed the reminder.
    await eventually(() => Object.keys(perAddress(catcher.mails)).length >= 2 * owing.length, { within: 40_000 });
    const mails = [...catcher.mails];
    const chasing = mails.filter(({ date }) => date && date.getTime() < parseClockStart('2020-06-18T08:00').epochMilliseconds);
    expect(mailsOutOfHours(mails, calendar)).toEqual([]);
    expect(Math.min(...mails.map(({ date }) => date!.getTime()))).toBeGreaterThan(parseClockStart(BACK).epochMilliseconds);
    expect(perAddress(chasing)).toEqual(Object.fromEntries(owing.flatMap(({ contacts }) => contacts.map(({ email }) => [email, 1]))));
    const book = await readBook(world.stack.adminUrl);
    expect(repeatedMails(mails, book)).toEqual([]);
    expect(lostMails(mails, book)).toEqual([]);
    expect(book.messages.filter(({ state }) => ['failed', 'unknown'].includes(state))).toEqual([]);
    expect(unsoundLedger(book, world.system.clock.now())).toEqual([]);
    expect(await world.system.api('GET', '/dead-letters')).toEqual({ items: [] });
    expect(world.system.fallen).toEqual([]);
  }, 90_000);
});
