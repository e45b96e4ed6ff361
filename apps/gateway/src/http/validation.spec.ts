import { z } from 'zod';
import { listObligations, listReports, acceptReport } from '#contracts';
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
