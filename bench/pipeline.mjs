/* From "the step is due" to "the mail is accepted", with the product as it runs, against nodemailer alone on the same server in the same run. */
import { fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { nodeArguments, root } from '../tools/parts/services.mjs';
import { rate, startSink, startStack, untilAccepted } from './parts.mjs';
import { seedLedger, seedRecipients } from './seed.mjs';

const CONNECTIONS = 10;
/** Mails that both sides send before they are measured: services that have run for a while are compared, not their first second. */
const WARM_UP = 1000;
const LADDER = ['DUE', 'CHASE_1', 'ESCALATE_STANDING', 'CHASE_2', 'CHASE_3', 'ESCALATE_CITY'];

/** @param {Awaited<ReturnType<typeof startSink>>} sink @param {number} mails @returns {Promise<number>} mails per second */
async function nodemailerAlone(sink, mails) {
  const child = fork(join(root, 'bench/nodemailer-alone.mjs'), [sink.url, mails, CONNECTIONS, WARM_UP].map(String));
  await new Promise((resolve) => child.once('message', resolve));
  sink.reset();
  const started = performance.timeOrigin + performance.now();
  child.send('go');
  const { last } = await untilAccepted(sink, mails, 180_000);
  return rate(mails, last - started);
}

/** @param {Awaited<ReturnType<typeof startStack>>} stack @param {Awaited<ReturnType<typeof startSink>>} sink @param {number} mails @param {string[]} tell */
async function wholePipeline(stack, sink, mails, tell) {
  sink.reset();
  const early = { count: WARM_UP, at: '2020-06-17T01:00:00Z' };
  const everybody = mails + WARM_UP;
  await seedLedger(stack.admin, {
    agencies: everybody,
    obligations: everybody,
    due: mails,
    dueAt: '2020-06-17T01:01:00Z',
    early,
    steps: LADDER,
  });
  await seedRecipients(stack.admin, everybody);
  // Ten business seconds pass in a real one: the services are ready before eight o'clock, warmed up by the minute after.
  const started = Date.now();
  const dueAt = started + 16_000;
  const environment = {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    REDIS_URL: stack.redisUrl,
    SEAL_KEY: randomBytes(32).toString('base64'),
    PLANS_DIR: join(root, 'plans'),
    CLOCK_START: '2020-06-17T00:58:20Z',
    CLOCK_SPEED: '10s',
    CLOCK_EPOCH: String(started),
    SMTP_URL: sink.url,
    SMTP_CONNECTIONS: String(CONNECTIONS),
    MAIL_FROM: 'Đôn đốc <don-doc@hanoi.example>',
  };
  const profile = process.argv.includes('--profile') ? ['--cpu-prof', '--cpu-prof-dir', '/tmp/dondoc-profile'] : [];
  const services = ['planning', 'notifications'].map((service) =>
    spawn(process.execPath, [...nodeArguments, ...profile, join(root, `dist/apps/${service}/src/main.js`)], {
      env: { ...environment, DATABASE_URL: stack.url(service) },
      stdio: ['ignore', 'inherit', 'inherit'],
    }),
  );
  try {
    await untilAccepted(sink, WARM_UP, dueAt - Date.now());
    sink.reset();
    const { last } = await untilAccepted(sink, mails, 240_000);
    const { rows } = await stack.admin.query(`SELECT extract(epoch FROM max(published_at)) * 1000 AS relayed FROM planning.outbox`);
    tell.push(`  sweep committed and relayed within ${Math.round(Number(rows[0].relayed) - dueAt)} ms of the due moment`);
    return rate(mails, last - dueAt);
  } finally {
    await Promise.all(
      services.map((child) => {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        return ended;
      }),
    );
  }
}

/** @param {number} mails */
export async function benchPipeline(mails) {
  const stack = await startStack();
  const sink = await startSink();
  /** @type {string[]} */
  const notes = [];
  try {
    const before = await nodemailerAlone(sink, mails);
    const whole = await wholePipeline(stack, sink, mails, notes);
    const after = await nodemailerAlone(sink, mails);
    const alone = (before + after) / 2;
    return { alone: Math.round(alone), before, after, whole, ratio: whole / alone, notes };
  } finally {
    sink.stop();
    await stack.stop();
  }
}
