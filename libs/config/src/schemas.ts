import { z } from 'zod';
import { parseClockStart, parseSpeed } from '#calendar';
import { key } from './key.js';

/** True when `parse` does not throw. */
function accepts(parse: (text: string) => unknown): (text: string) => boolean {
  return (text) => {
    try {
      parse(text);
      return true;
    } catch {
      return false; // the remedy of the key says what is expected
    }
  };
}

/** Without a common epoch every process would have its own business time. */
function oneClock(values: { CLOCK_START?: string | undefined; CLOCK_EPOCH?: number | undefined }): boolean {
  return values.CLOCK_START === undefined || values.CLOCK_EPOCH !== undefined;
}
const onEpoch = { path: ['CLOCK_EPOCH'], message: 'needed with CLOCK_START' };

const running = {
  NODE_ENV: key(z.enum(['production', 'development', 'test']).default('production'), {
    description: 'How the process runs.',
    remedy: 'Set production, development or test.',
  }),
  LOG_LEVEL: key(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'), {
    description: 'The least serious log line that is written.',
    remedy: 'Set fatal, error, warn, info, debug or trace.',
  }),
  LOG_FORMAT: key(z.enum(['json', 'pretty']).default('json'), {
    description: 'One JSON object per line for machines, or lines for people.',
    remedy: 'Set json or pretty.',
  }),
};

const queues = {
  REDIS_URL: key(z.url({ protocol: /^rediss?$/ }), {
    description: 'Redis 6.2 or newer with noeviction and AOF: the wire of the queues.',
    remedy: 'Set redis://host:port or rediss://user:password@host:port.',
    example: 'redis://127.0.0.1:6379',
  }),
  QUEUE_PREFIX: key(
    z
      .string()
      .regex(/^\{[\w-]+\}[\w-]*$/)
      .default('{dondoc}'),
    {
      description: 'Beginning of every Redis key; the braces keep all queues in one slot of a Redis Cluster.',
      remedy: 'Set a word of letters, digits and hyphens in braces, the same for every process.',
    },
  ),
  SEAL_KEY: key(
    z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim()))
      .pipe(z.array(z.base64().refine((text) => Buffer.from(text, 'base64').length === 32)).nonempty()),
    {
      description: 'Keys that seal personal data in messages; the first seals, all of them open, so that a key can be replaced.',
      remedy: 'Set one or more keys of 32 bytes in base64, separated by commas; make one with: openssl rand -base64 32',
    },
  ),
};

const clock = {
  CLOCK_START: key(z.string().refine(accepts(parseClockStart)).optional(), {
    description: 'Business time at which a rehearsal begins, in Asia/Ho_Chi_Minh; absent, business time is real time.',
    remedy: 'Set a date and time such as 2020-06-01T07:30, or leave it out.',
  }),
  CLOCK_SPEED: key(z.string().refine(accepts(parseSpeed)).optional(), {
    description: 'Business time that passes in one real second of a rehearsal.',
    remedy: 'Set a number with s, m, h or d such as 1d, or leave it out.',
  }),
  CLOCK_EPOCH: key(z.coerce.number().int().positive().optional(), {
    description: 'Real moment, in milliseconds since 1970, at which the clock of a rehearsal shows CLOCK_START.',
    remedy: 'Set a whole number, the same for every process, whenever CLOCK_START is set; else leave it out.',
  }),
};

const files = {
  PLANS_DIR: key(z.string().default('./plans'), {
    description: 'Folder of the plan files, the years of the working calendar and the ladders.',
    remedy: 'Set a folder that exists, absolute or from the working directory.',
  }),
};

const links = {
  PUBLIC_URL: key(z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:3000'), {
    description: 'Address at which people reach the system; links in mails begin with it.',
    remedy: 'Set http://host:port or https://host without a path.',
  }),
};

const service = {
  ...running,
  DATABASE_URL: key(z.url({ protocol: /^postgres(ql)?$/ }), {
    description: "PostgreSQL 15 or newer, with the service's own login role.",
    remedy: 'Set postgresql://role:password@host:port/database.',
    example: 'postgresql://dondoc:dondoc@127.0.0.1:5432/dondoc',
  }),
  ...queues,
  ...clock,
  ...files,
};

/** planning, training and ceremony. */
export const serviceEnv = z.object(service).refine(oneClock, onEpoch);
export type ServiceEnv = z.output<typeof serviceEnv>;

