import { z } from 'zod';
import { randomBytes } from 'node:crypto';
import { acceptReport, listObligations, listReports, sealed, useSealingKeys } from '#contracts';
import { bodyOf, queryOf } from './validation.js';

const pathsOf = (result: z.ZodSafeParseResult<unknown>) => result.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('a query string', () => {
  const query = queryOf(listObligations.payload);

  it('reads numbers and truth values from text, with the defaults of the message', () => {
    expect(query.parse({ overdue: 'true', limit: '20', state: 'open' })).toEqual({ overdue: true, limit: 20, state: 'open' });
    expect(query.parse({ overdue: 'false' })).toEqual({ overdue: false, limit: 50 });
    expect(query.parse(undefined)).toEqual({ limit: 50 });
  });

  it.each([
    { limit: '0' },
    { limit: '201' },
    { limit: '1e2' },
    { limit: '' },
    { limit: '3.5' },
    { overdue: 'yes' },
    { state: 'late' },
    { dueFrom: '2020-02-30' },
    { state: ['open', 'waived'] },
    { agency: "SCT' OR 1=1 --" },
  ])('refuses %j', (asked) => {
    expect(query.safeParse(asked).success).toBe(false);
  });

  it('refuses a parameter that does not exist, by its name', () => {
    expect(pathsOf(queryOf(listReports.payload).safeParse({ overdu: 'true' }))).toEqual([expect.stringContaining('overdu')]);
  });

  it('leaves text alone that only looks like a number', () => {
    expect(queryOf(listReports.payload).parse({ periodKey: '2020' })).toMatchObject({ periodKey: '2020' });
  });
});

describe('a body', () => {
  const body = bodyOf(acceptReport.payload.omit({ reportId: true }));

  it('may be absent when nothing in it is required', () => {
    expect(body.parse(undefined)).toEqual({});
  });

  it('refuses unknown fields and other kinds of JSON', () => {
    expect(pathsOf(body.safeParse({ seenversion: 3 }))).toEqual([expect.stringContaining('seenversion')]);
    for (const other of [[], 'text', 3]) expect(body.safeParse(other).success).toBe(false);
  });
});

describe('what travels sealed', () => {
  const person = z.object({ name: sealed(z.string().trim().min(2)), age: z.int() });
  const body = bodyOf(
    z.object({
      person,
      also: z.array(person).optional(),
      phone: sealed(z.string()).nullable().default(null),
      either: z.union([z.int(), sealed(z.email())]).optional(),
      changes: person.partial().strict().optional(),
    }),
  );

  it('is said in the clear, wherever it is, by the rules of the message', () => {
    const said = { person: { name: ' An ', age: 1 }, also: [{ name: 'Bình', age: 2 }], either: 'a@b.example', changes: { name: 'Cúc' } };
    expect(body.parse(said)).toEqual({ ...said, person: { name: 'An', age: 1 }, phone: null });
    expect(pathsOf(body.safeParse({ ...said, also: [{ name: 'B', age: 2 }], changes: { nom: 'x' } }))).toEqual([
      'also.0.name: Too small: expected string to have >=2 characters',
      'changes: Unrecognized key: "nom"',
    ]);
    expect(queryOf(z.object({ name: sealed(z.string()) })).parse({ name: 'An' })).toEqual({ name: 'An' });
  });

  it('stays sealed in the message itself', () => {
    useSealingKeys([randomBytes(32).toString('base64')]);
    expect(person.safeParse({ name: 'An', age: 1 }).success).toBe(false);
    expect(z.encode(person, { name: 'An', age: 1 }).name).toMatch(/^sealed\./);
    const plain = z.object({ age: z.int() });
    expect(bodyOf(plain).parse({ age: 1 })).toEqual({ age: 1 });
  });
});
