import { randomUUID } from 'node:crypto';
import ICAL from 'ical.js';
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';
import { readSheet } from 'read-excel-file/universal';
import type { Mail } from '#contracts';
import { sampleMissing, sampleNotice, sampleRoster } from '../class-mails/class-samples.js';
import { at, mai, NotificationsFixture, type Command, type PersonChanged } from './notifications.int-fixture.js';

let service: NotificationsFixture;
beforeAll(async () => {
  service = await NotificationsFixture.start('2020-07-02T08:00');
});
afterAll(() => service.stop());

const cancellation: typeof sampleNotice = {
  ...sampleNotice,
  occasion: 'cancelled',
  reader: 'trainer',
  venue: null,
  sessions: [],
  changed: [],
  sequence: 5,
};

/** An invented trainer that notifications has heard of. */
async function trainer(): Promise<PersonChanged> {
  const personId = randomUUID();
  const one = { ...mai, personId, email: `${personId}@hocvien.example` };
  await service.hearOf(one);
  return one;
}
const mailTo = ({ personId }: PersonChanged, mail: Mail, stream: string | null = 'class.1'): Command => ({
  businessKey: randomUUID(),
  stream,
  recipientId: personId,
  mail,
  obligationIds: [],
});
const sentTo = ({ email }: PersonChanged) =>
  service.server.mails.filter(({ to }) => [to].flat().some((list) => list?.value.some(({ address }) => address === email)));

describe('a roster', () => {
  it('comes as a workbook and as PDF, with calendar files for the reader’s own sessions and against those that fell away', async () => {
    const one = await trainer();
    await expect(service.deliver(mailTo(one, sampleRoster))).resolves.toBeNull();
    const [sent] = sentTo(one);
    const named = sent!.attachments.map(({ filename, headers }) => [filename, headers.get('content-type')]);
    expect(named).toMatchObject([
      ['Danh sách học viên lớp TH-2020-01, phiên bản 2.xlsx', { value: expect.stringContaining('spreadsheetml') }],
      ['Danh sách học viên lớp TH-2020-01, phiên bản 2.pdf', { value: 'application/pdf' }],
      ['Lịch lớp TH-2020-01, buổi 3.ics', { params: { method: 'REQUEST' } }],
      ['Hủy lịch lớp TH-2020-01, buổi 2.ics', { params: { method: 'CANCEL' } }],
    ]);
    const [workbook, pdf, request, cancel] = sent!.attachments.map(({ content }) => content);
    const rows = await readSheet(new Uint8Array(workbook!).buffer);
    expect(rows.slice(-2).map((row) => row.slice(0, 5))).toEqual([
      [1, 'Nguyễn Văn Mẫu An', 'Hợp tác xã Mẫu', 'Chủ nhiệm', null],
      [2, 'Đỗ Thị Mẫu Yến', 'UBND xã Mẫu', 'Công chức văn hóa', 'Bán hàng qua mạng'],
    ]);
    const page = await textOf(pdf!);
    for (const said of ['SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN', 'Đỗ Thị Mẫu Yến', 'Giảng viên: TS Vũ Thị Mai', 'Phiên bản 2']) {
      expect(page).toContain(said);
    }
    expect([request, cancel].map((file) => eventOf(file!))).toEqual([
      [`${sampleRoster.sessions[1]!.sessionId}@hanoi.example`, 4, 'CONFIRMED'],
      [`${sampleRoster.cancelled[0]!.sessionId}@hanoi.example`, 4, 'CANCELLED'],
    ]);
  });

  it('is kept nowhere, neither its people nor its link, and is whole all the same when it is tried again', async () => {
    const [one, message] = [await trainer(), service.message()];
    const command = mailTo(one, { ...sampleRoster, token: `token-${randomUUID()}` });
    service.server.trouble = () => ({ kind: 'refuse-recipient', code: 451, message: 'try again later' });
    await expect(service.deliver(command, message)).resolves.toBe('2020-07-02T08:01');
    service.server.trouble = () => undefined;
    const tables = await everyTable();
    expect(tables).toContain(message.id);
    for (const secret of [(command.mail as typeof sampleRoster).token, 'Mẫu Yến', 'sealed.1.']) expect(tables).not.toContain(secret);
    service.clock.advance({ minutes: 1 });
    await expect(service.deliver(command, message)).resolves.toBeNull();
    expect(sentTo(one)[0]?.attachments).toHaveLength(4);
    expect(sentTo(one)[0]?.text).toContain((command.mail as typeof sampleRoster).token);
    service.clock.set(at('2020-07-02T08:00'));
  });

  it('holds up no other mail while many are drawn', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, trainer));
    const order: string[] = [];
    await Promise.all([
      ...people.slice(0, 5).map((one) => service.deliver(mailTo(one, sampleRoster)).then(() => order.push('roster'))),
      service.deliver(mailTo(people[5]!, sampleNotice)).then(() => order.push('notice')),
    ]);
    expect(order).toEqual(['notice', ...Array<string>(5).fill('roster')]);
  });
});

