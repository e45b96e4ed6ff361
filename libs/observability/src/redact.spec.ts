import { Temporal } from 'temporal-polyfill';
import { redact, scrubText } from './index.js';

describe('scrubText', () => {
  it.each([
    ['550 5.1.1 <lan.nguyen@sct.hanoi.example>: user unknown', '550 5.1.1 <[redacted]>: user unknown'],
    ['rcpt to đặng.lan@sở-công-thương.example refused', 'rcpt to [redacted] refused'],
    ['gọi 0912 345 678 hoặc (024) 3825.3536', 'gọi [redacted] hoặc [redacted]'],
    ['call +84 912 345 678.', 'call [redacted].'],
    ['call +84-912-345-678', 'call [redacted]'],
    ['connect postgresql://planning:s3cret@db:5432/x failed', 'connect postgresql://[redacted]@db:5432/x failed'],
    ['sent Authorization: Bearer abcdefgh12345678', 'sent Authorization: Bearer [redacted]'],
  ])('hides what is personal or secret in "%s"', (text, scrubbed) => {
    expect(scrubText(text)).toBe(scrubbed);
  });

  it.each([
    'run at 2020-06-01T00:30:00.000Z took 0.123456789 s',
    'message 01234567-8901-4234-8567-890123456789 of planning.submit-report.v1',
    'obligation 0b7e0f6e-0000-7000-8000-000000000001',
    '100/KH-UBND, 15/05/2020, 1000000000 đồng',
    'ECONNREFUSED 127.0.0.1:5432',
    'at vn.request (/app/node_modules/@prisma/client/runtime/client.js:153:12)',
  ])('leaves "%s" as it is', (text) => {
    expect(scrubText(text)).toBe(text);
  });
});

describe('redact', () => {
  it('hides secret keys at every depth and the names of people, and keeps the names of things', () => {
    const line = {
      job: { name: 'planning.import-plan.v1', data: { yaml: 'plan: …', fileName: '100.yaml' } },
      agency: { name: 'Sở Công Thương', contacts: [{ name: 'Nguyễn Thị Lan', email: 'lan@sct.example', phone: null, role: 'FOCAL' }] },
      headers: { Authorization: 'Bearer x', cookie: 'sid=1' },
      adminToken: 't',
      SMTP_PASSWORD: 'p',
    };
    expect(redact(line)).toEqual({
      job: { name: 'planning.import-plan.v1', data: { yaml: '[redacted]', fileName: '100.yaml' } },
      agency: { name: 'Sở Công Thương', contacts: [{ name: '[redacted]', email: '[redacted]', phone: null, role: 'FOCAL' }] },
      headers: { Authorization: '[redacted]', cookie: '[redacted]' },
      adminToken: '[redacted]',
      SMTP_PASSWORD: '[redacted]',
    });
  });

  it('keeps errors with their fields and causes, scrubbed', () => {
    const cause = Object.assign(new Error('RCPT TO:<lan@sct.example> refused'), { responseCode: 550, rejected: ['lan@sct.example'] });
    const copy = redact(new Error('mail to lan@sct.example failed', { cause }));
    expect(copy).toMatchObject({
      type: 'Error',
      message: 'mail to [redacted] failed',
      cause: { message: 'RCPT TO:<[redacted]> refused', responseCode: 550, rejected: ['[redacted]'] },
    });
    expect(JSON.stringify(copy)).not.toContain('lan@');
  });

  it('copies anything without throwing', () => {
    const circular: Record<string, unknown> = { big: 10n, at: Temporal.Instant.from('2020-06-01T00:30:00Z'), bytes: Buffer.from('x') };
    circular.self = circular;
    circular.broken = {
      toJSON: () => {
        throw new Error('no');
      },
    };
    expect(redact(circular)).toEqual({
      big: '10',
      at: '2020-06-01T00:30:00Z',
      bytes: '[1 bytes]',
      self: '[circular]',
      broken: '[Object]',
    });
  });
});
