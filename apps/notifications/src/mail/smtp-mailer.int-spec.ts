import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { mailCatcher, type MailCatcher, type Trouble } from '#testing';
import type { OutgoingMail } from './mailer.js';
import { SmtpMailer } from './smtp-mailer.js';

const FROM = 'Đôn đốc <dondoc@hanoi.example>';
const mail: OutgoingMail = {
  to: { name: 'Nguyễn Thị Lan', address: 'lan@sct.example' },
  subject: 'Đôn đốc lần 1',
  text: 'Kính gửi\n',
  html: '<p>Kính gửi</p>\n',
  mailId: '7b1f8a52@hanoi.example',
  date: new Date('2020-06-18T01:00:00Z'),
  headers: { 'Auto-Submitted': 'auto-generated' },
};
const to = (address: string): OutgoingMail => ({ ...mail, to: { ...mail.to, address } });

const open: SmtpMailer[] = [];
const calls: Socket[] = [];
const listeners: Server[] = [];
function mailerTo(url: string, { connections = 2, silence = 30_000, from = FROM } = {}): SmtpMailer {
  const mailer = new SmtpMailer({ url, from, connections, silence });
  open.push(mailer);
  return mailer;
}

let server: MailCatcher;
beforeEach(async () => {
  server = await mailCatcher();
});
afterEach(async () => {
  for (const mailer of open.splice(0)) mailer.onApplicationShutdown();
  for (const call of calls.splice(0)) call.destroy();
  for (const listener of listeners.splice(0)) listener.close();
  await server.close();
});

describe('a mail server that takes mail', () => {
  it('gets it as it was written, from us, to the one recipient', async () => {
    await expect(mailerTo(server.url).send(mail)).resolves.toMatchObject({ kind: 'sent', answer: expect.stringMatching(/^250/) });
    const [read] = server.mails;
    expect(read).toMatchObject({ subject: mail.subject, text: mail.text, html: mail.html, messageId: `<${mail.mailId}>`, date: mail.date });
    expect(read?.from?.value).toMatchObject([{ name: 'Đôn đốc', address: 'dondoc@hanoi.example' }]);
    expect(read?.to).toMatchObject({ value: [mail.to] });
  });

  it('gets documents with it, under their names, and a calendar file as an invitation', async () => {
    const list = {
      fileName: 'Danh sách lớp TH-2020-01 (70 học viên).xlsx',
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      content: randomBytes(60_000),
    };
    const calendar = {
      fileName: 'Lịch giảng dạy, buổi 1.ics',
      contentType: 'text/calendar',
      content: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n',
      calendarMethod: 'REQUEST' as const,
    };
    await expect(mailerTo(server.url).send({ ...mail, attachments: [list, calendar] })).resolves.toMatchObject({ kind: 'sent' });
    const [read] = server.mails;
    expect(read).toMatchObject({ subject: mail.subject, text: mail.text, html: mail.html });
    const [invitation, sheet, file] = read!.attachments;
    expect(invitation?.headers.get('content-type')).toMatchObject({ value: 'text/calendar', params: { method: 'REQUEST' } });
    expect(sheet).toMatchObject({ filename: list.fileName, contentType: list.contentType });
    expect(sheet?.content.equals(list.content)).toBe(true);
    expect(file).toMatchObject({ filename: calendar.fileName, contentType: 'application/ics' });
    for (const one of [invitation, file]) expect(one?.content.toString()).toBe(calendar.content);
  });

  it('gets many over few connections, each once', async () => {
    const mailer = mailerTo(server.url, { connections: 3 });
    const ids = Array.from({ length: 60 }, (_, index) => `${String(index)}@hanoi.example`);
    const handovers = await Promise.all(ids.map((mailId) => mailer.send({ ...mail, mailId })));
    expect(new Set(handovers.map(({ kind }) => kind))).toEqual(new Set(['sent']));
    expect(server.mails.map(({ messageId }) => messageId).sort()).toEqual(ids.map((id) => `<${id}>`).sort());
  });

  it('gets lines that are a lone dot, and very long ones, unchanged', async () => {
    const text = `.\n..\nKết thúc\n.\n${'dài '.repeat(5_000)}\n`;
    await mailerTo(server.url).send({ ...mail, text });
    expect(server.mails[0]?.text).toBe(text);
  });

  it('answers that it is there, and gets no mail by that', async () => {
    await expect(mailerTo(server.url).reachable()).resolves.toBe(true);
    expect(server.mails).toEqual([]);
  });
});

