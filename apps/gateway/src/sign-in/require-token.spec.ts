import { EventEmitter } from 'node:events';
import type { Request, Response } from '../http/exchange.js';
import { Refusal } from '../http/problem.js';
import { FailedAttempts } from './failed-attempts.js';
import { requireToken } from './require-token.js';

const TOKEN = 'the-right-token';
const basic = (token: string) => `Basic ${Buffer.from(`me:${token}`).toString('base64')}`;

function gate(failed = new FailedAttempts(), failedLinks = new FailedAttempts()) {
  const check = requireToken(TOKEN, failed, failedLinks);
  /** @param status of the answer, where the request passes */
  return (method: string, path: string, authorization?: string, status = 200): Refusal['fault'] | 'passed' => {
    let outcome: Refusal['fault'] | 'passed' | undefined;
    const response = Object.assign(new EventEmitter(), { statusCode: status });
    try {
      check(
        { method, path, ip: '192.0.2.1', headers: { authorization } } as unknown as Request,
        response as unknown as Response,
        () => (outcome = 'passed'),
      );
      response.emit('finish');
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

  it.each(['/invitations/', '/rosters/', '/attendance/', '/certificates/'])(
    'leaves pages of %s open to see and to send, and nothing near them',
    (prefix) => {
      for (const path of [`${prefix}abc-DEF_123~x.y`, `${prefix}abcdefghij/roster.xlsx`])
        for (const method of ['GET', 'HEAD', 'POST']) expect(gate()(method, path)).toBe('passed');
      for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS'])
        expect(gate()(method, `${prefix}abcdefghij`)).toMatchObject({ status: 401 });
      for (const path of [
        prefix,
        prefix.slice(0, -1),
        `${prefix}short`,
        `${prefix}abcdefghij/`,
        `${prefix}abcdefghij//metrics`,
        `${prefix}abcdefghij/../metrics`,
        `${prefix}abcdefghij%2F`,
        `${prefix.toUpperCase()}abcdefghij`,
        `/api/v1${prefix}abcdefghij`,
        `${prefix}${'a'.repeat(201)}`,
      ])
        expect(gate()('GET', path)).toMatchObject({ status: 401 });
    },
  );

  it('stops guessing links after some that lead nowhere or are over, and nothing else by that', () => {
    const limits = { attempts: 3, windowMs: 60_000, addresses: 10 };
    const ask = gate(new FailedAttempts(() => 0, limits), new FailedAttempts(() => 0, limits));
    for (let opened = 0; opened < 10; opened += 1) expect(ask('GET', '/invitations/a-right-one')).toBe('passed');
    for (const status of [404, 410, 404]) expect(ask('GET', '/invitations/a-wrong-one', undefined, status)).toBe('passed');
    for (const [method, path] of [
      ['GET', '/invitations/a-right-one'],
      ['POST', '/attendance/a-right-one'],
    ] as const)
      expect(ask(method, path)).toMatchObject({ status: 429, headers: { 'Retry-After': '60' } });
    expect(ask('GET', '/metrics', `Bearer ${TOKEN}`)).toBe('passed');
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
