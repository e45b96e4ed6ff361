import { type Job } from 'bullmq';
import { DomainError, envelopeSchema, isLane, lanes, type Lane } from '#contracts';
import { type LaneQueues } from './lane-queues.js';

export interface LaneState {
  readonly lane: Lane;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly completed: number;
  /** Real seconds since the oldest waiting message was rung; 0 when none waits. */
  readonly oldestWaitingSeconds: number;
  readonly workers: number;
}

export interface DeadLetter {
  readonly lane: Lane;
  readonly messageId: string;
  readonly name: string;
  readonly cause: string;
  readonly reason: string;
  readonly attempts: number;
  /** ISO instant, real time. */
  readonly failedAt: string;
  readonly correlationId: string | null;
  /** As it travelled: sealed values stay sealed. */
  readonly payload: unknown;
}

export interface DeadLetterGroup {
  readonly lane: Lane;
  readonly cause: string;
  readonly count: number;
  readonly names: readonly string[];
  readonly newest: string;
}

/** Dead letters read per lane at most; beyond it groups say "at least". */
const READ_AT_MOST = 5000;
const withDeadLetters = (Object.keys(lanes) as Lane[]).filter((lane) => lanes[lane].deadLetters);

/** The same cause in other words: ids, numbers and quoted values taken out. */
export function causeOf(reason: string): string {
  return (reason.trim().split('\n')[0] ?? '')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '…')
    .replaceAll(/"[^"]*"/g, '"…"')
    .replaceAll(/\d+/g, 'N')
    .slice(0, 200);
}

/** What administrators see of the lanes, and the one thing they do: ring a dead letter again. */
export class LaneInspector {
  constructor(private readonly queues: LaneQueues) {}

  states(): Promise<LaneState[]> {
    return Promise.all((Object.keys(lanes) as Lane[]).map((lane) => this.stateOf(lane)));
  }

  /** Dead letters by lane and cause, most first. */
  async groups(): Promise<DeadLetterGroup[]> {
    const letters = (await Promise.all(withDeadLetters.map((lane) => this.read(lane)))).flat();
    const groups = new Map<string, DeadLetter[]>();
    for (const letter of letters) {
      const key = `${letter.lane} ${letter.cause}`;
      groups.set(key, [...(groups.get(key) ?? []), letter]);
    }
    return [...groups.values()]
      .flatMap((members) => {
        const [first] = members;
        if (!first) return [];
        const newest = members.reduce((latest, letter) => (letter.failedAt > latest ? letter.failedAt : latest), '');
        return [
          {
            lane: first.lane,
            cause: first.cause,
            count: members.length,
            names: [...new Set(members.map((letter) => letter.name))],
            newest,
          },
        ];
      })
      .sort((a, b) => b.count - a.count);
  }

  /** Newest first. @param page offset and limit within the filtered list */
  async list(
    filter: { readonly lane?: string | undefined; readonly cause?: string | undefined },
    page: { readonly offset: number; readonly limit: number },
  ): Promise<DeadLetter[]> {
    const wanted = filter.lane === undefined ? withDeadLetters : [known(filter.lane)];
    const letters = (await Promise.all(wanted.map((lane) => this.read(lane)))).flat();
    return letters
      .filter((letter) => filter.cause === undefined || letter.cause === filter.cause)
      .sort((a, b) => (a.failedAt < b.failedAt ? 1 : -1))
      .slice(page.offset, page.offset + page.limit);
  }

  /** @throws DomainError `dead-letter-not-found` */
  async get(lane: string, messageId: string): Promise<DeadLetter> {
    return letterOf(known(lane), await this.failedJob(lane, messageId));
  }

  /** Rings one again under its id, with all its attempts. @throws DomainError `dead-letter-not-found` when it is not dead (any more) */
  async replay(lane: string, messageId: string): Promise<void> {
    const job = await this.failedJob(lane, messageId);
    await job.retry('failed', { resetAttemptsMade: true });
  }

  /** Rings up to `limit` letters of one cause again, oldest first. Letters that somebody else replayed meanwhile are counted as skipped. */
  async replayGroup(lane: string, cause: string, limit: number): Promise<{ replayed: number; skipped: number }> {
    const letters = (await this.read(known(lane)))
      .filter((letter) => letter.cause === cause)
      .sort((a, b) => (a.failedAt < b.failedAt ? -1 : 1));
    const outcomes = await Promise.allSettled(letters.slice(0, limit).map((letter) => this.replay(lane, letter.messageId)));
    const unexpected = outcomes.find((outcome) => outcome.status === 'rejected' && !(outcome.reason instanceof DomainError));
    if (unexpected?.status === 'rejected') throw unexpected.reason;
    const replayed = outcomes.filter((outcome) => outcome.status === 'fulfilled').length;
    return { replayed, skipped: outcomes.length - replayed };
  }

  /** Round trip to Redis. @throws Error when it cannot be reached */
  async ping(): Promise<void> {
    await this.queues.of('planning.queries').getWaitingCount();
  }

  private async stateOf(lane: Lane): Promise<LaneState> {
    const queue = this.queues.of(lane);
    const [counts, oldest, workers] = await Promise.all([
      queue.getJobCounts('wait', 'active', 'delayed', 'failed', 'completed'),
      queue.getWaiting(0, 0),
      queue.getWorkersCount(),
    ]);
    const since = oldest[0]?.timestamp;
    return {
      lane,
      waiting: counts['wait'] ?? 0,
      active: counts['active'] ?? 0,
      delayed: counts['delayed'] ?? 0,
      failed: counts['failed'] ?? 0,
      completed: counts['completed'] ?? 0,
      oldestWaitingSeconds: since === undefined ? 0 : Math.max(0, (Date.now() - since) / 1000),
      workers,
    };
  }

  private async read(lane: Lane): Promise<DeadLetter[]> {
    const jobs = (await this.queues.of(lane).getFailed(0, READ_AT_MOST - 1)) as Job[];
    return jobs.map((job) => letterOf(lane, job));
  }

  private async failedJob(lane: string, messageId: string): Promise<Job> {
    const queue = this.queues.of(known(lane));
    // The state before the job: a job that was read a moment before it died does not have its reason yet.
    const dead = (await queue.getJobState(messageId)) === 'failed';
    const job = dead ? ((await queue.getJob(messageId)) as Job | undefined) : undefined;
    if (!job) {
      throw new DomainError(
        'dead-letter-not-found',
        `There is no dead letter ${messageId} on ${lane}; it may have been replayed meanwhile.`,
      );
    }
    return job;
  }
}

function known(lane: string): Lane {
  if (!isLane(lane)) throw new DomainError('lane-not-found', `There is no lane ${lane}. Lanes: ${Object.keys(lanes).join(', ')}.`);
  return lane;
}

function letterOf(lane: Lane, job: Job): DeadLetter {
  const envelope = envelopeSchema.safeParse(job.data);
  const reason = job.failedReason || 'no reason was given';
  return {
    lane,
    messageId: job.id ?? '',
    name: job.name,
    cause: causeOf(reason),
    reason,
    attempts: job.attemptsMade,
    failedAt: new Date(job.finishedOn ?? job.timestamp).toISOString(),
    correlationId: envelope.success ? envelope.data.correlationId : null,
    payload: envelope.success ? envelope.data.payload : null,
  };
}
