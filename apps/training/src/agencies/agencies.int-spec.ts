import { randomBytes, randomUUID } from 'node:crypto';
import type { INestMicroservice } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Queue } from 'bullmq';
import { z } from 'zod';
import { SystemClock } from '#calendar';
import { ClockModule, ConfigModule, serviceEnv } from '#config';
import { agencyChanged, type Envelope, type PayloadOf, trainingStatus, useSealingKeys } from '#contracts';
import { createService } from '#messaging';
import { AskingModule, QueryClient } from '#messaging/asking';
import { createLogger } from '#observability';
import { eventually, testStack, type TestStack } from '#testing';
import { AppModule } from '../app.module.js';
import { Database } from '../persistence/database.js';
import { AgencyRepository } from './agency.repository.js';

type AgencyChanged = PayloadOf<typeof agencyChanged>;

const industry: AgencyChanged = {
  agencyId: randomUUID(),
  version: 2,
  code: 'SCT',
  name: 'Sở Công Thương',
  nameEn: 'Department of Industry and Trade',
  shortName: 'Sở Công Thương',
  kind: 'department',
  validFrom: '2016-05-01',
  validTo: null,
  successorId: null,
  contacts: [
    { contactId: randomUUID(), role: 'FOCAL', name: 'Nguyễn Thị Lan', email: 'lan@sct.example', phone: '0912345678', language: 'vi' },
  ],
};

function envelopeOf(payload: AgencyChanged, id: string = randomUUID()): Envelope {
  return {
    id,
    name: agencyChanged.name,
    occurredAt: '2020-06-01T00:30:00Z',
    correlationId: randomUUID(),
    causationId: null,
    actor: 'service:planning',
    replyWanted: false,
    deadline: null,
    fingerprint: null,
    payload: z.encode(agencyChanged.payload, payload),
  };
}

let stack: TestStack;
let service: INestMicroservice;
let asker: TestingModule;
let lane: Queue;

/** Starts the service as its main does, on the environment of this file. */
async function start(): Promise<INestMicroservice> {
  const app = await createService(AppModule, {
    service: 'training',
    clock: new SystemClock(),
    redisUrl: stack.redisUrl,
    prefix: stack.prefix,
    logger: createLogger({ service: 'training', level: 'fatal', format: 'json' }),
  });
  await app.listen();
  return app;
}

/** Hands the service a message, under a job of its own, and waits for the end of it. */
async function hand(envelope: Envelope): Promise<void> {
  const job = await lane.add(envelope.name, envelope, { jobId: randomUUID() });
  await eventually(async () => (await job.getState()) === 'completed', { describe: () => `end of ${envelope.id}` });
}

beforeAll(async () => {
  stack = await testStack();
  const sealKey = randomBytes(32).toString('base64');
  useSealingKeys([sealKey]);
  Object.assign(process.env, {
    DATABASE_URL: stack.databaseUrl('training'),
    REDIS_URL: stack.redisUrl,
    QUEUE_PREFIX: stack.prefix,
    SEAL_KEY: sealKey,
  });
  lane = new Queue('training.events', { connection: { url: stack.redisUrl }, prefix: stack.prefix });
  const connection = { redisUrl: stack.redisUrl, prefix: stack.prefix };
  const asking = AskingModule.forRootAsync({ inject: [], useFactory: () => connection });
  asker = await Test.createTestingModule({ imports: [ConfigModule.forService(serviceEnv), ClockModule, asking] }).compile();
  service = await start();
});

afterAll(async () => {
  await service.close();
  await asker.close();
  await lane.close();
  await stack.dispose();
});

describe('training, with every other service down', () => {
  it('keeps an agency that it hears of, without its people', async () => {
    await hand(envelopeOf(industry));
    const kept = await service.get(AgencyRepository).find(industry.agencyId);
    expect(kept).toMatchObject({ code: 'SCT', name: 'Sở Công Thương', version: 2, validTo: null });
    expect(kept?.validFrom.toString()).toBe('2016-05-01');
    expect(JSON.stringify(await service.get(Database).agency.findMany())).not.toMatch(/Lan|lan@sct|0912/);
  });

  it('gives a message that is delivered twice one effect', async () => {
    const agencyId = randomUUID();
    const messageId = randomUUID();
    await hand(envelopeOf({ ...industry, agencyId, version: 1 }, messageId));
    await hand(envelopeOf({ ...industry, agencyId, version: 9, name: 'altered on the second delivery' }, messageId));
    expect(await service.get(AgencyRepository).find(agencyId)).toMatchObject({ version: 1, name: 'Sở Công Thương' });
    expect(await service.get(Database).inbox.count({ where: { messageId } })).toBe(1);
  });

  it('follows a newer version and ignores an older one that comes late', async () => {
    const agencyId = randomUUID();
    const versions = [3, 5, 4, 5].map((version) => ({ ...industry, agencyId, version, name: `version ${String(version)}` }));
    for (const version of versions) await hand(envelopeOf(version));
    expect(await service.get(AgencyRepository).find(agencyId)).toMatchObject({ version: 5, name: 'version 5' });
  });

  it('keeps the newest of versions that are handled at once', async () => {
    const agencyId = randomUUID();
    const versions = Array.from({ length: 20 }, (_, index) => envelopeOf({ ...industry, agencyId, version: ((index * 7) % 20) + 1 }));
    await Promise.all(versions.map(hand));
    expect(await service.get(AgencyRepository).find(agencyId)).toMatchObject({ version: 20 });
  });

  it('answers its status', async () => {
    const status = await asker.get(QueryClient).ask(trainingStatus, {});
    expect(status).toMatchObject({ service: 'training', database: 'up' });
    const agencies = status.gauges.find(({ name }) => name === 'dondoc_agencies');
    expect(agencies?.value).toBeGreaterThan(0);
    expect(status.gauges.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['dondoc_relay_lag_seconds', 'dondoc_event_loop_delay_seconds']),
    );
    expect(status.gauges.find(({ name }) => name === 'dondoc_gauge_sources_failed')?.value).toBe(0);
  });

  it('starts and says so while its database is away', async () => {
    await service.close();
    const databaseUrl = process.env.DATABASE_URL;
    process.env.DATABASE_URL = 'postgresql://nobody@127.0.0.1:1/nowhere';
    const lonely = await start();
    const status = await asker.get(QueryClient).ask(trainingStatus, {}, { timeoutMs: 8_000 });
    expect(status.database).toBe('down');
    await lonely.close();
    process.env.DATABASE_URL = databaseUrl;
    service = await start();
    expect(await asker.get(QueryClient).ask(trainingStatus, {})).toMatchObject({ database: 'up' });
  });
});
