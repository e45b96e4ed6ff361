import { presentedIn, tokenCheck } from './token.js';

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('the token of a request', () => {
  it.each([
    ['Bearer abc', { scheme: 'bearer', token: 'abc' }],
    ['bearer   abc ', { scheme: 'bearer', token: 'abc' }],
    [basic('anyone:abc'), { scheme: 'basic', token: 'abc' }],
    [basic(':a:b:c'), { scheme: 'basic', token: 'a:b:c' }],
  ])('is read from %s', (header, presented) => {
    expect(presentedIn(header)).toEqual(presented);
  });

  it.each([undefined, '', 'Bearer', 'Bearer a b', 'Digest abc', basic('no colon'), 'abc'])('is absent in %s', (header) => {
    expect(presentedIn(header)).toBeUndefined();
  });
});

describe('checking a token', () => {
  const isRight = tokenCheck('a-long-token-of-the-installation');

  it('accepts the right one alone', () => {
    expect(isRight('a-long-token-of-the-installation')).toBe(true);
    for (const wrong of ['', 'a', 'a-long-token-of-the-installatioN', 'a-long-token-of-the-installation ', 'x'.repeat(100_000)]) {
      expect(isRight(wrong)).toBe(false);
    }
  });
});
