import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { composeMime } from './compose-mime.js';
import type { Attachment, OutgoingMail } from './mailer.js';

const FROM = { name: 'Đôn đốc', address: 'dondoc@hanoi.example' };
const mail: OutgoingMail = {
  to: { name: 'Nguyễn Thị Lan', address: 'lan@sct.example' },
  subject: '[OCOP 2020] Đôn đốc lần 1: Báo cáo tháng tình hình thực hiện Kế hoạch tháng 6/2020 quá hạn 1 ngày làm việc và 2 nội dung khác',
  text: 'Kính gửi: Ông/Bà Nguyễn Thị Lan\n\nHạn: chậm nhất ngày 17/06/2020\n',
  html: '<!doctype html>\n<p>Kính gửi: Ông/Bà Nguyễn Thị Lan</p>\n',
  mailId: '7b1f8a52-0b57-4a34-9d0e-6f4f3f7c1f10@hanoi.example',
  date: new Date('2020-06-18T01:00:00Z'),
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Dondoc-Correlation': '0b57' },
};

const OURS = ['from', 'to', 'subject', 'message-id', 'date', 'auto-submitted', 'x-dondoc-correlation', 'mime-version', 'content-type'];
const composed = (changes: Partial<OutgoingMail> = {}, from = FROM) => composeMime({ ...mail, ...changes }, from);
const parsed = (changes: Partial<OutgoingMail> = {}, from = FROM) => simpleParser(composed(changes, from));

/** What every server must be able to carry, whatever was written (RFC 5321 4.5.3.1, RFC 5322 2.1.1). */
function expectCarriable(bytes: Buffer): void {
  expect(bytes.every((byte) => byte < 0x80 && byte !== 0)).toBe(true);
  const text = bytes.toString('latin1');
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
}

describe('a composed mail', () => {
  it('is read as it was written', async () => {
    const read = await parsed();
    expect(read.subject).toBe(mail.subject);
    expect(read.from?.value).toMatchObject([FROM]);
    expect(read.to).toMatchObject({ value: [mail.to] });
    expect(read.text).toBe(mail.text);
    expect(read.html).toBe(mail.html);
    expect(read.messageId).toBe(`<${mail.mailId}>`);
    expect(read.date).toEqual(mail.date);
    expect(read.headers.get('auto-submitted')).toBe('auto-generated');
    expect(read.headers.get('x-dondoc-correlation')).toBe('0b57');
    expect(read.attachments).toEqual([]);
  });

  it('offers plain text first and HTML as the better alternative (RFC 2046 5.1.4)', () => {
    const text = composed().toString('latin1');
    expect(text).toMatch(/^Content-Type: multipart\/alternative;\s+boundary="[^"]+"\r$/m);
    expect(text.indexOf('Content-Type: text/plain; charset=utf-8')).toBeGreaterThan(0);
    expect(text.indexOf('Content-Type: text/html; charset=utf-8')).toBeGreaterThan(text.indexOf('Content-Type: text/plain'));
  });

  it('is the same, byte for byte, on each try', () => {
    expect(composed().equals(composed())).toBe(true);
  });

  it('says its date in UTC, however the machine counts', () => {
    expect(composed().toString('latin1')).toContain('\r\nDate: Thu, 18 Jun 2020 01:00:00 +0000\r\n');
  });

  it('has our address alone where we have no name', async () => {
    expect((await parsed({}, { name: '', address: FROM.address })).from?.value).toEqual([{ name: '', address: FROM.address }]);
  });

  it.each([
    ['of Vietnamese', 'Đề nghị chỉ đạo: '.repeat(60)],
    ['of English', 'Please act now. '.repeat(60)],
    ['without a space', 'x'.repeat(3000)],
    ['without a space, in Vietnamese', 'ệ'.repeat(3000)],
    ['that looks like an encoded word', '=?utf-8?B?PGI+?= is literal'],
    ['that is an encoded word', '=?utf-8?B?PGI+?='],
    ['with an emoji where words are split', `${'a'.repeat(25)}${'😀'.repeat(80)}`],
    ['with quotes and backslashes', 'say "no" \\ "yes"'],
  ])('keeps a subject and a name %s', async (_, words) => {
    const text = words.trim();
    const changes = { subject: text, to: { name: text, address: 'lan@sct.example' } };
    expectCarriable(composed(changes));
    const read = await parsed(changes);
    expect(read.subject).toBe(text);
    expect(read.to).toMatchObject({ value: [changes.to] });
  });

  it('keeps long bodies, of one line and of many', async () => {
    const long = { text: 'Nội dung '.repeat(20_000), html: `<p>${'ệ'.repeat(50_000)}</p>` };
    expectCarriable(composed(long));
    const read = await parsed(long);
    expect(read.text).toBe(long.text);
    expect(read.html).toBe(long.html);
  });
});

