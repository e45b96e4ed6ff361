import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
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
}

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
  readonly output: string[] = [];
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
        LOG_LEVEL: 'warn',
        REDIS_URL: options.redisUrl,
        QUEUE_PREFIX: options.queuePrefix,
        SEAL_KEY: randomBytes(32).toString('base64'),
        PUBLIC_URL: `http://127.0.0.1:${String(port)}`,
        PLANS_DIR: join(ROOT, 'plans'),
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
    const keep = (chunk: Buffer): void => {
      this.output.push(`${service}: ${chunk.toString('utf8').trimEnd()}`);
      if (this.output.length > 2000) this.output.splice(0, 1000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.processes.set(service, child);
  }

  /** Ends one process at once, without a chance to tidy up. */
  async kill(service: ServiceName): Promise<void> {
    await this.end(service, 'SIGKILL');
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

  private async end(service: ServiceName, signal: NodeJS.Signals): Promise<void> {
    const child = this.processes.get(service);
    this.processes.delete(service);
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) =>
      child.once('exit', () => {
        resolve();
      }),
    );
    child.kill(signal);
    await ended;
  }
}
