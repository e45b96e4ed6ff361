import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Temporal } from 'temporal-polyfill';
import { AcceleratedClock, parseClockStart, parseSpeed } from '#calendar';
import { eventually } from '#testing';

const ROOT = join(import.meta.dirname, '../..');
export const services = ['planning', 'training', 'ceremony', 'notifications', 'gateway'] as const;
export type ServiceName = (typeof services)[number];

export interface SystemOptions {
  databaseUrl: (service: string) => string;
  redisUrl: string;
  queuePrefix: string;
  smtpUrl: string;
  /** Local business time of the start, e.g. `2020-05-15T07:30`, and business time per real second, e.g. `1d`. */
  from: string;
  speed: string;
  smtpConnections?: number;
  /** `warn` unless told. */
  logLevel?: 'info' | 'warn';
}

/** How a process ended that was asked to. */
export interface Ended {
  readonly service: ServiceName;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Real milliseconds from the signal to the end. */
  readonly took: number;
}

/** Real milliseconds after which a process that was asked to end is ended. */
const PATIENCE = 20_000;
/** Lines kept of what the processes say. */
const KEPT_LINES = 50_000;

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => {
        resolve(port);
      });
    });
  });
}

/** The five processes as `npm start` runs them, on one accelerated clock, with their output kept for the case that something fails. */
export class System {
  readonly clock: AcceleratedClock;
  /** `<service>: <line>`, newest last. */
  readonly output: string[] = [];
  /** Processes that ended without being asked to. */
  readonly fallen: string[] = [];
  private readonly processes = new Map<ServiceName, ChildProcess>();
  private readonly token = randomBytes(24).toString('hex');

  private constructor(
    private readonly options: SystemOptions,
    private readonly environment: Record<string, string>,
    private readonly port: number,
    epoch: number,
  ) {
    this.clock = new AcceleratedClock({ start: parseClockStart(options.from), speed: parseSpeed(options.speed), epoch });
  }

  static async start(options: SystemOptions): Promise<System> {
    const port = await freePort();
    // The year begins when everybody is ready, so that a slow start of the processes costs no business time.
    const epoch = performance.timeOrigin + performance.now() + 6000;
    const system = new System(
      options,
      {
        PATH: process.env['PATH'] ?? '',
        NODE_ENV: 'production',
        LOG_FORMAT: 'json',
        LOG_LEVEL: options.logLevel ?? 'warn',
        REDIS_URL: options.redisUrl,
        QUEUE_PREFIX: options.queuePrefix,
        SEAL_KEY: randomBytes(32).toString('base64'),
        PUBLIC_URL: `http://127.0.0.1:${String(port)}`,
        PLANS_DIR: join(ROOT, 'plans'),
        ATTACHMENTS_DIR: join(ROOT, '.local/test-attachments'),
        CLOCK_START: options.from,
        CLOCK_SPEED: options.speed,
        CLOCK_EPOCH: String(Math.round(epoch)),
      },
      port,
      Math.round(epoch),
    );
    for (const service of services) system.launch(service);
    await system.ready();
    return system;
  }

  launch(service: ServiceName): void {
    const own =
      service === 'gateway' ? { PORT: String(this.port), ADMIN_TOKEN: this.token } : { DATABASE_URL: this.options.databaseUrl(service) };
    const mail =
      service === 'notifications'
        ? {
            SMTP_URL: this.options.smtpUrl,
            MAIL_FROM: 'OCOP Hà Nội <don-doc@hanoi.example>',
            SMTP_CONNECTIONS: String(this.options.smtpConnections ?? 10),
          }
        : {};
    const child = spawn(process.execPath, [join(ROOT, `dist/apps/${service}/src/main.js`)], {
      cwd: ROOT,
      env: { ...this.environment, ...own, ...mail },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        this.output.push(`${service}: ${line}`);
        if (this.output.length > KEPT_LINES) this.output.splice(0, KEPT_LINES / 2);
      });
    }
    child.once('exit', (code, signal) => {
      if (this.processes.get(service) === child) this.fallen.push(`${service} (${String(signal ?? code)})`);
    });
    this.processes.set(service, child);
  }

  /** Ends one process at once, without a chance to tidy up. */
  async kill(service: ServiceName): Promise<void> {
    await this.end(service, 'SIGKILL');
  }

  /** Asks one process to end, as a deployment does. */
  terminate(service: ServiceName): Promise<Ended> {
    return this.end(service, 'SIGTERM');
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await Promise.all([...this.processes.keys()].map((service) => this.end(service, signal)));
  }

  startAll(): void {
    for (const service of services) this.launch(service);
  }

  async ready(): Promise<void> {
    await eventually(
      async () => (await fetch(`http://127.0.0.1:${String(this.port)}/health/ready`).catch(() => undefined))?.status === 200,
      {
        within: 30_000,
        describe: () => `all services ready; they said:\n${this.output.slice(-40).join('\n')}`,
      },
    );
  }

  /** Waits until business time is `local`, e.g. `2020-06-16T08:00` in Asia/Ho_Chi_Minh. */
  async reach(local: string): Promise<void> {
    const at = parseClockStart(local);
    await eventually(() => Temporal.Instant.compare(this.clock.now(), at) >= 0, {
      within: this.clock.realMillisUntil(at) + 10_000,
      describe: () => `business time reaches ${local}, is ${this.clock.now().toString()}`,
    });
  }

  /** One request to the whole address, answered whatever it is. With the token unless `init` has an authorization of its own. */
  request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${this.token}`);
    return fetch(`http://127.0.0.1:${String(this.port)}${path}`, { ...init, headers });
  }

  /** A call to the API. Unsafe calls carry an Idempotency-Key and are repeated on 503, as the API invites callers to. */
  async api<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const key = randomUUID();
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(`http://127.0.0.1:${String(this.port)}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.token}`,
          'idempotency-key': key,
          ...(body === undefined ? {} : { 'content-type': typeof body === 'string' ? 'application/yaml' : 'application/json' }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }).catch(() => undefined);
      if (response?.ok) return (await response.json()) as T;
      if ((response && response.status !== 503) || attempt === 40) {
        throw new Error(`${method} ${path}: ${String(response?.status)} ${(await response?.text()) ?? 'no answer'}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** Every item of a paged list. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let after: string | null = '';
    while (after !== null) {
      const separator = path.includes('?') ? '&' : '?';
      const page: { items: T[]; next: string | null } = await this.api(
        'GET',
        `${path}${separator}limit=200${after ? `&after=${encodeURIComponent(after)}` : ''}`,
      );
      items.push(...page.items);
      after = page.next;
    }
    return items;
  }

  private async end(service: ServiceName, asked: NodeJS.Signals): Promise<Ended> {
    const child = this.processes.get(service);
    this.processes.delete(service);
    if (child?.exitCode !== null || child.signalCode !== null)
      return { service, code: child?.exitCode ?? null, signal: child?.signalCode ?? null, took: 0 };
    const at = performance.now();
    const ended = new Promise<Ended>((resolve) =>
      child.once('exit', (code, signal) => {
        resolve({ service, code, signal, took: performance.now() - at });
      }),
    );
    child.kill(asked);
    const enough = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    return await ended.finally(() => {
      clearTimeout(enough);
    });
  }
}
