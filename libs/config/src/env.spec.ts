import { Temporal } from 'temporal-polyfill';
import { Test } from '@nestjs/testing';
import { Clock } from '#calendar';
import {
  ClockModule,
  ConfigModule,
  Env,
  EnvironmentError,
  gatewayEnv,
  loadEnv,
  notificationsEnv,
  serviceEnv,
  type NotificationsEnv,
} from './index.js';

const KEY = Buffer.alloc(32, 7).toString('base64');
const OTHER_KEY = Buffer.alloc(32, 9).toString('base64');
const service = {
  DATABASE_URL: 'postgresql://training:s3cret-pw@db.example:5432/dondoc',
  REDIS_URL: 'redis://127.0.0.1:6379',
  SEAL_KEY: KEY,
};
const gateway = { REDIS_URL: 'rediss://:pw@redis.example:6380', SEAL_KEY: KEY, ADMIN_TOKEN: 'x'.repeat(24) };

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  throw new Error('the environment was accepted');
}

describe('loadEnv', () => {
  it('reads a service environment, with defaults for what may be left out', () => {
    expect(loadEnv(serviceEnv, service)).toEqual({
      ...service,
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      LOG_FORMAT: 'json',
      QUEUE_PREFIX: '{dondoc}',
      SEAL_KEY: [KEY],
      PLANS_DIR: './plans',
    });
  });

  it('takes several sealing keys, the first first', () => {
    expect(loadEnv(serviceEnv, { ...service, SEAL_KEY: `${OTHER_KEY}, ${KEY}` }).SEAL_KEY).toEqual([OTHER_KEY, KEY]);
  });

  it('reads numbers as numbers', () => {
    expect(loadEnv(gatewayEnv, { ...gateway, PORT: '0' })).toMatchObject({ PORT: 0, HOST: '127.0.0.1' });
    const mail = { SMTP_URL: 'smtp://127.0.0.1:1025', MAIL_FROM: 'Đôn đốc <dondoc@hanoi.example>', SMTP_CONNECTIONS: '20' };
    expect(loadEnv(notificationsEnv, { ...service, ...mail })).toMatchObject({ SMTP_CONNECTIONS: 20 });
  });

  it('names every bad key with its remedy at once', () => {
    const message = refusal(() => loadEnv(serviceEnv, { DATABASE_URL: 'mysql://db.example', REDIS_URL: '  ', LOG_LEVEL: 'loud' }));
    expect(message).toMatch(/DATABASE_URL is not valid: Set postgresql:/);
    expect(message).toMatch(/REDIS_URL is missing: Set redis:/);
    expect(message).toMatch(/SEAL_KEY is missing: .*openssl rand -base64 32/);
    expect(message).toMatch(/LOG_LEVEL is not valid: Set fatal, error/);
  });

  it.each([
    ['SEAL_KEY', 'hunter2-is-no-key'],
    ['SEAL_KEY', `${KEY},hunter2`],
    ['DATABASE_URL', 'hunter2'],
    ['REDIS_URL', 'http://hunter2'],
    ['QUEUE_PREFIX', 'hunter2'],
    ['CLOCK_START', 'hunter2'],
    ['CLOCK_SPEED', '0d'],
    ['CLOCK_EPOCH', 'hunter2'],
  ])('refuses a bad %s without printing it', (key, value) => {
    const message = refusal(() => loadEnv(serviceEnv, { ...service, [key]: value }));
    expect(message).toContain(`${key} is not valid`);
    expect(message).not.toContain(value);
  });

  it('refuses a token that can be guessed and a port that is none', () => {
    const message = refusal(() => loadEnv(gatewayEnv, { ...gateway, ADMIN_TOKEN: 'admin', PORT: '70000' }));
    expect(message).toMatch(/ADMIN_TOKEN is not valid: Set at least 24 characters/);
    expect(message).toMatch(/PORT is not valid/);
    expect(message).not.toMatch(/70000|: admin/);
  });

  it('refuses a rehearsal whose processes would disagree about the time', () => {
    expect(refusal(() => loadEnv(serviceEnv, { ...service, CLOCK_START: '2020-06-01T07:30', CLOCK_SPEED: '1d' }))).toMatch(
      /CLOCK_EPOCH is missing/,
    );
  });
});

describe('Env and Clock, injected', () => {
  it('gives the values of the schema and refuses keys of another process', () => {
    const env: Env = new Env(loadEnv(serviceEnv, service));
    expect(env.get('PLANS_DIR')).toBe('./plans');
    expect(env.get('CLOCK_START')).toBeUndefined();
    expect(() => (env as unknown as Env<NotificationsEnv>).get('SMTP_URL')).toThrow('SMTP_URL is not part of this process');
  });

  it('gives every module the clock that the environment asks for', async () => {
    const rehearsal = { CLOCK_START: '2020-06-01T07:30', CLOCK_SPEED: '1d', CLOCK_EPOCH: String(Date.UTC(2999, 0)) };
    const module = await Test.createTestingModule({ imports: [ConfigModule.forService(serviceEnv), ClockModule] })
      .overrideProvider(Env)
      .useValue(new Env(loadEnv(serviceEnv, { ...service, ...rehearsal })))
      .compile();
    const clock = module.get(Clock);
    expect(clock.speed).toBe(86_400);
    expect(clock.now()).toEqual(Temporal.Instant.from('2020-06-01T00:30:00Z'));
  });
});
