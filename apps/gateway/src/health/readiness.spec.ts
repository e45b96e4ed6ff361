import type { ServiceStatus } from '#contracts';
import { readinessOf, readinessReply } from './readiness.js';
import type { ServiceAnswer } from './services.js';

const redis = { ms: 1, answer: 'PONG', failure: undefined };
const status = (database: 'up' | 'down'): ServiceStatus => ({
  service: 'planning',
  version: '0.1.0',
  startedAt: '2020-06-01T00:00:00Z',
  businessTime: '2020-06-01T00:00:00Z',
  database,
  gauges: [],
});
const up: ServiceAnswer = { service: 'planning', ms: 12, answer: status('up'), failure: undefined };

describe('readiness', () => {
  it('holds when every part answers', () => {
    expect(readinessOf(redis, [up])).toEqual({
      ready: true,
      parts: [
        { part: 'redis', state: 'up', ms: 1 },
        { part: 'planning', state: 'up', ms: 12 },
        { part: 'planning.database', state: 'up', ms: 12 },
      ],
    });
  });

  it.each<[string, ReturnType<typeof readinessOf>]>([
    ['a service is silent', readinessOf(redis, [up, { service: 'training', ms: 1500, answer: undefined, failure: new Error('nobody') }])],
    ['a database is down', readinessOf(redis, [{ ...up, answer: status('down') }])],
    ['Redis is down', readinessOf({ ms: 1500, answer: undefined, failure: new Error('ECONNREFUSED 10.0.0.5') }, [up])],
  ])('does not hold when %s, and tells nothing of the inside', (_, readiness) => {
    expect(readiness.ready).toBe(false);
    expect(readiness.parts.filter(({ state }) => state === 'down')).toHaveLength(1);
    expect(readinessReply.safeParse(readiness).success).toBe(true);
    expect(JSON.stringify(readiness)).not.toMatch(/ECONNREFUSED|nobody/);
  });
});
