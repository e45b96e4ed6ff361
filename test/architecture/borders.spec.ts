import { execFileSync } from 'node:child_process';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { eslintBorders, forbidden } from '../../tools/borders.mjs';

const PLANTED = 'test/architecture/planted';

interface Violation {
  rule: { name: string };
  from: string;
}

/** The resolved graph, as the gate sees it. Exits non-zero when it finds something, so the report is read from the error too. */
function violationsIn(...folders: string[]): Violation[] {
  const command = [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'json',
  ];
  const report = execFileSync(process.execPath, [...command, ...folders], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  return (JSON.parse(report) as { summary: { violations: Violation[] } }).summary.violations;
}

describe('the import table', () => {
  const planted = violationsIn(PLANTED);

  it.each(forbidden().map((rule) => rule.name ?? ''))('catches the planted violation of %s', (rule) => {
    expect(planted.map((violation) => violation.rule.name)).toContain(rule);
  });

  it('holds in the whole tree', () => {
    const found = violationsIn('apps', 'libs');
    expect(found.map((violation) => `${violation.rule.name}: ${violation.from}`)).toEqual([]);
  });

  it.each([
    ['apps/planning/src/imports-another-app.ts', 'An app never imports another app.'],
    ['apps/training/src/asks.ts', 'only the gateway asks'],
    ['apps/training/src/foreign-packages.ts', 'has an owner'],
    ['apps/planning/src/imports-deep.ts', 'Import a lib by its name'],
    ['apps/planning/src/imports-test-code.ts', 'Not in the import table'],
    ['libs/contracts/src/reaches-too-far.ts', 'Not in the import table'],
  ])('says so in the editor for %s', async (file, message) => {
    const eslint = new ESLint({
      overrideConfigFile: true,
      overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }, ...(eslintBorders() as Linter.Config[])],
    });
    const [result] = await eslint.lintFiles(`${PLANTED}/${file}`);
    expect(result?.messages.map((found) => found.message).join('\n')).toContain(message);
  });
});
