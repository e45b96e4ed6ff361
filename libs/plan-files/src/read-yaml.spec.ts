import { FILE_LIMIT, readYaml } from './read-yaml.js';

describe('a hostile file', () => {
  it.each([
    ['of ten megabytes', () => 'x'.repeat(10_000_000), new RegExp(`the limit is ${String(FILE_LIMIT)}`)],
    ['nested without end, in brackets', () => '['.repeat(300_000), /levels deep/],
    ['nested without end, in dashes', () => '- '.repeat(300_000), /levels deep/],
    ['nested without end, behind closed brackets in quotes', () => '["]",'.repeat(100_000), /levels deep/],
    ['nested without end, in question marks', () => '? '.repeat(300_000), /levels deep/],
    [
      'nested without end, by indentation',
      () =>
        range(0, 1300)
          .map((depth) => `${' '.repeat(depth)}a:\n`)
          .join(''),
      /levels deep/,
    ],
    [
      'nested without end, in lists by indentation',
      () =>
        range(0, 1300)
          .map((depth) => `${' '.repeat(depth)}-\n`)
          .join(''),
      /levels deep/,
    ],
    ['nested a little too deep', () => `document: ${'['.repeat(25)}${']'.repeat(25)}`, /levels deep/],
    [
      'made of a hundred thousand keys',
      () =>
        range(1, 100_000)
          .map((key) => `k${String(key)}:\n`)
          .join(''),
      /100000 keys in one place/,
    ],
    [
      'that multiplies itself',
      () =>
        `a: &a [x,x]\n${range(1, 9)
          .map((i) => `b${String(i)}: &b${String(i)} [${`*${i === 1 ? 'a' : `b${String(i - 1)}`},`.repeat(9)}]`)
          .join('\n')}`,
      /aliases/,
    ],
  ])('%s is refused within seconds', (_, write, message) => {
    const text = write();
    const started = performance.now();
    const read = readYaml(text);
    expect(performance.now() - started).toBeLessThan(3000);
    expect(read.ok ? '' : read.faults[0]?.message).toMatch(message);
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
