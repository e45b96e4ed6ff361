import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Controller } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { AcceleratedClock } from '#calendar';
import { agencyChanged, DomainError, lanes, obligationsSettled, trainingStatus } from '#contracts';
import { currentTrace } from '#observability';
import { eventually, testStack, type TestStack } from '#testing';
import { LaneInspector } from './lane-inspector.js';
import { type LaneQueues } from './lane-queues.js';
import { On } from './on.js';
import {
  agency,
  createTraining,
  ended,
  envelopeOf,
  EventsConsumer,
  startTraining,
  StatusConsumer,
  type Training,
  Works,
} from './training.int-fixture.js';
import { cancel, snooze } from './verdict.js';

const policy = lanes['training.events'];
const done = () => Promise.resolve(undefined);

/** 1000 business seconds per real one. */
const clock = new AcceleratedClock({ start: Temporal.Instant.from('2020-06-01T08:00+07:00'), speed: 1000, epoch: Date.now() });

let stack: TestStack;
let training: Training;
let queues: LaneQueues;

beforeAll(async () => {
  stack = await testStack();
  training = await startTraining(stack, clock);
  queues = training.queues;
});

afterAll(async () => {
  await training.close();
  await stack.dispose();
});

@Controller()
class SecondEventsConsumer {
  @On(agencyChanged)
  changed(): Promise<undefined> {
    return done();
  }
}

@Controller()
class UndeclaredConsumer {
  @On(obligationsSettled)
  settled(): Promise<undefined> {
    return done();
  }
}

describe('a service that is wired wrongly', () => {
  const missing = (name: string) => `no handler for ${name}: add a method with @On(...) to a consumer`;
  const twice = `two handlers for ${agencyChanged.name}: remove one`;
  const undeclared = `a handler for ${obligationsSettled.name}, which training neither owns nor subscribed to: see subscriptions.ts`;

  it.each([
    ['a missing handler', [EventsConsumer], [missing(trainingStatus.name)]],
    ['a doubled handler', [EventsConsumer, SecondEventsConsumer, StatusConsumer], [twice]],
    ['an undeclared handler', [EventsConsumer, StatusConsumer, UndeclaredConsumer], [undeclared]],
    ['everything at once', [EventsConsumer, SecondEventsConsumer, UndeclaredConsumer], [missing(trainingStatus.name), twice, undeclared]],
  ])('does not start with %s, and says which', async (_, controllers, problems) => {
    const workers = await queues.of('training.events').getWorkersCount();
    const app = await createTraining(stack, new Works(), controllers);
    await expect(app.listen()).rejects.toThrow(new Error(`training does not start:\n  ${problems.join('\n  ')}`));
    expect(await queues.of('training.events').getWorkersCount()).toBe(workers);
    await app.close();
  });
});

describe('a message that can never be read', () => {
  const personal = ['Nguyễn Thị Lan', 'lan@sct.example', '0912345678'];
  const people = { ...agency, agencyId: 'Nguyễn Thị Lan', version: '0912345678' }; // in clear, which no sender does

  it.each([
    ['no envelope at all', 'Nguyễn Thị Lan', /^broken envelope: \(whole\): invalid_type$/],
    [
      'a broken envelope',
      { ...envelopeOf(), correlationId: 'lan@sct.example', actor: '0912345678'.repeat(11), payload: people },
      /^broken envelope: correlationId: invalid_format; actor: too_big$/,
    ],
    [
      'a broken payload',
      envelopeOf({ payload: people }),
      /^broken payload of planning\.agency-changed\.v1: agencyId: invalid_format; version: invalid_type; contacts\.0\.name: invalid_format; contacts\.0\.email: /,
    ],
    [
      'a value sealed with a foreign key',
      envelopeOf({ payload: { ...agency, contacts: [{ ...agency.contacts[0], name: 'sealed.1.xx', email: 'sealed.1.xx', phone: null }] } }),
      /contacts\.0\.name: sealed with a key this service does not have, or altered on the way;/,
    ],
    ['a message of somebody else', envelopeOf({ name: 'ceremony.rehearsed.v1' }), /^no handler for ceremony\.rehearsed\.v1 in training$/],
  ])('fails at once: %s', async (_, data, reason) => {
    let handled = 0;
    if (typeof data === 'object')
      training.works.events.set(data.id, () => {
        handled += 1;
        return Promise.resolve(undefined);
      });
    const job = await ended(queues, await training.giveBroken(data), 'failed');
    expect(job.attemptsMade).toBe(1);
    expect(job.failedReason).toMatch(reason);
    for (const value of personal) expect(`${job.failedReason} ${job.stacktrace?.join()}`).not.toContain(value);
    expect(handled).toBe(0);
  });
});

