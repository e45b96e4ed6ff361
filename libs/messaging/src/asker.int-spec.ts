import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CalendarYearMissingError, SystemClock } from '#calendar';
import { ceremonyStatus, DomainError, type Envelope, type ServiceStatus, submitReport, trainingStatus } from '#contracts';
import { withTrace } from '#observability';
import { testStack, type TestStack } from '#testing';
import { Asker, MessageFailed, NobodyAnswered } from './asker.js';
import { LaneQueues } from './lane-queues.js';
import { QueryClient } from './query-client.js';
import { ended, envelopeOf, removeLanes, startTraining, type Training } from './training.int-fixture.js';

const status: ServiceStatus = {
  service: 'training',
  version: '1.0.0',
  startedAt: '2020-06-01T00:30:00Z',
  businessTime: '2020-06-01T00:30:00Z',
  database: 'up',
  gauges: [],
};

let stack: TestStack;
let training: Training;
let asker: Asker;
let client: QueryClient;

const question = (changes: Partial<Envelope> = {}) => envelopeOf({ name: trainingStatus.name, payload: {}, replyWanted: true, ...changes });

/** What the asker was told, and after how many real milliseconds. */
async function refused(asking: Promise<unknown>): Promise<{ error: unknown; after: number }> {
  const start = performance.now();
  const error: unknown = await asking.then(
    () => new Error('it was answered'),
    (reason: unknown) => reason,
  );
  return { error, after: performance.now() - start };
}

beforeAll(async () => {
  stack = await testStack();
  training = await startTraining(stack);
  asker = new Asker(training.queues, stack);
  client = new QueryClient(asker, new SystemClock());
});

afterAll(async () => {
  await asker.close();
  await removeLanes(training.queues, ['ceremony.queries']);
  await training.close();
  await stack.dispose();
});

describe('a query', () => {
  it('is answered', async () => {
    training.works.answer = () => Promise.resolve(status);
    expect(await client.ask(trainingStatus, {})).toEqual(status);
  });

  it('gets its own answer among many', async () => {
    training.works.answer = async (message) => {
      await pause(Math.random() * 30);
      return { ...status, version: message.correlationId };
    };
    const stories = Array.from({ length: 60 }, () => randomUUID());
    const answers = await Promise.all(
      stories.map((correlationId) =>
        withTrace({ correlationId, causationId: null, actor: 'account-7' }, () => client.ask(trainingStatus, {})),
      ),
    );
    expect(answers.map(({ version }) => version)).toEqual(stories);
  });

  it('tells the asker a domain error with its code and details, and is no dead letter', async () => {
    const error = new DomainError('class-unknown', 'There is no such class.', [{ field: 'classId' }]);
    training.works.answer = () => Promise.reject(error);
    const envelope = question();
    const told = await refused(asker.ask(trainingStatus, envelope, 3_000));
    expect(told.error).toBeInstanceOf(DomainError);
    expect(told.error).toMatchObject({ code: error.code, message: error.message, details: error.details });
    expect(await training.queues.of('training.queries').getJobState(envelope.id)).toBe('completed');
  });

  it('tells the asker which year the calendar lacks, and is no dead letter', async () => {
    training.works.answer = () => Promise.reject(new CalendarYearMissingError(2099));
    const envelope = question();
    const told = await refused(asker.ask(trainingStatus, envelope, 3_000));
    expect(told.error).toMatchObject({ code: 'calendar-year-missing', message: expect.stringContaining('plans/calendar/2099.yaml') });
    expect(await training.queues.of('training.queries').getJobState(envelope.id)).toBe('completed');
  });

  it('whose reply breaks the contract is an error, not an answer', async () => {
    training.works.answer = () => Promise.resolve({ ...status, database: 'asleep' } as unknown as ServiceStatus);
    const { error } = await refused(client.ask(trainingStatus, {}));
    expect(error).toBeInstanceOf(MessageFailed);
    expect(String(error)).toContain('training.status.v1 failed');
    expect(String(error)).toContain('database');
  });

  it('whose handler throws is an error at once: a lane of queries tries nothing again', async () => {
    let calls = 0;
    training.works.answer = () => {
      calls++;
      return Promise.reject(new Error('the ledger is locked'));
    };
    const { error, after } = await refused(client.ask(trainingStatus, {}));
    expect(error).toBeInstanceOf(MessageFailed);
    expect(String(error)).toContain('the ledger is locked');
    expect(after).toBeLessThan(1_500);
    expect(calls).toBe(1);
  });
});

describe('nobody answers', () => {
  it('when nobody works the lane: said within the deadline, with the remedy, and the question is taken back', async () => {
    const { error, after } = await refused(client.ask(ceremonyStatus, {}, { timeoutMs: 400 }));
    expect(error).toBeInstanceOf(NobodyAnswered);
    expect(String(error)).toContain('ceremony did not answer on ceremony.queries: nobody listens to this lane; start the service');
    expect(after).toBeGreaterThanOrEqual(395);
    expect(after).toBeLessThan(1_500);
    expect(await training.queues.of('ceremony.queries').getJobCounts()).toMatchObject({ waiting: 0, active: 0, delayed: 0 });
  });

  it('when the handler is too slow', async () => {
    training.works.answer = async () => {
      await pause(900);
      return status;
    };
    const { error, after } = await refused(client.ask(trainingStatus, {}, { timeoutMs: 300 }));
    expect(error).toBeInstanceOf(NobodyAnswered);
    expect(String(error)).toContain('no answer within 300 ms');
    expect(after).toBeLessThan(900);
  });

  it('when the message has expired: it is not carried out', async () => {
    let calls = 0;
    training.works.answer = () => {
      calls++;
      return Promise.resolve(status);
    };
    const { error } = await refused(asker.ask(trainingStatus, question({ deadline: Date.now() - 1 }), 3_000));
    expect(error).toBeInstanceOf(NobodyAnswered);
    expect(String(error)).toContain('it came too late and was not carried out');
    expect(calls).toBe(0);
    // The deadline alone decides: the same question with time left is answered.
    await asker.ask(trainingStatus, question({ deadline: Date.now() + 3_000 }), 3_000);
    expect(calls).toBe(1);
  });

  it('when an event has expired, which nobody waits for: it is finished without its effect', async () => {
    let calls = 0;
    const job = await training.give(
      () => {
        calls += 1;
        return Promise.resolve(undefined);
      },
      { deadline: Date.now() - 1 },
    );
    await ended(training.queues, job, 'completed');
    expect(calls).toBe(0);
  });

  describe('because Redis is away from the beginning', () => {
    const away = { redisUrl: 'redis://127.0.0.1:1', prefix: '{dondoc-nowhere}' };

    it.each([
      ['a query', trainingStatus, question()],
      ['a command with an Idempotency-Key', submitReport, envelopeOf({ name: submitReport.name, fingerprint: 'digest' })],
    ])('%s is refused soon', async (_, contract, envelope) => {
      const queues = new LaneQueues(away);
      const lonely = new Asker(queues, away);
      const { error, after } = await refused(Promise.race([lonely.ask(contract, envelope, 1_000), pause(8_000)]));
      expect(error).toBeInstanceOf(NobodyAnswered);
      expect(String(error)).toContain('Redis cannot be reached');
      expect(after).toBeLessThan(6_000);
      await lonely.close();
      await queues.close();
    });
  });
});
