import { BadRequestException, HttpException } from '@nestjs/common';
import { DomainError } from '#contracts';
import { faultOf, problemOf, problemSchema, Refusal } from './problem.js';

const CORRELATION = '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c11';

describe('a problem document', () => {
  it.each([
    ['not-found', 404],
    ['obligation-not-found', 404],
    ['changed-meanwhile', 409],
    ['report-not-submitted', 409],
    ['obligation-settled', 409],
    ['deadline-passed', 422],
    ['plan-file-invalid', 422],
    ['idempotency-key-reused', 422],
    ['a-code-nobody-has-mapped', 422],
  ])('says %s as %d', (code, status) => {
    expect(faultOf(new DomainError(code, 'what and what to do'))).toMatchObject({ status, code, detail: 'what and what to do' });
  });

  it('lists every error of a plan file', () => {
    const errors = [{ path: 'agencies.3.code', line: 17, message: 'is there twice' }];
    const problem = problemOf(faultOf(new DomainError('plan-file-invalid', 'One error', errors)), CORRELATION);
    expect(problem).toEqual({
      type: 'urn:dondoc:problem:plan-file-invalid',
      title: 'Unprocessable Entity',
      status: 422,
      detail: 'One error',
      instance: `urn:uuid:${CORRELATION}`,
      code: 'plan-file-invalid',
      errors,
    });
    expect(problemSchema.safeParse(problem).success).toBe(true);
  });

  it('names the limit of a body that is too large', () => {
    const cause = Object.assign(new Error('request entity too large'), { type: 'entity.too.large', limit: 1_000_000 });
    expect(faultOf(new HttpException('request entity too large', 413, { cause }))).toMatchObject({
      status: 413,
      code: 'body-too-large',
      detail: expect.stringContaining('1000000'),
    });
  });

  it('tells malformed JSON from a malformed address', () => {
    const cause = Object.assign(new SyntaxError('Unexpected token'), { type: 'entity.parse.failed' });
    expect(faultOf(new BadRequestException('Unexpected token', { cause }))).toMatchObject({ status: 400, code: 'malformed-json' });
    expect(faultOf(new BadRequestException("Failed to decode param '%FF'"))).toMatchObject({ status: 400, code: 'bad-request' });
  });

  it('tells nothing of the inside when something fails unforeseen', () => {
    const fault = faultOf(new Error('connect ECONNREFUSED 10.0.0.5:6379 password=hunter2'));
    expect(fault).toMatchObject({ status: 500, code: 'internal-error' });
    expect(JSON.stringify(fault)).not.toMatch(/10\.0\.0\.5|hunter2/);
  });

  it('carries the refusals of the gateway itself', () => {
    const fault = { status: 401, code: 'unauthorized', detail: 'Send a token.', headers: { 'WWW-Authenticate': 'Bearer' } };
    expect(faultOf(new Refusal(fault))).toEqual(fault);
  });
});