describe('a handler that throws', () => {
  it('is tried again after the pauses of its lane, and then succeeds', async () => {
    const starts: number[] = [];
    const attempts: number[] = [];
    const job = await training.give((_, message) => {
      starts.push(performance.now());
      attempts.push(message.attempt);
      return message.attempt < 3 ? Promise.reject(new Error('the ledger is locked')) : done();
    });
    await ended(queues, job, 'completed');
    expect(attempts).toEqual([1, 2, 3]);
    const [first = 0, second = 0, third = 0] = starts;
    // A timer may be a millisecond early; how late depends on the machine.
    expect(second - first).toBeGreaterThanOrEqual(policy.backoff.first / 2 - 5);
    expect(second - first).toBeLessThan(policy.backoff.first + 1_000);
    expect(third - second).toBeGreaterThanOrEqual(policy.backoff.first - 5);
    expect(third - second).toBeLessThan(2 * policy.backoff.first + 1_000);
  });

  it('makes a dead letter of its message at the attempts of the lane, which stays until somebody decides', async () => {
    const attempts: number[] = [];
    const job = await training.give((_, message) => {
      attempts.push(message.attempt);
      return Promise.reject(new Error('the ledger is locked'));
    });
    const hurry = async () => {
      const state = await job.getState();
      if (state === 'delayed') await job.promote();
      return state === 'failed';
    };
    await eventually(hurry, { every: 5 });
    expect(attempts).toEqual(Array.from({ length: policy.attempts }, (_, index) => index + 1));

    await ended(queues, await training.give(done), 'completed');
    const inspector = new LaneInspector(queues);
    const letter = { name: agencyChanged.name, reason: 'the ledger is locked', attempts: policy.attempts };
    expect(await inspector.get('training.events', job.id!)).toMatchObject(letter);
    expect(attempts).toHaveLength(policy.attempts);

    training.works.events.set(job.id!, (_, message) => Promise.resolve(void attempts.push(message.attempt)));
    await inspector.replay('training.events', job.id!);
    await ended(queues, job, 'completed');
    expect(attempts.slice(policy.attempts)).toEqual([1]);
  });

  it('blocks nothing behind it, nor does a message that cannot be read', async () => {
    const many = Array.from({ length: 4 * policy.concurrency });
    const broken = await Promise.all(many.map(() => training.giveBroken('poison')));
    const throwing = await Promise.all(many.map(() => training.give(() => Promise.reject(new Error('poison')))));
    await ended(queues, await training.give(done), 'completed', 3_000);
    expect(new Set(await Promise.all(broken.map((job) => job.getState())))).toEqual(new Set(['failed']));
    // None of them is finished or lost: each waits for its next attempt, or is in it.
    for (const job of throwing) expect(['delayed', 'waiting', 'active']).toContain(await job.getState());
  });
});

