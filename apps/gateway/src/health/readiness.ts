import { z } from 'zod';
import { services } from '#contracts';
import type { ServiceAnswer } from './services.js';
import type { Timed } from './timed.js';

const part = z.object({
  part: z.enum(['redis', ...services, ...services.map((service) => `${service}.database` as const)]),
  state: z.enum(['up', 'down']),
  ms: z.int().meta({ description: 'Real milliseconds until it answered, or was given up' }),
});
export const readinessReply = z.object({ ready: z.boolean(), parts: z.array(part) }).meta({ id: 'Readiness' });
export type Readiness = z.output<typeof readinessReply>;

/** Ready means that everything answers. The page is open to anyone, so it says which part is down and not why. */
export function readinessOf(redis: Timed<unknown>, answers: readonly ServiceAnswer[]): Readiness {
  const parts: Readiness['parts'] = [
    { part: 'redis', state: redis.failure === undefined ? 'up' : 'down', ms: redis.ms },
    ...answers.flatMap(({ service, answer, ms }): Readiness['parts'] => [
      { part: service, state: answer ? 'up' : 'down', ms },
      // A silent service says nothing of its database.
      ...(answer ? [{ part: `${service}.database` as const, state: answer.database, ms }] : []),
    ]),
  ];
  return { ready: parts.every(({ state }) => state === 'up'), parts };
}
