import type { ServiceStatus } from '#contracts';
import { type LaneState } from '#messaging/asking';
import { figures } from './metrics.js';
import type { ServiceAnswer } from './services.js';

const lane: LaneState = {
  lane: 'planning.events',
  waiting: 3,
  active: 1,
  delayed: 2,
  failed: 4,
  completed: 9,
  oldestWaitingSeconds: 1.5,
  workers: 2,
};
const status = (gauges: ServiceStatus['gauges']): ServiceStatus => ({
  service: '',
  version: '0.1.0',
  startedAt: '2020-06-01T00:00:00Z',
  businessTime: '2020-06-01T00:00:00Z',
  database: 'up',
  gauges,
});
const up = (service: ServiceAnswer['service'], gauges: ServiceStatus['gauges'] = []): ServiceAnswer => ({
  service,
  ms: 20,
  answer: status(gauges),
  failure: undefined,
});

describe('the figures of the system', () => {
  it('tell the depth of lanes, the age of the oldest message, dead letters and workers', async () => {
    const text = await figures([lane], []);
    expect(text).toContain('dondoc_redis_up 1');
    expect(text).toContain('dondoc_lane_messages{lane="planning.events",state="delayed"} 2');
    expect(text).toContain('dondoc_lane_oldest_waiting_seconds{lane="planning.events"} 1.5');
    expect(text).toContain('dondoc_dead_letters{lane="planning.events"} 4');
    expect(text).toContain('dondoc_lane_workers{lane="planning.events"} 2');
  });

  it('pass on what services say of themselves, one family for all of them', async () => {
    const text = await figures(
      [],
      [
        up('planning', [{ name: 'sweep-lag_seconds', help: 'Age of the oldest due step', labels: { kind: 'x' }, value: 7 }]),
        up('notifications', [{ name: 'dondoc_relay_lag_seconds', help: 'h', labels: {}, value: 1 }]),
        up('training', [{ name: 'dondoc_relay_lag_seconds', help: 'h', labels: {}, value: 2 }]),
      ],
    );
    expect(text).toContain('dondoc_sweep_lag_seconds{kind="x",service="planning"} 7');
    expect(text).toContain('dondoc_relay_lag_seconds{service="notifications"} 1');
    expect(text).toContain('dondoc_relay_lag_seconds{service="training"} 2');
    expect(text.match(/# TYPE dondoc_relay_lag_seconds/g)).toHaveLength(1);
  });

  it('are there when a service is silent and Redis is down', async () => {
    const text = await figures(undefined, [{ service: 'ceremony', ms: 1000, answer: undefined, failure: new Error('nobody') }]);
    expect(text).toContain('dondoc_redis_up 0');
    expect(text).toContain('dondoc_service_up{service="ceremony"} 0');
    expect(text).not.toContain('dondoc_service_database_up');
  });
});
