import { type DeadLetter } from '#messaging/asking';
import { Refusal } from '../http/problem.js';
import { pageOfLetters } from './dead-letter-page.js';

const letter = (messageId: string, second: number): DeadLetter => ({
  lane: 'planning.events',
  messageId,
  name: 'planning.agency-changed.v1',
  cause: 'broken',
  reason: 'broken',
  attempts: 1,
  failedAt: `2020-06-01T00:00:0${second}.000Z`,
  correlationId: null,
  payload: {},
});
const letters = [letter('a', 1), letter('b', 3), letter('c', 3), letter('d', 2), letter('e', 5)];
const ids = ({ items }: { items: readonly DeadLetter[] }) => items.map(({ messageId }) => messageId);

describe('pages of dead letters', () => {
  it('go from the newest to the oldest, each once', () => {
    const first = pageOfLetters(letters, { limit: 2 });
    const second = pageOfLetters(letters, { limit: 2, after: first.next ?? '' });
    const third = pageOfLetters(letters, { limit: 2, after: second.next ?? '' });
    expect([ids(first), ids(second), ids(third)]).toEqual([['e', 'c'], ['b', 'd'], ['a']]);
    expect(third.next).toBeNull();
  });

  it('stay in place when letters come and go between them', () => {
    const first = pageOfLetters(letters, { limit: 2 });
    const meanwhile = [...letters.filter(({ messageId }) => messageId !== 'c'), letter('f', 9)];
    expect(ids(pageOfLetters(meanwhile, { limit: 2, after: first.next ?? '' }))).toEqual(['b', 'd']);
  });

  it('end without a cursor when the last page is full', () => {
    expect(pageOfLetters(letters, { limit: 5 }).next).toBeNull();
  });

  it.each(['', 'nonsense', '{"offset":0}'])('refuse the cursor %j', (after) => {
    expect(() => pageOfLetters(letters, { limit: 2, after })).toThrow(Refusal);
  });
});