describe('documents with a mail', () => {
  const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const bytes = Buffer.from(Array.from({ length: 600 }, (_, index) => index % 256));
  const list: Attachment = { fileName: 'Danh sách học viên lớp TH-2020-01, Thạch Thất (bản 2).xlsx', contentType: XLSX, content: bytes };
  const ics = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Lớp tập huấn\r\nEND:VCALENDAR\r\n';
  const calendar: Attachment = { fileName: 'Lịch dạy.ics', contentType: 'text/calendar', content: ics, calendarMethod: 'REQUEST' };
  /** The kinds of all parts in their order, as any reader walks them. */
  const kindsIn = (mime: Buffer) => [...mime.toString('latin1').matchAll(/^Content-Type:\s+([^;\r]+)/gm)].map(([, kind]) => kind);

  it('are read back byte for byte, by the names that they were given, beside the mail itself', async () => {
    expectCarriable(composed({ attachments: [list] }));
    const read = await parsed({ attachments: [list] });
    expect(read).toMatchObject({ subject: mail.subject, text: mail.text, html: mail.html });
    expect(read.attachments).toMatchObject([{ filename: list.fileName, contentType: XLSX, contentDisposition: 'attachment' }]);
    expect(read.attachments[0]?.content.equals(bytes)).toBe(true);
  });

  it('are the same, byte for byte, on each try', () => {
    const attachments = [list, calendar];
    expect(composed({ attachments }).equals(composed({ attachments }))).toBe(true);
  });

  it('name themselves on lines of pure ASCII (RFC 2231)', () => {
    const head = /^Content-Disposition: [^]*?\r\n\r\n/m.exec(composed({ attachments: [list] }).toString('latin1'))?.[0];
    expect(head).toMatch(/^Content-Disposition: attachment;\s+filename\*0\*=utf-8''Danh%20s%C3%A1ch/);
    expect(Math.max(...head!.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  });

  it('that are one calendar file are an invitation, and a file for who wants it', async () => {
    const mime = composed({ attachments: [calendar, list] });
    expect(kindsIn(mime)).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'text/calendar',
      'application/ics',
      XLSX,
    ]);
    expect(mime.toString('latin1')).toMatch(/^Content-Type: text\/calendar; charset=utf-8; method=REQUEST\r$/m);
    const { attachments } = await simpleParser(mime);
    expect(attachments.map(({ contentType, filename }) => [contentType, filename])).toEqual([
      ['text/calendar', undefined],
      ['application/ics', calendar.fileName],
      [XLSX, list.fileName],
    ]);
    for (const { content } of attachments.slice(0, 2)) expect(content.toString()).toBe(ics);
  });

  it('that are several calendar files are each a file with its method, none of them hiding the others', async () => {
    const cancel = { ...calendar, fileName: 'Hủy.ics', calendarMethod: 'CANCEL' as const };
    const mime = composed({ attachments: [calendar, cancel] });
    expect(kindsIn(mime).filter((kind) => /calendar|ics$/.test(String(kind)))).toEqual(['text/calendar', 'text/calendar']);
    const { attachments } = await simpleParser(mime);
    expect(attachments.map(({ filename, headers }) => [filename, headers.get('content-type')])).toMatchObject([
      ['Lịch dạy.ics', { params: { method: 'REQUEST' } }],
      ['Hủy.ics', { params: { method: 'CANCEL' } }],
    ]);
  });

  it.each([
    ['../../etc/passwd', '..-..-etc-passwd'],
    ['a\r\nBcc: eve@evil.example', 'a-Bcc- eve@evil.example'],
    ['báo "cáo"; x=y.pdf', 'báo -cáo-; x=y.pdf'],
    ["it's 100%.pdf", "it's 100%.pdf"],
    ['Sở Công Thương.pdf'.normalize('NFD'), 'Sở Công Thương.pdf'],
    [`${'😀'.repeat(40)}.pdf`, `${'😀'.repeat(40)}.pdf`],
  ])('keep a name within its header, and out of folders: %j', async (fileName, seen) => {
    const mime = composed({ attachments: [{ ...list, fileName }] });
    expectCarriable(mime);
    const read = await simpleParser(mime);
    expect(read.attachments.map(({ filename }) => filename)).toEqual([seen]);
    expect(read.headerLines.map(({ key }) => key)).toEqual(OURS);
  });

  it('of whatever name stay within their part', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }), async (fileName) => {
        const mime = composed({ attachments: [{ ...list, fileName }] });
        expectCarriable(mime);
        const read = await simpleParser(mime);
        expect(read.attachments.map(({ contentType, content }) => [contentType, content.equals(bytes)])).toEqual([[XLSX, true]]);
        expect(read.headerLines.map(({ key }) => key)).toEqual(OURS);
      }),
      { numRuns: 200 },
    );
  });

  it('of two megabytes hold up the others for less than a tenth of a second', () => {
    const attachments = [{ ...list, content: Buffer.alloc(2_000_000, 7) }];
    composed({ attachments });
    const began = performance.now();
    composed({ attachments });
    expect(performance.now() - began).toBeLessThan(100);
  });
});

