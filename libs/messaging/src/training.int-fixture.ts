import { randomBytes, randomUUID } from 'node:crypto';
import { Controller, Inject, type INestMicroservice, type Type } from '@nestjs/common';
import type { Job } from 'bullmq';
import { z } from 'zod';
import { type Clock, SystemClock } from '#calendar';
import { agencyChanged, type Envelope, type Event, handledBy, type Lane, type PayloadOf, trainingStatus, useSealingKeys } from '#contracts';
import { createLogger } from '#observability';
import { eventually } from '#testing';
import { jobOptions, LaneQueues, type QueueConnection } from './lane-queues.js';
import type { Message } from './message.js';
import { type Handled, On } from './on.js';
import { createService } from './service.js';

useSealingKeys([randomBytes(32).toString('base64')]);

export type AgencyChanged = PayloadOf<typeof agencyChanged>;
export type Work = (payload: AgencyChanged, message: Message) => Promise<Handled<typeof agencyChanged>>;
type Answering = (message: Message) => Promise<Handled<typeof trainingStatus>>;

/** What the handlers do. Each event has its own work, so that tests which share a service do not see each other's retries. */
export class Works {
  readonly events = new Map<string, Work>();
  answer: Answering = () => Promise.reject(new Error('no answer was set'));
}

@Controller()
export class EventsConsumer {
  constructor(@Inject(Works) private readonly works: Works) {}

  @On(agencyChanged)
  changed(payload: AgencyChanged, message: Message): Promise<Handled<typeof agencyChanged>> {
    const work = this.works.events.get(message.id);
    return work ? work(payload, message) : Promise.reject(new Error('no work was set'));
  }
}

@Controller()
export class StatusConsumer {
  constructor(@Inject(Works) private readonly works: Works) {}

  @On(trainingStatus)
  status(_payload: PayloadOf<typeof trainingStatus>, message: Message): Promise<Handled<typeof trainingStatus>> {
    return this.works.answer(message);
  }
}

export const agency: AgencyChanged = {
  agencyId: randomUUID(),
  version: 1,
  code: 'SCT',
  name: 'Sở Công Thương',
  nameEn: 'Department of Industry and Trade',
  shortName: 'Sở CT',
  kind: 'department',
  validFrom: '2016-05-01',
  validTo: null,
  successorId: null,
  contacts: [
    { contactId: randomUUID(), role: 'FOCAL', name: 'Nguyễn Thị Lan', email: 'lan@sct.example', phone: '0912345678', language: 'vi' },
  ],
};

export function envelopeOf(changes: Partial<Envelope> = {}): Envelope {
  return {
    id: randomUUID(),
    name: agencyChanged.name,
    occurredAt: '2020-06-01T00:30:00Z',
    correlationId: randomUUID(),
    causationId: null,
    actor: 'service:planning',
    replyWanted: false,
    deadline: null,
    fingerprint: null,
    payload: z.encode(agencyChanged.payload, agency),
    ...changes,
  };
}

export interface Training {
  readonly app: INestMicroservice;
  readonly works: Works;
  readonly queues: LaneQueues;
  /** Rings one event, as the relay does, with what its handler is to do. */
  give(work: Work, changes?: Partial<Envelope>): Promise<Job>;
  /** Rings what no relay would send. */
  giveBroken(data: unknown): Promise<Job>;
  /** Stops the service and removes its lanes. */
  close(): Promise<void>;
}

/** Everything else that the service answers for: it does not start without, and nobody here asks for it. */
@Controller()
class OthersConsumer {}
for (const contract of handledBy('training')) {
  if (contract.name === agencyChanged.name || contract.name === trainingStatus.name) continue;
  const descriptor: TypedPropertyDescriptor<() => Promise<undefined>> = { value: () => Promise.resolve(undefined) };
  Object.defineProperty(OthersConsumer.prototype, contract.name, descriptor);
  On(contract as Event)(OthersConsumer.prototype, contract.name, descriptor);
}

class TrainingUnderTest {
  readonly name = 'training';
}

/** A service `training` of these controllers, not yet listening. */
export function createTraining(connection: QueueConnection, works: Works, controllers: Type[], clock: Clock = new SystemClock()) {
  return createService(
    { module: TrainingUnderTest, controllers: [...controllers, OthersConsumer], providers: [{ provide: Works, useValue: works }] },
    { service: 'training', clock, ...connection, logger: createLogger({ service: 'training', level: 'fatal', format: 'json' }) },
  );
}

export async function startTraining(connection: QueueConnection, clock?: Clock): Promise<Training> {
  const works = new Works();
  const queues = new LaneQueues(connection);
  const app = await createTraining(connection, works, [EventsConsumer, StatusConsumer], clock);
  await app.listen();
  const lane = queues.of('training.events');
  const kept = async (id: string) => (await lane.getJob(id)) as Job;
  return {
    app,
    works,
    queues,
    give: async (work, changes) => {
      const envelope = envelopeOf(changes);
      works.events.set(envelope.id, work);
      await queues.ring('training.events', [envelope]);
      return await kept(envelope.id);
    },
    giveBroken: (data) => lane.add(agencyChanged.name, data, jobOptions('training.events', randomUUID())),
    close: async () => {
      await app.close();
      await removeLanes(queues, ['training.events', 'training.queries']);
      await queues.close();
    },
  };
}

export async function removeLanes(queues: LaneQueues, lanes: readonly Lane[]): Promise<void> {
  await Promise.all(lanes.map((lane) => queues.of(lane).obliterate({ force: true })));
}

/** Waits for the end of a message. @returns the job as it is kept */
export async function ended(queues: LaneQueues, job: Job, how: 'completed' | 'failed', within = 10_000): Promise<Job> {
  await eventually(async () => (await job.getState()) === how, { within, describe: () => `${job.name} ${how}` });
  return (await queues.of(job.queueName).getJob(job.id ?? '')) as Job;
}
