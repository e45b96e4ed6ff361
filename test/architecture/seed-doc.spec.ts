import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedSources, seedTable, type SeedSources } from '../../tools/seed-table.mjs';

const ROOT = join(import.meta.dirname, '../..');
const DOCUMENT = join(ROOT, 'docs/seed.md');

describe('docs/seed.md', () => {
  const sources = seedSources(ROOT);
  const { page, faults } = seedTable(sources);

  it('has for each of the 49 statements of the plan a test that shows it, or a reason why none does', () => {
    expect(faults).toEqual([]);
  });

  it('says what the titles of the tests say (npm run docs)', () => {
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(DOCUMENT, page);
    expect(existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '').toBe(page);
  });
});

describe('the table of what the plan states', () => {
  const ROWS = Array.from({ length: 49 }, (_, index) => `SEED-${String(index + 1).padStart(2, '0')}`);
  /** Forty-nine rows, of which tests show the first four and reasons stand for the rest. */
  const whole: SeedSources = {
    readme: ROWS.map((row) => `| ${row} | I.1     | What ${row} says   |\n`).join(''),
    reasons: ROWS.slice(4)
      .map((row) => `${row}: The service that shows it is not built yet.\n`)
      .join(''),
    tests: [
      {
        file: 'apps/planning/src/a.spec.ts',
        source: `describe('a plan [SEED-01, SEED-02]', () => { it('is | imported', () => {}); });
          it.each([['SEED-09']])('[SEED-03..04] of %s is kept', () => {});`,
      },
    ],
  };
  const withTest = (source: string) => seedTable({ ...whole, tests: [...whole.tests, { file: 'libs/b.spec.ts', source }] });

  it('is whole, and names file and title', () => {
    const { page, faults } = seedTable(whole);
    expect(faults).toEqual([]);
    expect(page).toContain('| SEED-01 | I.1 | What SEED-01 says | [a.spec.ts](../apps/planning/src/a.spec.ts): a plan |  |');
    expect(page).toContain('| SEED-04 | I.1 | What SEED-04 says | [a.spec.ts](../apps/planning/src/a.spec.ts): of %s is kept |  |');
    expect(page).toContain('| SEED-05 | I.1 | What SEED-05 says |  | The service that shows it is not built yet. |');
    expect(page).toContain('4 of 49 statements');
  });

  it('names the describe around a test, and each test of a row', () => {
    const { page, faults } = withTest(`describe('money', () => { test(\`is \${1} [SEED-04] | spent\`, () => {}); });`);
    expect(faults).toEqual([]);
    expect(page).toContain('of %s is kept<br>[b.spec.ts](../libs/b.spec.ts): money › is … \\| spent');
  });

  it.each([
    ['a row without test and reason', { reasons: whole.reasons.replace(/^SEED-32:.*\n/m, '') }, /^SEED-32 is shown by no test/],
    [
      'a reason that is needed no more',
      { reasons: `SEED-01: It was not built yet.\n${whole.reasons}` },
      /^SEED-01 is shown by a test: take its/,
    ],
    [
      'a reason that says nothing',
      { reasons: whole.reasons.replace(/^SEED-32:.*$/m, 'SEED-32: later') },
      /^SEED-32 has a reason that says/,
    ],
    ['a reason for a row that is not', { reasons: `${whole.reasons}SEED-50: No such statement is there.\n` }, /^SEED-50 is no row/],
    ['a row that is missing', { readme: whole.readme.replace(/^\| SEED-48.*\n/m, '') }, /^SEED-48 is missing in plans\/README.md/],
  ])('refuses %s', (_what, change: Partial<SeedSources>, fault) => {
    expect(seedTable({ ...whole, ...change }).faults).toContainEqual(expect.stringMatching(fault));
  });

  it.each([
    ['a row that is not', `it('[SEED-50] is kept', () => {});`, /^SEED-50 is no row of the plan, but libs\/b.spec.ts names it/],
    ['a tag that cannot be read', `it('[SEED-5 and others] is kept', () => {});`, /\[SEED-5 and others\] is not understood/],
  ])('refuses in a title %s', (_what, source, fault) => {
    expect(withTest(source).faults).toContainEqual(expect.stringMatching(fault));
  });

  it.each([
    `it.skip('[SEED-05] is kept', () => {});`,
    `describe.skip('[SEED-05]', () => { it('is kept', () => {}); });`,
    `describe.skip('not now', () => { it('[SEED-05] is kept', () => {}); });`,
    `describe('[SEED-05] with nothing in it', () => {});`,
    `describe('[SEED-05]', () => { it.todo('is kept'); });`,
    `// it('[SEED-05] is kept', () => {});`,
    `const text = "it('[SEED-05] is kept', () => {})";`,
    `console.log('[SEED-05]', () => {});`,
  ])('takes for no test what does not run: %s', (source) => {
    // A row that a test showed would need its reason no more.
    expect(withTest(source).faults).toEqual([]);
  });
});
