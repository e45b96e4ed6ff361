import type { INestMicroservice } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { DomainError } from '#contracts';
import { cancel, type Message } from '#messaging';
import { type DeadLetterGroup } from '#messaging/asking';
import { testStack, type TestStack } from '#testing';
import { startGateway, startService, type Answers } from '../../../test/gateway/under-test.js';

const REPORT = '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c11';
const CORRELATION = '0e4d1f6a-8f0b-4f6e-9c39-1f2c7c0a9d55';
const moved = { reportId: REPORT, state: 'accepted' as const, version: 4, at: '2020-06-30T03:00:00Z', late: false };
const agency = {
  agencyId: randomUUID(),
  code: 'SCT',
  name: 'Sở Công Thương',
  nameEn: 'Department of Industry and Trade',
  shortName: 'SCT',
  kind: 'department',
  reportsTo: null,
  validFrom: '2020-01-01',
  validTo: null,
  successor: null,
  contacts: [
    { contactId: randomUUID(), role: 'FOCAL' as const, name: 'Nguyễn Thị Mẫu', email: 'mau@sct.example', phone: null, reachable: true },
  ],
  seedId: null,
  assumption: null,
};

describe('the gateway before a service', () => {
  const answers: Answers = {};
  let stack: TestStack;
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  let planning: INestMicroservice;

  beforeAll(async () => {
    stack = await testStack();
    gateway = await startGateway(stack);
    planning = await startService('planning', answers, stack);
  });
  afterAll(async () => {
    await gateway.close();
    await planning.close();
    await stack.dispose();
  });

  it('asks the service that knows, and hands over what was sealed on the way', async () => {
    const asked: unknown[] = [];
    answers['planning.list-agencies.v1'] = (payload, message) => {
      asked.push(payload, message.correlationId, message.actor);
      return { items: [agency], next: 'SCT' };
    };
    const response = await gateway.get('/api/v1/agencies?limit=1').set('X-Correlation-Id', CORRELATION).expect(200);
    expect(response.body).toEqual({ items: [agency], next: 'SCT' });
    expect(response.headers.link).toBe('</api/v1/agencies?limit=1&after=SCT>; rel="next"');
    expect(response.headers['x-correlation-id']).toBe(CORRELATION);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['x-powered-by']).toBeUndefined();
    expect(asked).toEqual([{ limit: 1 }, CORRELATION, 'admin']);
  });

  it('makes a correlation id where none, or a bad one, was given', async () => {
    answers['planning.list-agencies.v1'] = () => ({ items: [], next: null });
    const response = await gateway.get('/api/v1/agencies').set('X-Correlation-Id', 'x" onload="').expect(200);
    expect(response.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.link).toBeUndefined();
  });

  it('hands a plan file over as it came, also after a body that was read in pieces', async () => {
    const yaml = `# Kế hoạch\ntitle: "Sản phẩm chủ lực"\n${'# '.padEnd(200_000, 'ệ')}\n`;
    let seen: { fileName: string; yaml: string; correlationId: string } | undefined;
    answers['planning.import-plan.v1'] = (payload: { fileName: string; yaml: string }, message: Message) => {
      seen = { ...payload, correlationId: message.correlationId };
      return { planId: REPORT, documentNumber: '100/KH-UBND', changed: true, changes: [], reportsOpened: 12 };
    };
    const response = await gateway
      .post('/api/v1/plans/import?fileName=100-kh-ubnd-2020.yaml')
      .set('Content-Type', 'text/yaml; charset=utf-8')
      .set('X-Correlation-Id', CORRELATION)
      .send(yaml)
      .expect(200);
    expect(response.body).toMatchObject({ documentNumber: '100/KH-UBND', reportsOpened: 12 });
    expect(seen).toEqual({ fileName: '100-kh-ubnd-2020.yaml', yaml, correlationId: CORRELATION });
  });

  it('gives a request repeated under its Idempotency-Key one effect and one answer, and refuses another under the same key', async () => {
    const effects: string[] = [];
    answers['planning.accept-report.v1'] = (_payload, message) => {
      effects.push(message.id);
      return { ...moved, version: effects.length };
    };
    const accept = (key: string | undefined, body: object) => {
      const post = gateway.post(`/api/v1/reports/${REPORT}/accept`);
      return (key === undefined ? post : post.set('Idempotency-Key', key)).send(body);
    };
    const [first, second] = await Promise.all([accept('k-1', { seenVersion: 3 }), accept('k-1', { seenVersion: 3 })]);
    const third = await accept('k-1', { seenVersion: 3 });
    expect([first.status, second.status, third.status]).toEqual([200, 200, 200]);
    expect([second.body, third.body]).toEqual([first.body, first.body]);
    expect(effects).toHaveLength(1);

    const reused = await accept('k-1', { seenVersion: 4 }).expect(422);
    expect(reused.body).toMatchObject({ code: 'idempotency-key-reused' });
    await accept('k-2', { seenVersion: 3 }).expect(200);
    await accept(undefined, { seenVersion: 3 }).expect(200);
    await accept(undefined, { seenVersion: 3 }).expect(200);
    expect(new Set(effects).size).toBe(4);
  });

  it('says a refusal of the service as a problem document, with every error', async () => {
    const details = [{ path: 'version', message: 'is 5' }];
    answers['planning.accept-report.v1'] = () => {
      throw new DomainError('changed-meanwhile', 'The report has changed. Read it again.', details);
    };
    const response = await gateway.post(`/api/v1/reports/${REPORT}/accept`).set('X-Correlation-Id', CORRELATION).expect(409);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.body).toEqual({
      type: 'urn:dondoc:problem:changed-meanwhile',
      title: 'Conflict',
      status: 409,
      detail: 'The report has changed. Read it again.',
      instance: `urn:uuid:${CORRELATION}`,
      code: 'changed-meanwhile',
      errors: details,
    });
  });

  it('tells a failure of the service from a refusal, and nothing of its inside', async () => {
    answers['planning.get-report.v1'] = () => {
      throw new Error('connect ECONNREFUSED 10.1.2.3:5432');
    };
    const response = await gateway.get(`/api/v1/reports/${REPORT}`).expect(502);
    expect(response.body).toMatchObject({ code: 'service-failed' });
    expect(response.text).not.toContain('10.1.2.3');
  });

  it('says 503 with Retry-After within its deadline when nobody answers', async () => {
    const startedAt = performance.now();
    const response = await gateway.get('/api/v1/messages').expect(503);
    expect(response.headers['retry-after']).toBe('5');
    expect(response.body).toMatchObject({ code: 'nobody-answered' });
    expect(performance.now() - startedAt).toBeLessThan(4_500);
  });

  it('shows dead letters by cause and rings them again, each once', async () => {
    answers['planning.waive-obligation.v1'] = () => cancel('the plan was withdrawn');
    await gateway.post(`/api/v1/obligations/${REPORT}/waive`).set('Idempotency-Key', 'w-1').send({ reason: 'rút' }).expect(502);
    const lanes = await gateway.get('/api/v1/lanes').expect(200);
    expect(lanes.body.items).toContainEqual(expect.objectContaining({ lane: 'planning.commands', failed: 1, workers: 1 }));

    const groups = await gateway.get('/api/v1/dead-letters').expect(200);
    const [group] = (groups.body.items as DeadLetterGroup[]).filter(({ lane }) => lane === 'planning.commands');
    expect(group).toMatchObject({ count: 1, names: ['planning.waive-obligation.v1'], cause: expect.stringContaining('withdrawn') });
    const list = await gateway.get('/api/v1/dead-letters/list').query({ lane: group?.lane, cause: group?.cause }).expect(200);
    const [letter] = list.body.items;
    expect(letter).toMatchObject({ payload: { obligationId: REPORT, reason: 'rút' }, correlationId: expect.any(String) });
    const address = `/api/v1/dead-letters/${letter.lane}/${letter.messageId}`;
    expect((await gateway.get(address).expect(200)).body).toEqual(letter);

    let again = 0;
    answers['planning.waive-obligation.v1'] = () => {
      again += 1;
      return { obligationId: REPORT, state: 'waived', generation: 1, dueOn: '2020-06-25', version: 2 };
    };
    expect((await gateway.post('/api/v1/dead-letters/replay').send({ lane: group?.lane, cause: group?.cause }).expect(200)).body).toEqual({
      replayed: 1,
      skipped: 0,
    });
    const answer = await gateway
      .post(`/api/v1/obligations/${REPORT}/waive`)
      .set('Idempotency-Key', 'w-1')
      .send({ reason: 'rút' })
      .expect(200);
    expect(answer.body).toMatchObject({ state: 'waived' });
    expect(again).toBe(1);
    await gateway.post(`${address}/replay`).expect(404);
    await gateway.post(`/api/v1/dead-letters/no.lane/${letter.messageId}/replay`).expect(404);
  });

  it('finishes what it has in hand when it is told to stop', async () => {
    const other = await startGateway(stack);
    const steps = new EventEmitter();
    const [entered, released] = [once(steps, 'entered'), once(steps, 'released')];
    answers['planning.get-report.v1'] = async () => {
      steps.emit('entered');
      await released;
      throw new DomainError('not-found', 'There is no such report.');
    };
    const asked = other.get(`/api/v1/reports/${REPORT}`).then(({ status }) => status);
    await entered;
    const closed = other.close();
    steps.emit('released');
    expect(await asked).toBe(404);
    await closed;
  });
});