describe('a mail server that makes trouble', () => {
  const refuse = (kind: 'refuse-recipient' | 'refuse-data', code: number, message: string): Trouble => ({ kind, code, message });

  it.each([
    [refuse('refuse-recipient', 450, '4.2.0 greylisted'), { kind: 'retry', reached: true }],
    [refuse('refuse-recipient', 550, '5.1.1 no such user'), { kind: 'refused', status: '5.1.1', address: true }],
    [refuse('refuse-data', 451, '4.3.0 later'), { kind: 'retry', reached: true }],
    [refuse('refuse-data', 554, '5.7.1 spam'), { kind: 'refused', status: '5.7.1', address: false }],
    [{ kind: 'silent-after-data' } as const, { kind: 'unknown' }],
  ])('%j', async (trouble, expected) => {
    server.trouble = () => trouble;
    const mailer = mailerTo(server.url, { silence: 500 });
    await expect(mailer.send(mail)).resolves.toMatchObject(expected);
    server.trouble = () => undefined;
    await expect(mailer.send({ ...mail, mailId: 'next@hanoi.example' })).resolves.toMatchObject({ kind: 'sent' });
    expect(server.mails.map(({ messageId }) => messageId)).toEqual(['<next@hanoi.example>']);
  });

  it('is quoted without the address', async () => {
    server.trouble = () => refuse('refuse-recipient', 550, '5.1.1 <lan@sct.example> is unknown, call 0912 345 678');
    const { answer } = await mailerTo(server.url).send(mail);
    expect(answer).toMatch(/^550 5\.1\.1 .*is unknown/);
    expect(answer).not.toMatch(/lan@|912/);
  });

  it('or is not there, is told apart from one that answers', async () => {
    const gone = await mailCatcher();
    await gone.close();
    const mailer = mailerTo(gone.url);
    await expect(mailer.send(mail)).resolves.toMatchObject({ kind: 'retry', reached: false });
    await expect(mailer.reachable()).resolves.toBe(false);
  });
});

describe('an address that could break out of a header or a command', () => {
  it.each([
    'lan@sct.example\r\nBcc: eve@evil.example',
    'lan@sct.example\r\nRCPT TO:<eve@evil.example>',
    'lan@sct.example, eve@evil.example',
    'lan@sct.example>',
    '<lan@sct.example',
    'lan@@sct.example',
    'lan eve@sct.example',
    'lan@sct example',
    'lan',
    '@sct.example',
    'lan@',
    '',
  ])('is refused unsaid: %j', async (address) => {
    await expect(mailerTo(server.url).send(to(address))).resolves.toMatchObject({ kind: 'refused', status: '5.1.3', address: true });
    expect(server.mails).toEqual([]);
  });
});

/** Speaks just enough SMTP to hang up at the moment that the test chooses, and counts the mails that it was handed. */
async function hangingUp(when: 'greeting' | 'mail' | 'data' | 'half' | 'end', how: 'end' | 'destroy') {
  const told = { mails: 0, calls: 0, commands: [] as string[] };
  const hangUp = (socket: Socket) => (how === 'end' ? socket.end() : socket.resetAndDestroy());
  const listener: Server = createServer((socket) => {
    told.calls += 1;
    calls.push(socket);
    socket.on('error', () => undefined);
    if (when === 'greeting') return void hangUp(socket);
    socket.write('220 hello\r\n');
    let inData = false;
    socket.on('data', (chunk: Buffer) => {
      const said = chunk.toString('latin1');
      if (inData) {
        if (when === 'half') hangUp(socket);
        else if (said.endsWith('\r\n.\r\n')) {
          told.mails += 1;
          hangUp(socket);
        }
        return;
      }
      told.commands.push(said.trim());
      if (said.startsWith('MAIL') && when === 'mail') return void hangUp(socket);
      if (said.startsWith('DATA')) {
        if (when === 'data') return void hangUp(socket);
        inData = true;
        return void socket.write('354 go ahead\r\n');
      }
      return void socket.write('250 ok\r\n');
    });
  });
  listeners.push(listener);
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  return { told, url: `smtp://127.0.0.1:${String(port)}` };
}

describe('a connection that breaks', () => {
  it.each(['end', 'destroy'] as const)(
    'after the whole mail leaves it in doubt, and the mail is not handed over again (%s)',
    async (how) => {
      const { told, url } = await hangingUp('end', how);
      await expect(mailerTo(url).send(mail)).resolves.toMatchObject({ kind: 'unknown' });
      expect(told).toMatchObject({ mails: 1, calls: 1 });
    },
  );

  it.each([
    ['greeting', 'end'],
    ['greeting', 'destroy'],
    ['mail', 'end'],
    ['mail', 'destroy'],
    ['data', 'end'],
    ['data', 'destroy'],
  ] as const)('before the mail was handed over is surely no mail: %s, %s', async (when, how) => {
    const { told, url } = await hangingUp(when, how);
    await expect(mailerTo(url).send(mail)).resolves.toMatchObject({ kind: 'retry', reached: false });
    expect(told.mails).toBe(0);
  });

  it('in the middle of the mail leaves it in doubt at most, and the mail is not handed over again', async () => {
    const { told, url } = await hangingUp('half', 'destroy');
    const { kind } = await mailerTo(url).send({ ...mail, text: 'x'.repeat(1_000_000) });
    expect(['unknown', 'retry']).toContain(kind);
    expect(told).toMatchObject({ mails: 0, calls: 1 });
  });
});

it('a recipient of an internationalised domain is named as every server knows it', async () => {
  const { told, url } = await hangingUp('end', 'end');
  await mailerTo(url).send(to('lan@hànội.example'));
  expect(told.commands).toContain('RCPT TO:<lan@xn--hni-9ka0849a.example>');
});

it.each([
  ['dondoc@hanoi.example', { name: '', address: 'dondoc@hanoi.example' }],
  ['<dondoc@hanoi.example>', { name: '', address: 'dondoc@hanoi.example' }],
  ['"Đôn đốc" <dondoc@hanoi.example>', { name: 'Đôn đốc', address: 'dondoc@hanoi.example' }],
  ['Van phong, UBND <dondoc@hanoi.example>', { name: 'Van phong, UBND', address: 'dondoc@hanoi.example' }],
])('a sender %s is named so', async (from, sender) => {
  await mailerTo(server.url, { from }).send(mail);
  expect(server.mails[0]?.from?.value).toEqual([sender]);
});
