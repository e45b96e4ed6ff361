import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { sha256 } from '../../../../test/attachments/files.js';
import { ContentBroken, Verified } from './content.js';

describe('what leaves the store', () => {
  const pieces = ['một', 'hai', 'ba'].map((text) => Buffer.from(text));
  const whole = Buffer.concat(pieces);

  it('is let through when it is what was put in', async () => {
    const checked = Readable.from(pieces).pipe(new Verified(sha256(whole)));
    expect((await buffer(checked)).equals(whole)).toBe(true);
    expect(await buffer(Readable.from([]).pipe(new Verified(sha256(Buffer.alloc(0)))))).toHaveLength(0);
  });

  it.each([
    ['altered', [pieces[0]!, pieces[2]!, pieces[1]!]],
    ['cut off', pieces.slice(0, 2)],
    ['longer', [...pieces, Buffer.from('!')]],
  ])('never arrives whole when it is %s', async (_how, broken) => {
    const passed: Buffer[] = [];
    const outcome = pipeline(Readable.from(broken), new Verified(sha256(whole)), async (checked: AsyncIterable<Buffer>) => {
      for await (const piece of checked) passed.push(piece);
    });
    await expect(outcome).rejects.toThrow(ContentBroken);
    expect(passed.length).toBeLessThan(broken.length);
  });
});
