import type { Request, Response } from '../http/exchange.js';
import { Refusal } from '../http/problem.js';
import { FailedAttempts } from './failed-attempts.js';
import { requireToken } from './require-token.js';

const TOKEN = 'the-right-token';
const basic = (token: string) => `Basic ${Buffer.from(`me:${token}`).toString('base64')}`;

function gate(failed = new FailedAttempts()) {
  const check = requireToken(TOKEN, failed);
  return (method: string, path: string, authorization?: string): Refusal['fault'] | 'passed' => {
    let outcome: Refusal['fault'] | 'passed' | undefined;
    try {
      check(
        { method, path, ip: '192.0.2.1', headers: { authorization } } as unknown as Request,
        {} as unknown as Response,
        () => (outcome = 'passed'),
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      outcome = error.fault;
    }
    if (outcome === undefined) throw new Error('neither passed nor refused');
    return outcome;
  };
}

describe('the gate', () => {
  it.each(['/health/live', '/health/ready'])('leaves %s open, to read', (path) => {
    expect(gate()('GET', path)).toBe('passed');
    expect(gate()('POST', path)).toMatchObject({ status: 401 });
  });

  it.each([
    '/',
    '/health',
    '/health/live/',
    '/HEALTH/live',
    '/health/live/../../api/v1/plans',
    '/health/%6cive',
    '/metrics',
    '/api/docs',
    '/api/openapi.json',
    '/nothing',
  ])('closes %s', (path) => {
    expect(gate()('GET', path)).toMatchObject({
      status: 401,
      headers: { 'WWW-Authenticate': expect.arrayContaining([expect.stringContaining('Bearer realm=')]) },
    });
  });

  it('takes the token as bearer for everything, and as password to read only', () => {
    expect(gate()('GET', '/api/v1/plans', `Bearer ${TOKEN}`)).toBe('passed');
    expect(gate()('POST', '/api/v1/plans/import', `Bearer ${TOKEN}`)).toBe('passed');
    expect(gate()('GET', '/api/docs', basic(TOKEN))).toBe('passed');
    expect(gate()('POST', '/api/v1/plans/import', basic(TOKEN))).toMatchObject({ status: 401 });
  });

  it.each(['Bearer wrong', 'Bearer eyJhbGciOiJub25lIn0.eyJleHAiOjB9.', basic('wrong')])('refuses %s', (authorization) => {
    expect(gate()('GET', '/api/v1/plans', authorization)).toMatchObject({
      status: 401,
      code: 'unauthorized',
      headers: { 'WWW-Authenticate': ['Bearer realm="dondoc", error="invalid_token"'] },
    });
  });

  it('lets a browser ask for a password on the pages made for people, and nowhere else', () => {
    expect(gate()('GET', '/api/docs')).toMatchObject({
      headers: { 'WWW-Authenticate': [expect.stringContaining('Basic'), 'Bearer realm="dondoc"'] },
    });
    expect(gate()('GET', '/api/v1/plans')).toMatchObject({ headers: { 'WWW-Authenticate': ['Bearer realm="dondoc"'] } });
  });

  it('stops guessing after some wrong tokens, even when a right one follows; asking without any token is not guessing', () => {
    const ask = gate(new FailedAttempts(() => 0, { attempts: 3, windowMs: 60_000, addresses: 10 }));
    for (let asked = 0; asked < 10; asked += 1) ask('GET', '/metrics');
    for (let guessed = 0; guessed < 3; guessed += 1)
      expect(ask('GET', '/metrics', `Bearer ${String(guessed)}`)).toMatchObject({ status: 401 });
    expect(ask('GET', '/metrics', `Bearer ${TOKEN}`)).toMatchObject({ status: 429, headers: { 'Retry-After': '60' } });
    expect(ask('GET', '/health/live')).toBe('passed');
  });
});
