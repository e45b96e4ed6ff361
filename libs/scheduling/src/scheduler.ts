import { Logger } from '@nestjs/common';
import cron from 'node-cron';
import { Temporal } from 'temporal-polyfill';
import { type Clock } from '#calendar';
import type { SqlDatabase } from '#messaging';
import { newTrace, scrubText, withTrace } from '#observability';
import { dueOccurrences } from './due.js';
import { RunBook } from './run-book.js';
import { occurrenceAfter, occurrenceUntil, type Schedule } from './schedule.js';

/** Real milliseconds between ticks on an accelerated clock, where a second holds many occurrences. */
const METRONOME = 20;
/** Real milliseconds before a schedule asks the database again after it did not answer. */
const PAUSE_AFTER_TROUBLE = 1_000;
/** Real milliseconds that a stopping process waits for the runs in hand; what is left is taken up at the next occurrence. */
const STOP_WITHIN = 10_000;

/** What an operator may ask of a schedule. Instants are business time. */
export interface ScheduleState {
  readonly task: string;
  readonly running: boolean;
  readonly next: Temporal.Instant | undefined;
  /** Newest occurrence that this process ran. */
  readonly lastRun: Temporal.Instant | undefined;
  readonly done: number;
  readonly failed: number;
  /** Times that occurrences were left out by the schedule's policy. */
  readonly leftOut: number;
}

/** A schedule with what this process knows of it. */
interface Track {
  readonly schedule: Schedule;
  running: Promise<void> | undefined;
  /** Everything up to here is decided; undefined until the book was read. */
  considered: Temporal.Instant | undefined;
  next: Temporal.Instant | undefined;
  lastRun: Temporal.Instant | undefined;
  prunedAt: Temporal.Instant | undefined;
  /** Reading of the monotonic clock before which the database is left alone. */
  pausedUntil: number;
  done: number;
  failed: number;
  leftOut: number;
}

export interface SchedulerParts {
  /** Actor of the stories that runs begin: `service:<name>`. */
  readonly service: string;
  readonly database: SqlDatabase;
  readonly clock: Clock;
  readonly schedules: readonly Schedule[];
}

/**
 * Runs schedules on business time. Any number of replicas may do so on one database: an occurrence runs in one of them.
 * @throws Error at construction when a cron expression is not valid or two schedules have one id
 */
export class Scheduler {
  private readonly logger = new Logger(Scheduler.name);
  private readonly book: RunBook;
  private readonly tracks: readonly Track[];
  private previousTick: Temporal.Instant;
  private stopTicking: (() => Promise<void>) | undefined;
  private stopping = false;

  constructor(private readonly parts: SchedulerParts) {
    this.book = new RunBook(parts.database);
    this.previousTick = parts.clock.now();
    this.tracks = parts.schedules.map((schedule) => newTrack(schedule, this.previousTick));
    const ids = new Set(parts.schedules.map(({ id }) => id));
    if (ids.size < parts.schedules.length) throw new Error('two schedules have one id: give each its own');
  }

  /** Begins to tick: every real second, and 50 times a second on an accelerated clock. */
  start(): void {
    const everySecond = cron.schedule(
      '* * * * * *',
      () => {
        this.tick();
      },
      { suppressMissedWarning: true },
    );
    const metronome =
      this.parts.clock.speed > 1
        ? setInterval(() => {
            this.tick();
          }, METRONOME)
        : undefined;
    this.stopTicking = async () => {
      clearInterval(metronome);
      await everySecond.destroy();
    };
  }

  /** Starts what is due and not running; returns at once. Failures are logged and recorded, never thrown. */
  tick(): void {
    if (this.stopping) return;
    const now = this.parts.clock.now();
    const previousTick = this.previousTick;
    this.previousTick = now;
    for (const track of this.tracks) {
      if (track.running || performance.now() < track.pausedUntil) continue;
      if (track.next && Temporal.Instant.compare(now, track.next) < 0) continue;
      track.running = this.attend(track, now, previousTick).finally(() => {
        track.running = undefined;
      });
    }
  }

  /** Resolves when no run is in hand any more; for tests and for shutdown. */
  async idle(): Promise<void> {
    await Promise.all(this.tracks.flatMap(({ running }) => running ?? []));
  }

