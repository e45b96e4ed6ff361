import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar, parseSpeed } from '#calendar';
import { eventually, mailCatcher, testStack } from '#testing';
import { actingAgencies } from './agencies.js';
import {
  lostMails,
  mailsAboutTheFulfilled,
  mailsOutOfHours,
  missedEscalations,
  repeatedMails,
  selfEscalations,
  toldAfterFulfilment,
  unsoundLedger,
  wrongReportsToTheCity,
} from '../system/checks.js';
import { readBook } from '../system/ledger.js';
import { services, System } from '../system/system.js';

const PLANS = join(import.meta.dirname, '../../plans');
const PLAN = readFileSync(join(PLANS, '100-kh-ubnd-2020.yaml'), 'utf8');
const STANDING = { standing: 'SNNPTNT', city: 'VPUBND' };

interface Audit {
  holds: boolean;
  findings: unknown[];
}

async function runUntil(system: System, day: string): Promise<void> {
  const end = Temporal.Instant.from(`${day}T23:00:00+07:00`);
  await eventually(() => Temporal.Instant.compare(system.clock.now(), end) >= 0, {
    within: system.clock.realMillisUntil(end) + 10_000,
    every: 200,
    describe: () => `business time reaches ${day}, is ${system.clock.now().toString()}`,
  });
}

describe('Plan 100/KH-UBND from May to December 2020, with real mail', () => {
  const calendar = loadWorkingCalendar(join(PLANS, 'calendar'));

  async function simulate(speed: string, during?: (system: System) => Promise<void>, until = '2020-12-31') {
    const stack = await testStack();
    const catcher = await mailCatcher();
    const system = await System.start({
      databaseUrl: (service) => stack.databaseUrl(service),
      redisUrl: stack.redisUrl,
      queuePrefix: stack.prefix,
      smtpUrl: catcher.url,
      from: '2020-05-15T07:30',
      speed,
    });
    try {
      await system.api('POST', '/plans/import?fileName=100-kh-ubnd-2020.yaml', PLAN);
      const agencies = actingAgencies(system, calendar);
      await during?.(system);
      await runUntil(system, until);
      await agencies.stop();
      const audit = await system.api<Audit>('GET', '/audit');
      const now = system.clock.now();
      const book = await readBook(stack.adminUrl);
      return { audit, book, mails: [...catcher.mails], now, output: system.output };
    } finally {
      await system.stop();
      await catcher.close();
      await stack.dispose();
    }
  }

  it('chases every obligation as its ladder says, and nobody else', async () => {
    const { audit, book, mails, now } = await simulate('3d');
    expect(audit).toMatchObject({ holds: true, findings: [] });
    expect(book.obligations.length).toBeGreaterThan(50);
    expect(mails.length).toBeGreaterThan(100);
    expect(unsoundLedger(book, now)).toEqual([]);
    expect(mailsOutOfHours(mails, calendar)).toEqual([]);
    expect(repeatedMails(mails, book)).toEqual([]);
    expect(lostMails(mails, book)).toEqual([]);
    expect(toldAfterFulfilment(book)).toEqual([]);
    expect(mailsAboutTheFulfilled(mails, book, parseSpeed('3d'))).toEqual([]);
    expect(missedEscalations(book, mails, calendar, now, STANDING)).toEqual([]);
    expect(selfEscalations(book, STANDING)).toEqual([]);
    expect(wrongReportsToTheCity(book, STANDING)).toEqual([]);
    // The run proves nothing about lateness unless all of it occurred.
    expect(new Set(book.steps.filter((step) => step.state === 'fired').map((step) => step.rung)).size).toBe(8);
    expect(book.cases.some((found) => found.agency === STANDING.standing && found.level === 'city-office')).toBe(true);
    expect(book.documents.some(({ kind, state }) => kind === 'city-list-item' && state === 'prepared')).toBe(true);
    // Two quarters ended in which something was due.
    const lists = book.documents.filter(({ kind }) => kind === 'late-agencies').map(({ key }) => key.split(':').at(-1));
    expect(lists.sort()).toEqual(['2020-Q2', '2020-Q3']);
  }, 240_000);

  it('keeps its word when each service is killed three times on the way', async () => {
    const kill = async (system: System): Promise<void> => {
      for (const day of ['2020-06-18', '2020-07-16', '2020-08-13']) {
        for (const [index, service] of services.entries()) {
          await runUntil(system, Temporal.PlainDate.from(day).add({ days: index }).toString());
          await system.kill(service);
          system.launch(service);
        }
      }
    };
    const { audit, book, mails, now } = await simulate('2d', kill, '2020-09-05');
    expect(audit).toMatchObject({ holds: true, findings: [] });
    expect(unsoundLedger(book, now)).toEqual([]);
    expect(mailsOutOfHours(mails, calendar)).toEqual([]);
    expect(repeatedMails(mails, book)).toEqual([]);
    expect(lostMails(mails, book)).toEqual([]);
    expect(selfEscalations(book, STANDING)).toEqual([]);
  }, 300_000);

  it('sends each recipient one consolidated mail after 72 hours without anything', async () => {
    const stack = await testStack();
    const catcher = await mailCatcher();
    const system = await System.start({
      databaseUrl: (service) => stack.databaseUrl(service),
      redisUrl: stack.redisUrl,
      queuePrefix: stack.prefix,
      smtpUrl: catcher.url,
      from: '2020-06-15T07:30',
      speed: '6h',
    });
    try {
      await system.api('POST', '/plans/import?fileName=100-kh-ubnd-2020.yaml', PLAN);
      // Everything is down from the evening of the due day, 17 June, for more than 72 hours: over a chasing and over an escalation.
      await runUntil(system, '2020-06-17');
      await system.stop('SIGKILL');
      const before = catcher.mails.length;
      const back = Temporal.Instant.from('2020-06-21T00:00:00+07:00');
      await eventually(() => Temporal.Instant.compare(system.clock.now(), back) >= 0, {
        within: 60_000,
        every: 100,
        describe: () => 'the outage ends',
      });
      system.startAll();
      await system.ready();
      await runUntil(system, '2020-06-22');
      const after = catcher.mails.slice(before);
      const book = await readBook(stack.adminUrl);
      const perRecipient = new Map<string, number>();
      for (const mail of after) {
        const to = Array.isArray(mail.to) ? mail.to.map((entry) => entry.text).join() : (mail.to?.text ?? '');
        perRecipient.set(to, (perRecipient.get(to) ?? 0) + 1);
      }
      expect(after.length).toBeGreaterThan(5);
      expect([...perRecipient].filter(([, count]) => count > 1)).toEqual([]);
      expect(mailsOutOfHours(after, calendar)).toEqual([]);
      // 22 June is the third working day after the due day: the second chasing and the escalation are due, the first chasing was overtaken.
      const dueThen = new Set(book.obligations.filter((one) => one.due_on === '2020-06-17').map((one) => one.id));
      const fired = book.steps.filter(
        (step) => dueThen.has(step.obligation_id) && step.slot?.toISOString().startsWith('2020-06-22') === true,
      );
      expect(new Set(fired.map((step) => step.rung))).toEqual(new Set(['CHASE_2', 'ESCALATE_STANDING']));
      const overtaken = book.steps.filter((step) => step.rung === 'CHASE_1' && step.due_at.toISOString().startsWith('2020-06-18'));
      expect(overtaken.length).toBeGreaterThan(0);
      expect(new Set(overtaken.map((step) => step.state))).toEqual(new Set(['superseded']));
    } finally {
      await system.stop();
      await catcher.close();
      await stack.dispose();
    }
  }, 180_000);
});
