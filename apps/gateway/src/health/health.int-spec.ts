import type { INestMicroservice } from '@nestjs/common';
import request from 'supertest';
import { services } from '#contracts';
import { eventually, testStack, type TestStack } from '#testing';
import type { Readiness } from './readiness.js';
import { roadTo, startGateway, startService, statusOf, type Answers } from '../../../../test/gateway/under-test.js';

describe('health and figures', () => {
  const answers: Answers = {};
  const running = new Map<string, INestMicroservice>();
  let stack: TestStack;
  let road: Awaited<ReturnType<typeof roadTo>>;
  let gateway: Awaited<ReturnType<typeof startGateway>>;

  const ready = () => request(gateway.url).get('/health/ready');
  const down = ({ parts }: Readiness) => parts.filter(({ state }) => state === 'down').map(({ part }) => part);

  beforeAll(async () => {
    stack = await testStack();
    road = await roadTo(stack.redisUrl);
    gateway = await startGateway({ redisUrl: road.url, prefix: stack.prefix });
    for (const service of services) {
      answers[`${service}.status.v1`] = () =>
        statusOf(service, { gauges: [{ name: 'relay_lag_seconds', help: 'h', labels: {}, value: 2 }] });
      running.set(service, await startService(service, answers, stack));
    }
  });
  afterAll(async () => {
    await gateway.close();
    await Promise.all([...running.values()].map((service) => service.close()));
    await road.close();
    await stack.dispose();
  });

  it('is ready when Redis, every service and every database answer', async () => {
    const { body } = await ready().expect(200);
    expect(body).toMatchObject({ ready: true });
    expect(body.parts).toHaveLength(9);
  });

  it('names the database that is down', async () => {
    answers['training.status.v1'] = () => statusOf('training', { database: 'down' });
    const { body } = await ready().expect(503);
    expect(down(body as Readiness)).toEqual(['training.database']);
    answers['training.status.v1'] = () => statusOf('training');
  });

  it('tells the figures of lanes, services and itself', async () => {
    const { text, headers } = await gateway.get('/metrics').expect(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).toContain('dondoc_lane_messages{lane="notifications.email",state="waiting"} 0');
    expect(text).toContain('dondoc_lane_workers{lane="planning.queries"} 1');
    expect(text).toContain('dondoc_relay_lag_seconds{service="planning"} 2');
    expect(text).toMatch(/dondoc_http_request_duration_seconds_count\{method="GET",route="\/health\/ready",status="200"\} 1/);
  });

  it('is not ready, within two seconds, when a service is silent; figures are told all the same', async () => {
    await running.get('ceremony')?.close();
    running.delete('ceremony');
    const startedAt = performance.now();
    const { body } = await ready().expect(503);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(down(body as Readiness)).toEqual(['ceremony']);
    const { text } = await gateway.get('/metrics').expect(200);
    expect(text).toContain('dondoc_service_up{service="ceremony"} 0');
    expect(text).toContain('dondoc_service_up{service="planning"} 1');
  });

  it('bears the loss of Redis: live, not ready, figures, 503 for questions; and is well again after it', async () => {
    road.cut();
    await request(gateway.url).get('/health/live').expect(200);
    const startedAt = performance.now();
    const { body } = await ready().expect(503);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(down(body as Readiness)).toContain('redis');
    expect((await gateway.get('/metrics').expect(200)).text).toContain('dondoc_redis_up 0');
    for (const path of ['/api/v1/plans', '/api/v1/lanes', '/api/v1/dead-letters']) {
      const refused = await gateway.get(path).expect(503);
      expect(refused.headers['retry-after']).toBe('5');
    }
    road.mend();
    answers['planning.list-plans.v1'] = () => ({ items: [], next: null });
    await eventually(async () => (await gateway.get('/api/v1/plans')).status === 200, { within: 20_000 });
  }, 60_000);

  it('stops within a bound while Redis is away', async () => {
    const other = await startGateway({ redisUrl: road.url, prefix: stack.prefix });
    await other.get('/api/v1/plans').expect(200);
    road.cut();
    await other.get('/api/v1/plans').expect(503);
    const startedAt = performance.now();
    await other.close();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    road.mend();
  }, 60_000);
});