describe('a verdict', () => {
  it('snooze comes back at its business time', async () => {
    const until = clock.now().add({ minutes: 12 });
    const calls: Temporal.Instant[] = [];
    const job = await training.give(() => {
      calls.push(clock.now());
      return Promise.resolve(calls.length === 1 ? snooze(until) : undefined);
    });
    await ended(queues, job, 'completed');
    expect(calls).toHaveLength(2);
    const late = calls[1]!.since(until).total('milliseconds') / clock.speed;
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(1_000);
  });

  it('snooze uses up no attempt, however often it is given', async () => {
    const attempts: number[] = [];
    const job = await training.give((_, message) => {
      attempts.push(message.attempt);
      if (attempts.length === 5) return Promise.reject(new Error('the ledger is locked'));
      return Promise.resolve(attempts.length <= policy.attempts + 3 ? snooze(clock.now().add({ seconds: 20 })) : undefined);
    });
    await ended(queues, job, 'completed');
    expect(attempts).toEqual(Array.from({ length: policy.attempts + 4 }, (_, index) => (index < 5 ? 1 : 2)));
  });

  it('snooze until a time that has passed comes back at once', async () => {
    let calls = 0;
    const job = await training.give(() => Promise.resolve(++calls === 1 ? snooze(clock.now().subtract({ hours: 5 })) : undefined));
    await ended(queues, job, 'completed', 2_000);
    expect(calls).toBe(2);
  });

  it('cancel is a dead letter at once, with the reason', async () => {
    const attempts: number[] = [];
    const given = await training.give((_, message) => {
      attempts.push(message.attempt);
      return Promise.resolve(cancel('the agency was dissolved'));
    });
    const job = await ended(queues, given, 'failed');
    expect(job).toMatchObject({ attemptsMade: 1, failedReason: 'cancelled: the agency was dissolved' });
    expect(attempts).toEqual([1]);
  });

  it('a domain error of an event is a dead letter at once, with its code', async () => {
    const attempts: number[] = [];
    const given = await training.give((_, message) => {
      attempts.push(message.attempt);
      return Promise.reject(new DomainError('agency-unknown', 'There is no such agency.'));
    });
    const job = await ended(queues, given, 'failed');
    expect(job).toMatchObject({ attemptsMade: 1, failedReason: 'agency-unknown: There is no such agency.' });
    expect(attempts).toEqual([1]);
  });
});

describe('a handler', () => {
  it('gets the payload opened, while in Redis it stays sealed', async () => {
    const payloads: unknown[] = [];
    const job = await training.give((payload) => Promise.resolve(void payloads.push(payload)));
    await ended(queues, job, 'completed');
    expect(payloads).toEqual([agency]);
    expect(JSON.stringify(job.data)).not.toMatch(/Nguyễn Thị Lan|lan@sct|0912345678/);
  });

  it('runs within the story of its message', async () => {
    const id = randomUUID();
    const story = { correlationId: randomUUID(), causationId: randomUUID(), actor: 'account-7' };
    const seen: unknown[] = [];
    const job = await training.give(
      async (_, message) => {
        seen.push(message, currentTrace());
        await pause(5);
        seen.push(currentTrace());
      },
      { id, ...story, occurredAt: '2020-06-01T08:00:00+07:00', fingerprint: 'digest' },
    );
    await ended(queues, job, 'completed');
    const trace = { ...story, causationId: id };
    const occurredAt = Temporal.Instant.from('2020-06-01T01:00:00Z');
    expect(seen).toEqual([{ id, name: agencyChanged.name, ...story, occurredAt, fingerprint: 'digest', attempt: 1 }, trace, trace]);
  });
});

describe('a service that stops', () => {
  it('finishes what it holds, takes nothing new and leaves that to the next', async () => {
    const own = { redisUrl: stack.redisUrl, prefix: stack.prefix.replace('}', '-stopping}') };
    const stopping = await startTraining(own);
    const steps: string[] = [];
    const inHand = await stopping.give(async () => {
      steps.push('begun');
      await pause(600);
      steps.push('finished');
    });
    await eventually(() => steps.includes('begun'));
    const closing = stopping.app.close().then(() => steps.push('stopped'));
    await pause(150);
    const late = await stopping.give(() => Promise.resolve(void steps.push('late')));
    await closing;
    expect(steps).toEqual(['begun', 'finished', 'stopped']);
    expect(await inHand.getState()).toBe('completed');
    expect(await late.getState()).toBe('waiting');

    const next = await startTraining(own);
    next.works.events.set(late.id!, () => Promise.resolve(void steps.push('taken over')));
    await ended(next.queues, late, 'completed');
    expect(steps.at(-1)).toBe('taken over');
    await next.close();
    await stopping.queues.close();
  });
});
