import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { loadWorkingCalendar } from '#calendar';
import { parsePlanFile, PLAN_FILE_LIMIT } from './parse-plan-file.js';
import { planFileSchema } from './plan-file.js';

const PLANS = join(import.meta.dirname, '../../../../plans');
const TEXT = readFileSync(join(PLANS, '100-kh-ubnd-2020.yaml'), 'utf8');
const calendar = loadWorkingCalendar(join(PLANS, 'calendar'));
const parse = (text: string) => parsePlanFile(text, new Set(['default']), calendar);
const errorsOf = (text: string) => {
  const parsed = parse(text);
  return parsed.ok ? [] : parsed.errors;
};

/** The plan with one passage replaced; the passage must be there, or the test proves nothing. */
function changed(from: string, to: string): string {
  expect(TEXT).toContain(from);
  return TEXT.replace(from, to);
}

describe('the plan file of Plan 100', () => {
  it('is valid', () => {
    expect(errorsOf(TEXT)).toEqual([]);
  });

  it('covers the statements of the seed that planning answers for', () => {
    const named = new Set(TEXT.match(/SEED-\d\d/g));
    const owed = [...range(1, 8), ...range(10, 16), ...range(20, 22), ...range(24, 35), ...range(37, 40), ...range(43, 47)].map(
      (row) => `SEED-${String(row).padStart(2, '0')}`,
    );
    expect(owed.filter((row) => !named.has(row))).toEqual([]);
  });

  it('has contacts that cannot be reached outside of tests', () => {
    for (const address of TEXT.match(/[\w.-]+@[\w.-]+/g) ?? []) expect(address).toMatch(/\.example$/);
  });

  it('is checked by editors with a schema that says what the parser says', () => {
    const file = join(PLANS, 'plan.schema.json');
    const schema = `${JSON.stringify(z.toJSONSchema(planFileSchema, { io: 'input', target: 'draft-7', unrepresentable: 'any' }), null, 2)}\n`;
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(file, schema);
    expect(readFileSync(file, 'utf8')).toBe(schema);
  });
});

describe('a bad plan file', () => {
  it.each([
    ['malformed YAML', 'legalBases:\n', 'legalBases: [\n', /not YAML/],
    ['a key twice', '  year: 2020\n', '  year: 2020\n  year: 2021\n', /not YAML: Map keys must be unique/],
    ['a wrong type', '  year: 2020\n', '  year: twenty\n', /expected number/],
    ['an unknown key', '  year: 2020\n', '  year: 2020\n  yaer: 2020\n', /yaer/],
    ['an unknown agency', '    lead: SCT\n', '    lead: SCTT\n', /unknown agency "SCTT": did you mean SCT\?/],
    ['a lead that coordinates too', 'coordinators: [VPDP-TW, UBND-TAYHO, SCT]', 'coordinators: [VPDP-TW, SNNPTNT]', /leads the task/],
    ['reporting lines in a circle', '    kind: CITY_UBND\n', '    kind: CITY_UBND\n    reportsTo: TTKC\n', /circle: .*TTKC.*SCT.*UBNDTP/],
    [
      'a deadline before its data window closes',
      'dayOfLastMonth: 17',
      'dayOfLastMonth: 14',
      /leaves no working day after the figures close/,
    ],
    ['an input later than its consolidation', 'dayOfLastMonth: 17', 'dayOfLastMonth: 23', /input before consolidation/],
    ['a time that no plan uses', 'time: Thường xuyên', 'time: khi nào xong', /Known forms/],
    ['an unknown ladder', '    ladder: default\n', '    ladder: steep\n', /unknown ladder "steep"/],
    ['an unknown budget source', 'budgetSource: NS-SCT-2020', 'budgetSource: NS-2020', /unknown budget source/],
    [
      'a year without a calendar',
      '    firstPeriod: 2020-06\n    lastPeriod: 2020-12\n',
      '    firstPeriod: 2031-06\n    lastPeriod: 2031-06\n',
      /no year 2031/,
    ],
    ['an entry that says not where it comes from', '    seed: SEED-10\n', '', /says neither which seed row/],
    ['an address that is none', 'dau-moi@sct.hanoi.example', 'dau-moi at sct', /email/i],
    ['a control character', 'Ngô Bảo Minh', '"Ngô\\u0007Minh"', /no control characters/],
  ])('with %s is answered at its line', (_, from, to, message) => {
    const errors = errorsOf(changed(from, to));
    expect(errors.map((error) => error.message).join('\n')).toMatch(message);
    for (const error of errors) expect(error.line).toBeGreaterThan(0);
  });

  it('names the line of the fault', () => {
    const text = changed('    lead: SCT\n', '    lead: SCTT\n');
    const line = text.split('\n').findIndex((row) => row === '    lead: SCTT') + 1;
    expect(errorsOf(text)[0]).toMatchObject({ line, path: 'tasks.1.lead' });
  });

  it('is answered with every fault at once', () => {
    const errors = errorsOf(
      changed('    lead: SCT\n', '    lead: SCTT\n').replace('time: Thường xuyên', 'time: mai').replace('ladder: default', 'ladder: steep'),
    );
    expect(errors).toHaveLength(3);
  });

  it('of ten megabytes is refused unread', () => {
    expect(errorsOf('x'.repeat(10_000_000))[0]?.message).toContain(String(PLAN_FILE_LIMIT));
  });

  it('that multiplies itself is refused', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map(
        (key, index) =>
          `${key}: &${key} [${Array(9)
            .fill(`*${'abcdefgh'[index] ?? 'a'}`)
            .join(',')}]`,
      ),
    ].join('\n');
    expect(errorsOf(bomb)[0]?.message).toMatch(/alias/i);
  });

  it.each(['{{constructor.constructor("return process")()}}', `'; DROP TABLE agency; --`, '<script>alert(1)</script>'])(
    'may hold %s in a name: it is only text',
    (name) => {
      const parsed = parse(changed('name: Sở Tài chính', `name: ${JSON.stringify(name)}`));
      expect(parsed.ok && parsed.plan.agencies.find((agency) => agency.code === 'STC')?.name).toBe(name);
    },
  );
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
