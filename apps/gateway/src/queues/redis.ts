import { HttpStatus } from '@nestjs/common';
import { DomainError } from '#contracts';
import { Refusal } from '../http/problem.js';
import { timed } from '../health/timed.js';

/** Real milliseconds that a look into the lanes may take. */
const PATIENCE = 5_000;

/** Looks into the lanes. @throws Refusal 503 when Redis does not answer, or the DomainError of the look itself */
export async function lookInto<Value>(look: () => Promise<Value>): Promise<Value> {
  const { answer, failure } = await timed(PATIENCE, async () => ({ value: await look() }));
  if (answer) return answer.value;
  if (failure instanceof DomainError) throw failure;
  throw new Refusal(
    {
      status: HttpStatus.SERVICE_UNAVAILABLE,
      code: 'queues-unreachable',
      detail:
        'Redis does not answer, so the lanes cannot be seen. Nothing is lost: what must happen is in the databases. Try again shortly.',
      headers: { 'Retry-After': '5' },
    },
    { cause: failure },
  );
}