it.each(['\r\nBcc: eve@evil.example', '\nBcc: eve@evil.example', '\rBcc: eve@evil.example', '\0', '\r\n\r\nbody'])(
  'a header value stays in its header: %j',
  async (breaking) => {
    const bytes = composed({ headers: { ...mail.headers, 'X-Dondoc-Correlation': `0b57${breaking}` } });
    expectCarriable(bytes);
    expect((await simpleParser(bytes)).headerLines.map(({ key }) => key)).toEqual(OURS);
  },
);

describe('whatever people write', () => {
  const breaking = fc.constantFrom(
    '\r\n',
    '\n',
    '\r',
    '\0',
    '\r\n\r\n',
    '\r\nBcc: eve@evil.example',
    '\u2028',
    '=?utf-8?Q?=0D=0ABcc:_eve?=',
    '"',
    ',',
    '<',
  );
  const words = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 300 }));
  const nasty = fc.array(fc.oneof(words, breaking), { maxLength: 6 }).map((parts) => parts.join(''));

  it('stays in its header: no header more, no recipient more, nothing that a server could not carry', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, nasty, async (name, subject, ours, body) => {
        const changes = { subject, to: { name, address: 'lan@sct.example' }, text: body, html: body };
        const from = { name: ours, address: FROM.address };
        const bytes = composed(changes, from);
        expectCarriable(bytes);
        const read = await simpleParser(bytes);
        expect([...read.headerLines.map(({ key }) => key)]).toEqual(OURS);
        expect(read.to).toMatchObject({ value: [{ address: 'lan@sct.example' }] });
        expect(read.from?.value).toMatchObject([{ address: FROM.address }]);
        expect(read.messageId).toBe(`<${mail.mailId}>`);
      }),
      { numRuns: 300 },
    );
  });

  it('is read as it was written, when it fits on one line', async () => {
    const line = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).map((text) => text.replaceAll(/\s+/g, ' ').trim());
    await fc.assert(
      fc.asyncProperty(
        line.filter((text) => text !== ''),
        async (text) => {
          const changes = { subject: text, to: { name: text, address: 'lan@sct.example' } };
          const read = await parsed(changes);
          expect(read.subject).toBe(text);
          expect(read.to).toMatchObject({ value: [changes.to] });
        },
      ),
      { numRuns: 300 },
    );
  });
});
