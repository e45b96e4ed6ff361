import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger as Pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { type Clock, SystemClock, TIME_ZONE } from '#calendar';
import { isError, redact, scrubText } from './redact.js';
import { currentTrace } from './trace.js';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
export type LogFormat = 'json' | 'pretty';

export interface LoggerOptions {
  /** Stands in every line. */
  readonly service: string;
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** When given and not the system's, every line carries its time as `businessTime`. */
  readonly clock?: Clock;
  /** Where lines go; standard output unless a test listens. */
  readonly destination?: DestinationStream;
}

/**
 * The logger of a process, for `app.useLogger`: every line carries service, the running story and, on a rehearsal clock, business time.
 * A call is `logger.log('what happened', { facts })`, `logger.error('what failed', error)` or `logger.error(error)`.
 */
export function createLogger(options: LoggerOptions): LoggerService {
  return new StoryLogger(pino(pinoOptions(options), destinationOf(options)));
}

function pinoOptions({ service, level, clock }: LoggerOptions) {
  const rehearsal = clock instanceof SystemClock ? undefined : clock;
  return {
    level,
    base: { service },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => {
      const trace = currentTrace();
      return {
        ...(trace && { correlationId: trace.correlationId, ...(trace.causationId !== null && { causationId: trace.causationId }) }),
        ...(rehearsal && { businessTime: localDateTime(rehearsal) }),
      };
    },
  };
}

/** `2020-06-01T07:30:00+07:00`. */
function localDateTime(clock: Clock): string {
  return clock.now().toString({ timeZone: TIME_ZONE, smallestUnit: 'second' });
}

function destinationOf({ format, destination = pino.destination(1) }: LoggerOptions): DestinationStream {
  if (format === 'json') return destination;
  const prettify = prettyFactory({
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname,service,context,businessTime,correlationId,causationId',
    messageFormat: lineForPeople,
    errorLikeObjectKeys: ['error'],
    singleLine: true,
  });
  return {
    write: (line) => {
      destination.write(prettify(line));
    },
  };
}

/** `training   2020-06-01T07:30  Scheduler: what happened (story 1a2b3c4d)`; the story's first digits are enough to find it in the JSON lines. */
function lineForPeople(line: Record<string, unknown>, textKey: string): string {
  const part = (key: string, before = '', after = ''): string => (typeof line[key] === 'string' ? before + line[key] + after : '');
  const story = typeof line.correlationId === 'string' ? ` (story ${line.correlationId.slice(0, 8)})` : '';
  return part('service').padEnd(14) + part('businessTime', '', '  ') + part('context', '', ': ') + part(textKey) + story;
}

/** How Nest tells that it wires the application: of interest only when it does not work. */
const WIRING = new Set(['InstanceLoader', 'NestFactory', 'NestMicroservice', 'NestApplication', 'RouterExplorer', 'RoutesResolver']);

/** Nest's way to call a logger, turned into one structured line. */
class StoryLogger implements LoggerService {
  constructor(private readonly out: Pino) {}

  fatal(message: unknown, ...more: unknown[]): void {
    this.write('fatal', message, more);
  }

  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more);
  }

  log(message: unknown, ...more: unknown[]): void {
    this.write('info', message, more);
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.write('trace', message, more);
  }

  private write(level: LogLevel, message: unknown, more: readonly unknown[]): void {
    const wiring = level === 'info' && typeof more.at(-1) === 'string' && WIRING.has(String(more.at(-1)));
    const spoken = wiring ? 'debug' : level;
    if (!this.out.isLevelEnabled(spoken)) return;
    const { text, fields } = lineOf(message, more);
    this.out[spoken](fields, text);
  }
}

/** Nest passes the class that logs as the last text, and before it, for errors, a stack. */
function lineOf(message: unknown, more: readonly unknown[]): { text: string; fields: Record<string, unknown> } {
  const context = typeof more.at(-1) === 'string' ? more.at(-1) : undefined;
  const extras = (context === undefined ? more : more.slice(0, -1)).filter((extra) => extra !== undefined);
  const all = typeof message === 'string' ? extras : [message, ...extras];
  const fields = Object.assign({}, context === undefined ? {} : { context }, ...all.map(fieldsOf)) as Record<string, unknown>;
  return { text: scrubText(textOf(message)), fields };
}

function textOf(message: unknown): string {
  if (typeof message === 'string') return message;
  if (isError(message)) return message.message;
  return '';
}

function fieldsOf(extra: unknown): Record<string, unknown> {
  if (isError(extra)) return { error: redact(extra) };
  if (typeof extra === 'string') return { stack: scrubText(extra) };
  const copy = redact(extra);
  return typeof copy === 'object' && copy !== null && !Array.isArray(copy) ? (copy as Record<string, unknown>) : { value: copy };
}
