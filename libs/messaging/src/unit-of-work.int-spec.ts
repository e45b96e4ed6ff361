import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { DomainError } from '#contracts';
import { messageAt, pgDatabase, type PgDatabase, testStack, type TestStack } from '#testing';
import type { SqlTx } from './sql.js';
import { UnitOfWork } from './unit-of-work.js';

const now = Temporal.Instant.from('2020-06-01T07:30+07:00');

let stack: TestStack;
let database: PgDatabase;
let work: UnitOfWork;

/** An effect that can be counted, in a table of the service itself. */
async function enter(tx: SqlTx, code: string): Promise<void> {
  await tx.$executeRawUnsafe(
    `INSERT INTO agency (id, code, name, name_en, short_name, kind, valid_from, version) VALUES ($1::uuid, $2, '', '', '', '', '2016-05-01', 1)`,
    randomUUID(),
    code,
  );
}

async function effects(code: string): Promise<number> {
  return (await database.$queryRawUnsafe<unknown[]>(`SELECT 1 FROM agency WHERE code = $1`, code)).length;
}

async function receipts(id: string): Promise<number> {
  return (await database.$queryRawUnsafe<unknown[]>(`SELECT 1 FROM inbox WHERE message_id = $1::uuid`, id)).length;
}

beforeAll(async () => {
  stack = await testStack();
  database = pgDatabase(stack.databaseUrl('training'), 30);
  work = new UnitOfWork(database);
});

afterAll(async () => {
  await database.close();
  await stack.dispose();
});

describe('a message that is handed over more than once', () => {
  it('has one effect and one reply, in twenty hands at once', async () => {
    const message = messageAt(now);
    let runs = 0;
    const replies = await Promise.all(
      Array.from({ length: 20 }, () =>
        work.once(message, async (tx) => {
          const run = ++runs;
          await enter(tx, 'TWENTY');
          await pause(30);
          return { run, name: 'Sở Công Thương', nested: [{ none: null }] };
        }),
      ),
    );
    expect(runs).toBe(1);
    expect(await effects('TWENTY')).toBe(1);
    expect(replies).toEqual(Array(20).fill({ run: 1, name: 'Sở Công Thương', nested: [{ none: null }] }));
  });

  it('gets the first reply long after', async () => {
    const message = messageAt(now);
    await work.once(message, () => Promise.resolve({ version: 1 }));
    expect(await work.once(message, () => Promise.resolve({ version: 2 }))).toEqual({ version: 1 });
  });

  it('gets null again when that was the reply', async () => {
    const message = messageAt(now);
    expect(await work.once(message, () => Promise.resolve(null))).toBeNull();
    expect(await work.once(message, () => Promise.resolve(null))).toBeNull();
  });

  it('is refused when it came with another request under the same key, and the effect stays the first', async () => {
    const message = { ...messageAt(now), fingerprint: 'first request' };
    const enterOnce = (tx: SqlTx) => enter(tx, 'FINGERPRINT');
    await work.once(message, enterOnce);
    const again = work.once({ ...message, fingerprint: 'other request' }, enterOnce);
    await expect(again).rejects.toThrow(DomainError);
    await expect(again).rejects.toMatchObject({ code: 'idempotency-key-reused' });
    await work.once(message, enterOnce);
    expect(await effects('FINGERPRINT')).toBe(1);
  });
});

describe('an effect that fails', () => {
  it('leaves neither a part of itself nor a receipt, and the next delivery has the effect', async () => {
    const message = messageAt(now);
    const failing = work.once(message, async (tx) => {
      await enter(tx, 'FAILS');
      throw new Error('the ledger is locked');
    });
    await expect(failing).rejects.toThrow('the ledger is locked');
    expect(await effects('FAILS')).toBe(0);
    expect(await receipts(message.id)).toBe(0);
    await work.once(message, (tx) => enter(tx, 'FAILS'));
    expect(await effects('FAILS')).toBe(1);
    expect(await receipts(message.id)).toBe(1);
  });

  it('lets another delivery that waits for it have the effect', async () => {
    const message = messageAt(now);
    let runs = 0;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () =>
        work.once(message, async (tx) => {
          const run = ++runs;
          await enter(tx, 'SECOND-HAND');
          await pause(30);
          if (run === 1) throw new Error('the ledger is locked');
          return run;
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual(Array(4).fill({ status: 'fulfilled', value: 2 }));
    expect(await effects('SECOND-HAND')).toBe(1);
  });
});

describe('many messages in one transaction', () => {
  const hand = (count: number) => Array.from({ length: count }, () => ({ message: messageAt(now) }));

  it('shows the effect only the fresh ones, in the order they came', async () => {
    const all = hand(6);
    const seen = [all[1]!, all[4]!];
    await work.onceEach(seen, () => Promise.resolve());
    const shown: unknown[] = [];
    const fresh = await work.onceEach(all, (_, handed) => Promise.resolve(void shown.push(...handed)));
    expect(shown).toEqual([all[0], all[2], all[3], all[5]]);
    expect(fresh).toEqual(shown);
  });

  it('has no effect at all when none is fresh', async () => {
    const all = hand(3);
    let runs = 0;
    const effect = () => {
      runs += 1;
      return Promise.resolve();
    };
    await work.onceEach(all, effect);
    expect(await work.onceEach(all, effect)).toEqual([]);
    expect(runs).toBe(1);
  });

  it('shows a message once that is twice in one batch', async () => {
    const [first, second] = hand(2);
    const fresh = await work.onceEach([first!, second!, { ...first! }], () => Promise.resolve());
    expect(fresh).toEqual([first, second]);
  });

  it('and one alone agree on what is done', async () => {
    const [first, second] = hand(2);
    await work.once(first!.message, (tx) => enter(tx, 'AGREED'));
    await work.onceEach([first!, second!], async (tx, fresh) => {
      await Promise.all(fresh.map(() => enter(tx, 'AGREED')));
    });
    await work.once(second!.message, (tx) => enter(tx, 'AGREED'));
    expect(await effects('AGREED')).toBe(2);
  });

  it('leaves no receipt of any when the effect fails', async () => {
    const all = hand(3);
    await expect(work.onceEach(all, () => Promise.reject(new Error('the ledger is locked')))).rejects.toThrow('the ledger is locked');
    expect(await work.onceEach(all, () => Promise.resolve())).toEqual(all);
  });

  it('has one effect per message in two hands at once', async () => {
    const all = hand(50);
    const shown: string[] = [];
    const take = () =>
      work.onceEach(all, async (_, fresh) => {
        await pause(20);
        shown.push(...fresh.map(({ message }) => message.id));
      });
    await Promise.all([take(), take(), take()]);
    expect([...shown].sort()).toEqual(all.map(({ message }) => message.id).sort());
  });
});
