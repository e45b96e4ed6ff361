/*
 * npm start: everything on one machine. PostgreSQL from its npm package, a private Redis, a mailbox with a page, migrations, five services, the plan
 * imported. DATABASE_URL (an administrator's), REDIS_URL, SMTP_URL and PORT replace the parts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { actingAgencies } from './parts/agencies.mjs';
import { Api } from './parts/api.mjs';
import { buildWhenStale } from './parts/build.mjs';
import { keep } from './parts/keeper.mjs';
import { forget, lastBusinessTime, localFolder, rememberBusinessTime, secrets } from './parts/local-state.mjs';
import { migrateAll, serviceUrl } from './parts/migrations.mjs';
import { isFree } from './parts/ports.mjs';
import { Processes } from './parts/processes.mjs';
import { finalReport } from './parts/report.mjs';
import { databaseServices, processes as services, root } from './parts/services.mjs';

const HELP = `npm start -- [options]

  --from 2020-06-01T07:30   business time of the start (Asia/Ho_Chi_Minh); default: where the last run stopped, else 2020-06-08T07:30, two days
                            before the plan's first reminders
  --speed 1d                business time per real second: 1d, 6h, 30m, 1s; default 3h
  --until 2020-12-31        stop at the end of this business day, print what happened, exit 0 only when the audit holds
  --real-time               run on the real clock instead
  --quiet-agencies          nobody submits anything; every ladder runs to its end
  --fresh                   forget what earlier runs left in .local/
  --help

The plan is of 2020, so without --real-time its year is rehearsed on an accelerated clock, and agencies submit through the API.
DATABASE_URL, REDIS_URL, SMTP_URL and PORT replace the parts that are started otherwise.
`;

/** @type {(() => Promise<void>)[]} */
const endings = [];
let ending = false;
const started = performance.now();
const tell = (/** @type {string} */ message) =>
  process.stdout.write(`[${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s] ${message}\n`);

/** @param {number} code */
async function end(code) {
  if (ending) return;
  ending = true;
  for (const stop of endings.reverse()) await stop().catch((error) => process.stderr.write(`while stopping: ${error.message}\n`));
  process.exit(code);
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        from: { type: 'string' },
        speed: { type: 'string', default: '3h' },
        until: { type: 'string' },
        'real-time': { type: 'boolean', default: false },
        'quiet-agencies': { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.until && !/^\d{4}-\d\d-\d\d$/.test(values.until)) throw new Error('--until takes a day: 2020-12-31');
    if (values.from && !/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(values.from)) throw new Error('--from takes a day and a time: 2020-06-01T07:30');
    if (!/^\d+(\.\d+)?[smhd]$/.test(values.speed)) throw new Error('--speed takes business time per second: 1d, 6h, 30m or 1s');
    return values;
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}

/** Business time of the run, the same in every process. @param {ReturnType<typeof options>} chosen */
function clockOf(chosen) {
  if (chosen['real-time']) return undefined;
  const start = chosen.from ?? lastBusinessTime() ?? '2020-06-08T07:30';
  const startMillis = Date.parse(/Z$/.test(start) ? start : `${start}:00+07:00`);
  const [, amount, unit] = /^([\d.]+)([smhd])$/.exec(chosen.speed) ?? [];
  const speed = (Number(amount) * { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit ?? 's']) / 1000;
  const epoch = Date.now() + 3000;
  return {
    environment: { CLOCK_START: new Date(startMillis).toISOString(), CLOCK_SPEED: chosen.speed, CLOCK_EPOCH: String(epoch) },
    now: () => startMillis + Math.max(0, Date.now() - epoch) * speed,
  };
}