  /** Ends ticking and waits for the runs in hand, at most 10 real seconds. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.stopTicking?.();
    let timer: NodeJS.Timeout | undefined;
    const expired = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, STOP_WITHIN);
    });
    await Promise.race([this.idle(), expired]);
    clearTimeout(timer);
    const tasks = this.tracks.filter(({ running }) => running !== undefined).map(({ schedule }) => schedule.id);
    if (tasks.length > 0) this.logger.warn('Stopping while schedules still run; the next occurrence does what they leave', { tasks });
  }

  state(): readonly ScheduleState[] {
    return this.tracks.map(({ schedule, running, next, lastRun, done, failed, leftOut }) => ({
      task: schedule.id,
      running: running !== undefined,
      next,
      lastRun,
      done,
      failed,
      leftOut,
    }));
  }

  private async attend(track: Track, now: Temporal.Instant, previousTick: Temporal.Instant): Promise<void> {
    const { schedule } = track;
    try {
      track.considered ??= await this.resume(track, now);
      const due = dueOccurrences(schedule, track.considered, now, previousTick);
      if (due.leftOut) track.leftOut += 1;
      if (due.leftOut && schedule.missed === 'all') {
        this.logger.warn('More occurrences were missed than are made up for at once; the oldest are left out', { task: schedule.id });
      }
      for (const occurrence of due.occurrences) {
        await this.claimAndRun(track, occurrence);
        track.considered = occurrence;
        if (this.stopping) return;
      }
      track.considered = now;
      track.next = occurrenceAfter(schedule, now);
      await this.pruneDaily(track, now);
    } catch (error) {
      track.pausedUntil = performance.now() + PAUSE_AFTER_TROUBLE;
      this.logger.error('The book of runs does not answer; the schedule waits for it', error, { task: schedule.id });
    }
  }

  /** Where the service left off. The very first start enters the occurrence before it, so that an outage right after it is noticed too. */
  private async resume(track: Track, now: Temporal.Instant): Promise<Temporal.Instant> {
    const { schedule } = track;
    const last = await this.book.lastRun(schedule.id, now);
    if (last) return last;
    const before = occurrenceUntil(schedule, now);
    if (schedule.runAtStart) await this.claimAndRun(track, before);
    else if (await this.book.claim(schedule.id, before)) await this.book.finish(schedule.id, before, 'first start');
    return before;
  }

  private async claimAndRun(track: Track, runAt: Temporal.Instant): Promise<void> {
    const { schedule } = track;
    if (!(await this.book.claim(schedule.id, runAt))) return;
    track.lastRun = runAt;
    const outcome = await withTrace(newTrace(`service:${this.parts.service}`), () => this.run(schedule, runAt));
    if (outcome === 'done') track.done += 1;
    else track.failed += 1;
    await this.book.finish(schedule.id, runAt, outcome);
  }

  private async run(schedule: Schedule, runAt: Temporal.Instant): Promise<string> {
    try {
      await schedule.run(runAt);
      return 'done';
    } catch (error) {
      this.logger.error('A scheduled run failed; the next occurrence does what it leaves', error, {
        task: schedule.id,
        runAt: runAt.toString(),
      });
      return `failed: ${scrubText(error instanceof Error ? error.message : 'a value that is no error was thrown')}`;
    }
  }

  private async pruneDaily(track: Track, now: Temporal.Instant): Promise<void> {
    if (track.prunedAt && Temporal.Instant.compare(now, track.prunedAt.add({ hours: 24 })) < 0) return;
    await this.book.prune(track.schedule.id, now);
    track.prunedAt = now;
  }
}

/** An expression that is not valid stops the start, not the first tick. */
function refuseBadCron(schedule: Schedule, now: Temporal.Instant): void {
  try {
    occurrenceAfter(schedule, now);
  } catch (cause) {
    throw new Error(`schedule ${schedule.id}: "${schedule.cron}" is no cron expression; write five fields, or six with seconds first`, {
      cause,
    });
  }
}

function newTrack(schedule: Schedule, now: Temporal.Instant): Track {
  refuseBadCron(schedule, now);
  return {
    schedule,
    running: undefined,
    considered: undefined,
    next: undefined,
    lastRun: undefined,
    prunedAt: undefined,
    pausedUntil: 0,
    done: 0,
    failed: 0,
    leftOut: 0,
  };
}
