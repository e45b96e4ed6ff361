import { z } from 'zod';
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
  it('is a new message without a key', () => {
    expect(identityOf(request(undefined)).id).not.toBe(identityOf(request(undefined)).id);
    expect(identityOf(request(undefined)).fingerprint).toBeNull();
  });

  it('is the same message under the same key, with a UUID that the key alone decides', () => {
    const first = identityOf(request('k-1'));
    expect(identityOf(request('k-1'))).toEqual(first);
    expect(z.uuid().safeParse(first.id).success).toBe(true);
    expect(identityOf(request('k-2')).id).not.toBe(first.id);
    expect(identityOf(request('0b2d5b54-3a0e-4f6a-9c11-5f0d1d1a6a01')).id).not.toBe('0b2d5b54-3a0e-4f6a-9c11-5f0d1d1a6a01');
  });

  it.each([{ method: 'PUT' }, { originalUrl: '/api/v1/reports/2/submit' }, { body: { note: 'khác' } }, { body: undefined }])(
    'has another fingerprint when the request differs by %j',
    (difference) => {
      const first = identityOf(request('k-1'));
      const other = identityOf(request('k-1', difference));
      expect(other.id).toBe(first.id);
      expect(other.fingerprint).not.toBe(first.fingerprint);
    },
  );

  it.each(['', ' ', 'x'.repeat(201), 'khoá'])('refuses the key %j', (key) => {
    expect(() => identityOf(request(key))).toThrow(Refusal);
  });
});