const mail = {
  ...links,
  SMTP_URL: key(z.url({ protocol: /^smtps?$/ }), {
    description: 'The mail server that takes our mail.',
    remedy: 'Set smtp://user:password@host:port or smtps://user:password@host:port.',
    example: 'smtp://127.0.0.1:1025',
  }),
  MAIL_FROM: key(z.string().regex(/^([^<>\r\n]+<)?[^\s@<>]+@[^\s@<>]+>?$/), {
    description: 'Sender of every mail.',
    remedy: 'Set an address, with or without a name: Đôn đốc <dondoc@hanoi.example>.',
    example: 'Đôn đốc <dondoc@hanoi.example>',
  }),
  SMTP_CONNECTIONS: key(z.coerce.number().int().min(1).max(100).default(10), {
    description: 'Connections to the mail server that are kept open.',
    remedy: 'Set a whole number from 1 to 100.',
  }),
};

export const notificationsEnv = z.object({ ...service, ...mail }).refine(oneClock, onEpoch);
export type NotificationsEnv = z.output<typeof notificationsEnv>;

const api = {
  ...links,
  HOST: key(z.union([z.ipv4(), z.ipv6(), z.hostname()]).default('127.0.0.1'), {
    description: 'Address on which the gateway listens; behind a proxy keep the loopback address, in a container set 0.0.0.0.',
    remedy: 'Set an IP address or a host name of this machine.',
  }),
  PORT: key(z.coerce.number().int().min(0).max(65_535).default(3000), {
    description: 'Port on which the gateway listens; 0 takes a free one.',
    remedy: 'Set a port number from 0 to 65535 that is free.',
  }),
  ADMIN_TOKEN: key(z.string().min(24), {
    description: 'Bearer token that opens the API until people can sign in.',
    remedy: 'Set at least 24 characters that nobody can guess; make them with: openssl rand -base64 32',
  }),
};

/** `s3://bucket?endpoint=https://host:port&region=name`: a bucket that exists, and where it is. */
function isBucket(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, searchParams } = new URL(text);
  const endpoint = searchParams.get('endpoint') ?? '';
  return protocol === 's3:' && hostname !== '' && ['', '/'].includes(pathname) && /^https?:\/\//.test(endpoint) && URL.canParse(endpoint);
}

const attachments = {
  ATTACHMENTS_DIR: key(z.string().default('./.local/attachments'), {
    description: 'Folder of attachments, and of those that are just arriving; beside ATTACHMENTS_URL only of the arriving ones.',
    remedy: 'Set a folder that the gateway may write to, on a disk that is backed up; replicas share it.',
  }),
  ATTACHMENTS_URL: key(z.string().refine(isBucket).optional(), {
    description: 'S3-compatible store of attachments instead of the folder.',
    remedy: 'Set s3://bucket?endpoint=https://host:port&region=name with a bucket that exists, or leave it out.',
  }),
  S3_ACCESS_KEY_ID: key(z.string().optional(), {
    description: 'Access key of the store in ATTACHMENTS_URL.',
    remedy: 'Set it whenever ATTACHMENTS_URL is set; the key needs to list, get, put and delete objects in the bucket.',
  }),
  S3_SECRET_ACCESS_KEY: key(z.string().optional(), {
    description: 'Secret of that access key.',
    remedy: 'Set it whenever ATTACHMENTS_URL is set.',
  }),
  SCAN_URL: key(z.url({ protocol: /^clamd$/ }).optional(), {
    description: 'Virus scanner that looks at every attachment before it is kept (clamd); absent, attachments are marked not-scanned.',
    remedy: 'Set clamd://host:port, the TCPSocket of a clamd whose StreamMaxLength is 20M or more, or leave it out.',
    example: 'clamd://127.0.0.1:3310',
  }),
};

interface StoreKeys {
  ATTACHMENTS_URL?: string | undefined;
  S3_ACCESS_KEY_ID?: string | undefined;
  S3_SECRET_ACCESS_KEY?: string | undefined;
}
const keyed = (name: 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY') => (values: StoreKeys) =>
  values.ATTACHMENTS_URL === undefined || values[name] !== undefined;
const onKey = (name: string) => ({ path: [name], message: 'needed with ATTACHMENTS_URL' });

export const gatewayEnv = z
  .object({ ...running, ...queues, ...clock, ...api, ...attachments })
  .refine(oneClock, onEpoch)
  .refine(keyed('S3_ACCESS_KEY_ID'), onKey('S3_ACCESS_KEY_ID'))
  .refine(keyed('S3_SECRET_ACCESS_KEY'), onKey('S3_SECRET_ACCESS_KEY'));
export type GatewayEnv = z.output<typeof gatewayEnv>;
