import { Logger } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { FixedClock } from '#calendar';
import { serviceStatus } from '#contracts';
import { processGauges, StatusGauges, statusOf } from './index.js';

const clock = new FixedClock(Temporal.Instant.from('2020-06-01T00:30:00Z'));
const parts = { service: 'training', clock, ping: () => Promise.resolve() };

beforeAll(() => {
  Logger.overrideLogger(false);
});

describe('statusOf', () => {
  it('answers in the shape of the contract, with the gauges of every module', async () => {
    const gauges = new StatusGauges();
    gauges.contribute(() => [{ name: 'dondoc_agencies', help: 'Agencies known', labels: { kind: 'x' }, value: 3 }]);
    gauges.contribute(processGauges());
    const status = serviceStatus.parse(await statusOf({ ...parts, gauges }));
    expect(status).toMatchObject({ service: 'training', version: '0.1.0', database: 'up', businessTime: '2020-06-01T00:30:00.000Z' });
    const names = status.gauges.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['dondoc_agencies', 'dondoc_memory_resident_bytes', 'dondoc_event_loop_delay_seconds']));
    expect(status.gauges.find(({ name }) => name === 'dondoc_memory_resident_bytes')?.value).toBeGreaterThan(10_000_000);
  });

  it('says that the database is down and leaves out the gauges that need it', async () => {
    const gauges = new StatusGauges();
    const away = () => Promise.reject(new Error('ECONNREFUSED'));
    gauges.contribute(away);
    gauges.contribute(() => [{ name: 'dondoc_queue', help: 'Something else', labels: {}, value: 1 }]);
    const status = await statusOf({ ...parts, gauges, ping: away });
    expect(status.database).toBe('down');
    expect(status.gauges.map(({ name, value }) => [name, value])).toEqual([
      ['dondoc_queue', 1],
      ['dondoc_gauge_sources_failed', 1],
    ]);
  });

  it('does not wait for a database that never answers', async () => {
    const gauges = new StatusGauges();
    const silence = () => new Promise<never>(() => undefined);
    gauges.contribute(silence);
    const started = performance.now();
    expect((await statusOf({ ...parts, gauges, ping: silence })).database).toBe('down');
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});
