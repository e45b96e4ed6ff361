/*
 * Which statement of the plan is shown by which test, as one table: docs/seed.md. The rows are those of plans/README.md; a test shows a row when its title,
 * or the title of a `describe` around it, names the row in brackets: `[SEED-44]`, `[SEED-37, SEED-38]`, `[SEED-20..26]`. A row without a test has
 * a reason in docs/seed-reasons.yaml, and only such a row. The architecture tests hold this, and write the page (npm run docs).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parse } from 'yaml';

const LAST_ROW = 49;
const FOLDERS = ['apps', 'libs', 'test', 'tools'];
const NOT_OURS = /(^|\/)(node_modules|generated|planted)\//;
const A_TEST = /\.(spec|int-spec|e2e-spec)\.ts$/;
const TAG = /\[([^\]]*SEED[^\]]*)\]/g;
const ROW_OF_README = /^\| (SEED-\d\d) +\| (.+?) +\| (.+?) +\|$/gm;

const rowOf = (/** @type {number} */ number) => `SEED-${String(number).padStart(2, '0')}`;

/** What is on disk. @param {string} root @returns {import('./seed-table.mjs').SeedSources} */
export function seedSources(root) {
  const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8');
  const tests = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  )
    .filter((file) => A_TEST.test(file) && !NOT_OURS.test(file))
    .sort()
    .map((file) => ({ file, source: read(file) }));
  return { readme: read('plans/README.md'), reasons: read('docs/seed-reasons.yaml'), tests };
}

/**
 * The page, and what is wrong with it: a row that is shown neither by a test nor given a reason, a reason that is needed no more, a row that does not exist.
 * @param {import('./seed-table.mjs').SeedSources} sources @returns {{ page: string, faults: string[] }}
 */
export function seedTable({ readme, reasons: yaml, tests }) {
  const rows = [...readme.matchAll(ROW_OF_README)].map(([, row, section, statement]) => ({ row, section, statement }));
  const known = new Set(rows.map(({ row }) => row));
  const { shown, faults: badTags } = shownRows(tests);
  /** @type {Record<string, string>} */
  const reasons = parse(yaml) ?? {};
  const faults = [
    ...badTags,
    ...Array.from({ length: LAST_ROW }, (_, index) => rowOf(index + 1))
      .filter((row) => !known.has(row))
      .map((row) => `${row} is missing in plans/README.md`),
    ...[...shown].filter(([row]) => !known.has(row)).map(([row, by]) => `${row} is no row of the plan, but ${by[0]?.file} names it`),
    ...Object.keys(reasons)
      .filter((row) => !known.has(row))
      .map((row) => `${row} is no row of the plan, but docs/seed-reasons.yaml names it`),
    ...rows.flatMap(({ row }) => faultsOf(row, shown.get(row), reasons[row])),
  ];
  return { page: pageOf(rows, shown, reasons), faults };
}

/** @param {string} row @param {unknown[] | undefined} tests @param {unknown} reason */
function faultsOf(row, tests, reason) {
  if (tests && reason !== undefined) return [`${row} is shown by a test: take its reason out of docs/seed-reasons.yaml`];
  if (!tests && reason === undefined)
    return [`${row} is shown by no test: name it in the title of one, or say in docs/seed-reasons.yaml why not`];
  if (!tests && (typeof reason !== 'string' || reason.trim().length < 10)) return [`${row} has a reason that says nothing`];
  return [];
}

/**
 * Rows by the tests that show them. Skipped tests show nothing, nor does a `describe` in which nothing runs.
 * @param {import('./seed-table.mjs').SeedSources['tests']} tests
 */
function shownRows(tests) {
  /** @type {Map<string, { file: string, title: string }[]>} */
  const shown = new Map();
  /** @type {string[]} */
  const faults = [];
  for (const { file, source } of tests.filter((test) => test.source.includes('SEED'))) {
    for (const { title, tags } of taggedTitles(source)) {
      for (const tag of tags) {
        const rows = rowsOf(tag);
        if (!rows) faults.push(`${file}: [${tag}] is not understood: write [SEED-44], [SEED-37, SEED-38] or [SEED-20..26]`);
        for (const row of rows ?? []) shown.set(row, [...(shown.get(row) ?? []), { file, title }]);
      }
    }
  }
  return { shown, faults };
}

