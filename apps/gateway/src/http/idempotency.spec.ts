import { identityOf } from './idempotency.js';
import { Refusal } from './problem.js';

const request = (key: string | undefined, more: { method?: string; originalUrl?: string; body?: unknown } = {}) => ({
  method: 'POST',
  originalUrl: '/api/v1/reports/1/submit',
  body: { note: 'xong' },
  headers: key === undefined ? {} : { 'idempotency-key': key },
  ...more,
});

describe('the identity of a request', () => {
  it('is nothing without a key: every request is another one', () => {
    expect(identityOf(request(undefined))).toEqual({});
  });

  it('is the same when the same request is repeated under the same key', () => {
    expect(identityOf(request('k-1'))).toEqual(identityOf(request('k-1')));
    expect(identityOf(request('k-1')).idempotencyKey).toBe('k-1');
  });

  it.each([{ method: 'PUT' }, { originalUrl: '/api/v1/reports/2/submit' }, { body: { note: 'khác' } }, { body: undefined }])(
    'has another fingerprint when the request differs by %j',
    (difference) => {
      expect(identityOf(request('k-1', difference)).fingerprint).not.toBe(identityOf(request('k-1')).fingerprint);
    },
  );

  it.each(['', ' ', 'x'.repeat(201), 'khoá'])('refuses the key %j', (key) => {
    expect(() => identityOf(request(key))).toThrow(Refusal);
  });
});
