import { randomBytes, randomUUID } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import { Temporal } from 'temporal-polyfill';
import { type dossierDecided, type PayloadOf, useSealingKeys } from '#contracts';
import { messageAt, testStack, type TestStack } from '#testing';
import { AppModule } from '../app.module.js';
import { Database } from '../persistence/database.js';
import { ApprovalsConsumer } from './approvals.consumer.js';
import { DossierDecisionRepository } from './dossier-decision.repository.js';

type Decided = PayloadOf<typeof dossierDecided>;

const returned: Decided = {
  dossierId: randomUUID(),
  version: 3,
  planId: randomUUID(),
  planDocument: '100/KH-UBND',
  code: 'KH-SK-DBSH',
  kind: 'event-plan',
  taskCode: 'IV.1.b',
  outcome: 'returned',
  number: 1,
  approval: null,
  approvedOn: null,
  at: '2020-07-06T03:00:00Z',
};
const approved: Decided = {
  ...returned,
  version: 6,
  outcome: 'approved',
  number: 2,
  approval: '2890/QĐ-UBND',
  approvedOn: '2020-07-18',
  at: '2020-07-20T03:00:00Z',
};
const now = Temporal.Instant.from('2020-07-20T03:00:00Z');

let stack: TestStack;
let app: TestingModule;

beforeAll(async () => {
  stack = await testStack();
  const sealKey = randomBytes(32).toString('base64');
  useSealingKeys([sealKey]);
  Object.assign(process.env, {
    DATABASE_URL: stack.databaseUrl('ceremony'),
    REDIS_URL: stack.redisUrl,
    QUEUE_PREFIX: stack.prefix,
    SEAL_KEY: sealKey,
  });
  app = await Test.createTestingModule({ imports: [AppModule] }).compile();
});
afterAll(async () => {
  await app.close();
  await stack.dispose();
});
beforeEach(() => app.get(Database).dossierDecision.deleteMany());

const hear = (event: Decided, id?: string) => app.get(ApprovalsConsumer).decided(event, messageAt(now, id));
const kept = () => app.get(DossierDecisionRepository).find(returned.dossierId);

describe('a decision on a dossier', () => {
  it('is kept, with the document that approves it', async () => {
    expect(await kept()).toBeUndefined();
    await hear(returned);
    expect(await kept()).toMatchObject({ outcome: 'returned', number: 1, approval: null, approvedOn: null });
    await hear(approved);
    const decision = await kept();
    expect(decision).toMatchObject({ code: 'KH-SK-DBSH', planDocument: '100/KH-UBND', outcome: 'approved', number: 2 });
    expect(decision?.approval).toBe('2890/QĐ-UBND');
    expect(decision?.approvedOn?.toString()).toBe('2020-07-18');
    expect(decision?.decidedAt.toString()).toBe('2020-07-20T03:00:00Z');
  });

  it('that comes late does not undo a newer one', async () => {
    await hear(approved);
    await hear(returned);
    expect(await kept()).toMatchObject({ outcome: 'approved', version: 6 });
  });

  it('has one effect though its message comes twice', async () => {
    const id = randomUUID();
    await hear(returned, id);
    await hear({ ...approved, code: 'altered on the second delivery' }, id);
    expect(await kept()).toMatchObject({ outcome: 'returned', code: 'KH-SK-DBSH' });
    expect(await app.get(Database).inbox.count({ where: { messageId: id } })).toBe(1);
  });

  it('is one, the newest, though several arrive at once', async () => {
    await Promise.all([hear(returned), hear(approved), hear({ ...returned, version: 4 }), hear({ ...returned, version: 5 })]);
    expect(await kept()).toMatchObject({ outcome: 'approved', version: 6 });
  });

  it('is no approval without its document', async () => {
    await expect(hear({ ...approved, approval: null })).rejects.toThrow('dossier_decision_approved');
    expect(await kept()).toBeUndefined();
  });
});