async function main() {
  const chosen = options();
  if (chosen.help) return process.stdout.write(HELP);
  process.once('SIGINT', () => void end(130));
  process.once('SIGTERM', () => void end(143));
  process.once('SIGHUP', () => void end(129));
  if (chosen.fresh) forget();
  const secret = secrets();
  const port = Number(process.env.PORT ?? 3000);
  if (!(await isFree(port))) throw new Error(`Port ${port} is taken by another program. Stop it, or choose another: PORT=3001 npm start`);

  tell('building what has changed');
  buildWhenStale();
  tell(process.env.DATABASE_URL ? 'using the PostgreSQL of DATABASE_URL' : 'starting PostgreSQL');
  const postgres = process.env.DATABASE_URL
    ? undefined
    : await keep('postgres', { folder: join(localFolder, 'postgres', 'data'), password: secret.postgres });
  if (postgres) endings.push(postgres.stop);
  const adminUrl = process.env.DATABASE_URL ?? postgres?.url ?? '';
  tell(process.env.REDIS_URL ? 'using the Redis of REDIS_URL' : 'starting Redis');
  const redis = process.env.REDIS_URL ? undefined : await keep('redis', { folder: join(localFolder, 'redis') }, tell);
  if (redis) endings.push(redis.stop);
  tell(process.env.SMTP_URL ? 'using the mail server of SMTP_URL' : 'starting the mailbox');
  const catcher = process.env.SMTP_URL
    ? undefined
    : await keep('catcher', { folder: join(localFolder, 'mail'), ...((await isFree(1080)) ? { webPort: 1080 } : {}) });
  if (catcher) endings.push(catcher.stop);
  tell('migrating the databases');
  const applied = await migrateAll(adminUrl, secret.passwords);
  const count = Object.values(applied).flat().length;
  tell(count === 0 ? 'databases are up to date' : `applied ${count} migrations`);

  const clock = clockOf(chosen);
  const address = `http://127.0.0.1:${port}`;
  const environment = {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'production',
    LOG_FORMAT: 'pretty',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    REDIS_URL: process.env.REDIS_URL ?? redis?.url ?? '',
    SEAL_KEY: secret.sealKey,
    PUBLIC_URL: process.env.PUBLIC_URL ?? address,
    PLANS_DIR: join(root, 'plans'),
    ...(clock?.environment ?? {}),
  };
  tell('starting five services');
  const running = new Processes((name, code) => {
    if (ending) return; // Ctrl-C reaches the services too
    process.stderr.write(`${name} ended by itself (code ${code}); its last lines are above.\n`);
    void end(1);
  });
  endings.push(() => running.stop());
  for (const service of services) {
    running.start(service, join(root, `dist/apps/${service}/src/main.js`), {
      ...environment,
      ...(databaseServices.includes(service) ? { DATABASE_URL: serviceUrl(adminUrl, service, secret.passwords[service] ?? '') } : {}),
      ...(service === 'notifications'
        ? {
            SMTP_URL: process.env.SMTP_URL ?? catcher?.smtpUrl ?? '',
            MAIL_FROM: process.env.MAIL_FROM ?? 'Đôn đốc OCOP Hà Nội <don-doc@hanoi.example>',
          }
        : {}),
      ...(service === 'gateway' ? { PORT: String(port), ADMIN_TOKEN: process.env.ADMIN_TOKEN ?? secret.adminToken } : {}),
    });
  }
  const api = new Api(address, process.env.ADMIN_TOKEN ?? secret.adminToken);
  const patience = Date.now() + 60_000;
  while (!(await api.isReady())) {
    if (Date.now() > patience)
      throw new Error(`The services are not ready after a minute: see ${address}/health/ready and their lines above.`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  tell('importing plans/100-kh-ubnd-2020.yaml');
  const plan = await api.call(
    'POST',
    '/plans/import?fileName=100-kh-ubnd-2020.yaml',
    readFileSync(join(root, 'plans/100-kh-ubnd-2020.yaml'), 'utf8'),
  );
  tell(
    `plan ${plan.documentNumber}: ${plan.changed ? `${plan.changes.length} changes` : 'unchanged'}, ${plan.reportsOpened} reports opened`,
  );
  process.stdout.write(`
  API and its page   ${address}/api/docs
  mailbox            ${catcher?.pageUrl ?? `the mail server at ${new URL(process.env.SMTP_URL ?? '').host}`}
  health, metrics    ${address}/health/ready   ${address}/metrics
  token              ${process.env.ADMIN_TOKEN ?? secret.adminToken}
  business time      ${clock ? `${local(clock.now())}, ${chosen.speed} per second` : 'real time'}
  Ctrl-C stops everything; the next start goes on from here.

`);
  if (!clock) return;
  endings.push(async () => rememberBusinessTime(clock.now()));
  if (!chosen['quiet-agencies']) {
    const agencies = actingAgencies(api, clock.now);
    endings.push(agencies.stop);
  }
  if (chosen.until) await runUntil(chosen.until, clock, api, plan.planId);
}

/** @param {string} day @param {{ now: () => number }} clock @param {Api} api @param {string} planId */
async function runUntil(day, clock, api, planId) {
  const last = Date.parse(`${day}T23:59:00+07:00`);
  let shown = '';
  while (clock.now() < last) {
    const month = local(clock.now()).slice(3, 10);
    if (month !== shown) tell(`business time ${local(clock.now())}`);
    shown = month;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { text, holds } = await finalReport(api, planId);
  process.stdout.write(`\nUntil ${day}:\n\n${text}\n`);
  await end(holds ? 0 : 1);
}

/** `17/06/2020 08:00` in Asia/Ho_Chi_Minh. @param {number} millis */
function local(millis) {
  const [day = '', time = ''] = new Date(millis + 7 * 3_600_000).toISOString().split('T');
  return `${day.split('-').reverse().join('/')} ${time.slice(0, 5)}`;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  await end(1);
}