/** @param {string} tag @returns {string[] | undefined} */
function rowsOf(tag) {
  const parts = tag.split(',').map((part) => /^SEED-(\d\d)(?:\.\.(\d\d))?$/.exec(part.trim()));
  if (parts.some((part) => part === null)) return undefined;
  return parts.flatMap((part) => {
    const [first, last] = [Number(part?.[1]), Number(part?.[2] ?? part?.[1])];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => rowOf(first + index));
  });
}

/** Titles with a tag of tests that run, with the titles around them. @param {string} source */
function taggedTitles(source) {
  /** @type {{ title: string, tags: string[] }[]} */
  const found = [];
  /** @returns {boolean} whether a test runs in there */
  const visit = (/** @type {ts.Node} */ node, /** @type {string[]} */ around) => {
    const block = ts.isCallExpression(node) ? blockOf(node) : undefined;
    if (block?.skipped) return false;
    const path = block ? [...around, block.title] : around;
    let runs = block?.kind === 'test';
    const at = found.length;
    ts.forEachChild(node, (child) => {
      runs = visit(child, path) || runs;
    });
    const tags = block ? [...block.title.matchAll(TAG)].map(([, tag]) => tag ?? '') : [];
    if (tags.length > 0 && runs) found.splice(at, 0, { title: path.map(untagged).join(' › '), tags });
    return runs;
  };
  visit(ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, false), []);
  return found;
}

const untagged = (/** @type {string} */ title) => title.replaceAll(TAG, '').replaceAll(/\s+/g, ' ').trim();

/** `describe('…', …)`, `it.each(table)('…', …)`: what it is and how it is called. @param {ts.CallExpression} call */
function blockOf(call) {
  const title = call.arguments[0];
  if (!title || call.arguments.length < 2 || !(ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) return undefined;
  const names = namesOf(call.expression);
  const kind = { describe: 'describe', it: 'test', test: 'test' }[names[0] ?? ''];
  if (!kind) return undefined;
  const text = ts.isStringLiteralLike(title)
    ? title.text
    : title.head.text + title.templateSpans.map((span) => `…${span.literal.text}`).join('');
  return { kind, title: text, skipped: names.includes('skip') || names.includes('todo') };
}

/** `it.skip.each(table)` as `['it', 'skip', 'each']`. @param {ts.Expression} expression @returns {string[]} */
function namesOf(expression) {
  if (ts.isIdentifier(expression)) return [expression.text];
  if (ts.isPropertyAccessExpression(expression)) return [...namesOf(expression.expression), expression.name.text];
  if (ts.isCallExpression(expression)) return namesOf(expression.expression);
  if (ts.isTaggedTemplateExpression(expression)) return namesOf(expression.tag);
  return [];
}

const inTable = (/** @type {string} */ text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('$', '\\$');

/**
 * @param {{ row: string, section: string, statement: string }[]} rows
 * @param {Map<string, { file: string, title: string }[]>} shown
 * @param {Record<string, unknown>} reasons
 */
function pageOf(rows, shown, reasons) {
  const lines = rows.map(({ row, section, statement }) => {
    const by = shown.get(row)?.map(({ file, title }) => `[${file.split('/').at(-1)}](../${file}): ${inTable(title)}`);
    return `| ${row} | ${section} | ${inTable(statement)} | ${by?.join('<br>') ?? ''} | ${by ? '' : inTable(String(reasons[row] ?? ''))} |`;
  });
  const count = rows.filter(({ row }) => shown.has(row)).length;
  return `<!-- Generated by \`npm run docs\` from the titles of the tests, plans/README.md and docs/seed-reasons.yaml. Do not edit. -->

# What the plan states, and which test shows it

${String(count)} of ${String(rows.length)} statements of Plan 100/KH-UBND are shown by a test, named with its file and title. For the others stands why not.
A test joins this table when its title names the row, as in \`[SEED-44]\`; a row that neither a test nor a reason stands for does not pass the gate.

| Row | Section | The plan states | Shown by | Why not |
| - | - | - | - | - |
${lines.join('\n')}
`;
}
