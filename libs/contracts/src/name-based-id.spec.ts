import { z } from 'zod';
import { nameBasedId } from './name-based-id.js';

describe('a name-based id', () => {
  it('is the same for the same parts for good, and a UUID', () => {
    // Rows carry these ids: another digest would orphan them.
    expect(nameBasedId('dondoc', 'agency', 'SCT')).toBe('ee4463dd-a957-8a88-a918-5c3e6956559a');
    expect(z.uuid().safeParse(nameBasedId('a')).success).toBe(true);
  });

  it('is another for other parts, however they are cut', () => {
    const ids = [nameBasedId('a', 'b'), nameBasedId('ab'), nameBasedId('a', 'b', null), nameBasedId('b', 'a')];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
