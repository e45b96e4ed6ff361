import { HttpStatus } from '@nestjs/common';
import { type DeadLetter } from '#messaging/asking';
import { Refusal } from '../http/problem.js';

type Place = readonly [failedAt: string, lane: string, messageId: string];

const placeOf = ({ failedAt, lane, messageId }: DeadLetter): Place => [failedAt, lane, messageId];
const compare = (a: Place, b: Place): number => {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? 0 : (a[at] ?? '') < (b[at] ?? '') ? 1 : -1;
};

function placeIn(cursor: string): Place {
  const [failedAt, lane, messageId, ...more] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  if (failedAt === undefined || lane === undefined || messageId === undefined || more.length > 0) {
    throw new Refusal({
      status: HttpStatus.UNPROCESSABLE_ENTITY,
      code: 'invalid-request',
      detail: 'This is no cursor: give "after" what the page before answered as "next".',
      errors: [{ path: 'after', message: 'is no cursor' }],
    });
  }
  return [failedAt, lane, messageId];
}

/**
 * One page, newest first, in key order: letters that arrive or are replayed meanwhile neither repeat nor hide others.
 * @throws Refusal 422 for a cursor that is none
 */
export function pageOfLetters(
  letters: readonly DeadLetter[],
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): { items: DeadLetter[]; next: string | null } {
  const start = after === undefined ? undefined : placeIn(after);
  const rest = letters
    .filter((letter) => start === undefined || compare(placeOf(letter), start) > 0)
    .sort((a, b) => compare(placeOf(a), placeOf(b)));
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, next: last && rest.length > limit ? Buffer.from(placeOf(last).join(' ')).toString('base64url') : null };
}