describe('a roster and the cancellation that was decided after it', () => {
  const roster = (one: PersonChanged) => ({ command: mailTo(one, sampleRoster), message: service.message(at('2020-07-02T07:40')) });
  const notice = (one: PersonChanged) => ({ command: mailTo(one, cancellation), message: service.message(at('2020-07-02T07:50')) });

  it.each(['roster first', 'cancellation first', 'both at once'])(
    'before office hours, %s: the cancellation alone is sent',
    async (order) => {
      const one = await trainer();
      const [old, newer] = [roster(one), notice(one)];
      service.clock.set(at('2020-07-02T07:00'));
      if (order === 'both at once') await Promise.all([old, newer].map(({ command, message }) => service.deliver(command, message)));
      else
        for (const { command, message } of order === 'roster first' ? [old, newer] : [newer, old]) await service.deliver(command, message);
      service.clock.set(at('2020-07-02T08:00'));
      for (const { command, message } of order === 'roster first' ? [newer, old] : [old, newer]) await service.deliver(command, message);
      expect(sentTo(one).map(({ subject }) => subject)).toEqual([expect.stringContaining('Hủy lớp')]);
      expect(await service.row(old.message)).toMatchObject({
        state: 'superseded',
        attempts: 0,
        reason: 'a newer mail to the same recipient tells everything',
      });
    },
  );

  it('in office hours: a roster that comes after the cancellation was sent is not', async () => {
    const one = await trainer();
    const [old, newer] = [roster(one), notice(one)];
    await service.deliver(newer.command, newer.message);
    await expect(service.deliver(old.command, old.message)).resolves.toBeNull();
    expect(sentTo(one)).toHaveLength(1);
    expect(await service.row(old.message)).toMatchObject({ state: 'superseded', nextAttemptAt: null });
  });

  it.each(['roster first', 'cancellation first'])(
    'while the mail server is away, %s: the cancellation alone is sent in the end',
    async (order) => {
      const one = await trainer();
      const [old, newer] = [roster(one), notice(one)];
      service.server.trouble = () => ({ kind: 'refuse-recipient', code: 451, message: 'try again later' });
      for (const { command, message } of order === 'roster first' ? [old, newer] : [newer, old]) await service.deliver(command, message);
      service.server.trouble = () => undefined;
      service.clock.set(at('2020-07-02T08:30'));
      for (const { command, message } of [old, newer]) await expect(service.deliver(command, message)).resolves.toBeNull();
      expect(sentTo(one).map(({ subject }) => subject)).toEqual([expect.stringContaining('Hủy lớp')]);
      expect(await service.row(old.message)).toMatchObject({ state: 'superseded' });
      service.clock.set(at('2020-07-02T08:00'));
    },
  );

  it('of another class, or to somebody else, leaves it alone', async () => {
    const [one, other] = [await trainer(), await trainer()];
    await service.deliver(mailTo(one, cancellation, 'class.2'), service.message(at('2020-07-02T07:50')));
    await service.deliver(mailTo(other, cancellation), service.message(at('2020-07-02T07:50')));
    const { command, message } = roster(one);
    await service.deliver(command, message);
    expect(await service.row(message)).toMatchObject({ state: 'sent' });
  });
});

describe('a mail that asks for attendance', () => {
  it('leaves at 18:00 of a working day, when a notice waits for the morning', async () => {
    const one = await trainer();
    service.clock.set(at('2020-07-09T18:00'));
    await expect(service.deliver(mailTo(one, sampleMissing, 'attendance.1'))).resolves.toBeNull();
    await expect(service.deliver(mailTo(one, sampleNotice))).resolves.toBe('2020-07-10T07:30');
    expect(sentTo(one).map(({ subject }) => subject)).toEqual([expect.stringContaining('Đề nghị điểm danh')]);
    service.clock.set(at('2020-07-09T20:00'));
    await expect(service.deliver(mailTo(one, sampleMissing, 'attendance.1'))).resolves.toBe('2020-07-10T07:30');
    // A Saturday.
    service.clock.set(at('2020-07-11T18:00'));
    await expect(service.deliver(mailTo(one, sampleMissing, 'attendance.1'))).resolves.toBe('2020-07-13T07:30');
    expect(sentTo(one)).toHaveLength(1);
  });
});

async function textOf(file: Buffer): Promise<string> {
  const loading = pdfjs.getDocument({ data: new Uint8Array(file), verbosity: 0, useSystemFonts: false, disableFontFace: true });
  const page = await (await loading.promise).getPage(1);
  const { items } = await page.getTextContent();
  await loading.destroy();
  return items
    .map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : ''))
    .join('')
    .replaceAll(/\s+/g, ' ');
}

function eventOf(file: Buffer): unknown[] {
  const event = new ICAL.Component(ICAL.parse(file.toString()) as unknown[]).getFirstSubcomponent('vevent')!;
  return [event.getFirstPropertyValue('uid'), event.getFirstPropertyValue('sequence'), event.getFirstPropertyValue('status')];
}

/** Every row of every table of the service. */
async function everyTable(): Promise<string> {
  const tables = await service.database.$queryRawUnsafe<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) => service.database.$queryRawUnsafe(`SELECT to_jsonb(t)::text AS row FROM "${name}" t`)),
  );
  return JSON.stringify(rows);
}
