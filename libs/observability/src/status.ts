import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Clock } from '#calendar';
import type { ServiceStatus } from '#contracts';
import { type StatusGauges, within } from './status-gauges.js';

const startedAt = Temporal.Now.instant().subtract({ milliseconds: Math.round(process.uptime() * 1000) });

/** Real milliseconds in which the database must answer to count as up. */
const DATABASE_DEADLINE = 2_000;

/**
 * The answer to `<service>.status.v1`. Always answers within a few seconds, also when the database does not.
 * @param ping asks the database anything, such as `SELECT 1`
 */
export async function statusOf(parts: {
  readonly service: string;
  readonly clock: Clock;
  readonly gauges: StatusGauges;
  readonly ping: () => Promise<unknown>;
}): Promise<ServiceStatus> {
  const [database, gauges] = await Promise.all([databaseState(parts.ping), parts.gauges.collect()]);
  return {
    service: parts.service,
    version: productVersion(),
    startedAt: startedAt.toString({ smallestUnit: 'millisecond' }),
    businessTime: parts.clock.now().toString({ smallestUnit: 'millisecond' }),
    database,
    gauges,
  };
}

async function databaseState(ping: () => Promise<unknown>): Promise<'up' | 'down'> {
  try {
    await within(DATABASE_DEADLINE, ping);
    return 'up';
  } catch {
    return 'down'; // the answer is the report: readiness and the metrics page show it
  }
}

let version: string | undefined;

/** Version of the product, from the package.json that is shipped beside the code. */
export function productVersion(): string {
  version ??= readVersion(path.dirname(fileURLToPath(import.meta.url)));
  return version;
}

function readVersion(folder: string): string {
  const file = path.join(folder, 'package.json');
  if (existsSync(file)) return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error('package.json is not beside the code: ship it in the same folder as dist');
  return readVersion(parent);
}
