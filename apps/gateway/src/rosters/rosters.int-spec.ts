import type { INestMicroservice } from '@nestjs/common';
import exceljs from 'exceljs';
import request from 'supertest';
import { DomainError, type openRoster, type ReplyOf } from '#contracts';
import { testStack, type TestStack } from '#testing';
import { startGateway, startService, type Answers } from '../../../../test/gateway/under-test.js';

const CLASS = '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c11';
const TOKEN = 'mau-0123456789-abcdefghijklmnopqrstuvwxyz_01';
const session = { sessionId: CLASS, ordinal: 1, date: '2020-07-07', part: 'morning', startsAt: '08:00', endsAt: '11:30' } as const;
const roster: ReplyOf<typeof openRoster> = {
  classId: CLASS,
  state: 'notified',
  plan: { documentNumber: '100/KH-UBND', issuedOn: '2020-05-15' },
  issuer: { superior: 'UBND thành phố Hà Nội', name: 'Sở Du lịch' },
  course: { title: 'Kỹ năng thuyết minh', titleEn: 'Guide skills' },
  class: { code: 'BT-01', title: 'Lớp Bát Tràng' },
  venue: { name: 'Nhà văn hóa xã Bát Tràng', address: 'Xã Bát Tràng' },
  sessions: [{ ...session, topic: 'Tổng quan', trainer: 'TS Nguyễn Văn Mẫu' }],
  rosterVersion: 2,
  lockedAt: '2020-06-30T01:00:00Z',
  trainees: [
    { name: 'Đỗ Thị <b>Ánh</b>', unit: 'Hợp tác xã Mẫu', position: 'Thuyết minh viên', needs: '' },
    { name: 'Nguyễn Văn Yên', unit: '=cmd()', position: '', needs: 'Tiếng Anh' },
  ],
  expiresOn: '2020-07-15',
};

describe('rosters', () => {
  const answers: Answers = {};
  const said: unknown[] = [];
  let stack: TestStack;
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  let training: INestMicroservice;

  beforeAll(async () => {
    stack = await testStack();
    gateway = await startGateway(stack);
    training = await startService('training', answers, stack);
  });
  beforeEach(() => {
    said.length = 0;
    answers['training.open-roster.v1'] = ({ token }: { token: string }) => {
      if (token !== TOKEN) throw new DomainError('link-expired', 'This link has expired.');
      return roster;
    };
    answers['training.record-roster-download.v1'] = (payload: { token: string }) => {
      if (payload.token !== TOKEN) throw new DomainError('link-expired', 'This link has expired.');
      said.push(payload);
      return { classId: CLASS, rosterVersion: 2 };
    };
    answers['training.get-roster.v1'] = (payload: unknown) => {
      said.push(payload);
      return { ...roster, versions: [] };
    };
    answers['training.lock-roster.v1'] = () => {
      throw new DomainError('class-step-refused', 'Class BT-01 stays nomination-closed: 1 are enrolled, 2 are the least.');
    };
    answers['training.mark-urgent.v1'] = (payload: { reason: string }) => {
      said.push(payload);
      return { classId: CLASS, state: 'roster-locked', urgent: payload.reason, version: 4 };
    };
    answers['training.list-announcements.v1'] = () => ({ items: [] });
  });
  afterAll(async () => {
    await gateway.close();
    await training.close();
    await stack.dispose();
  });
  const bytes = (call: request.Test) =>
    call.buffer(true).parse((response, done) => {
      const parts: Buffer[] = [];
      response
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => {
          done(null, Buffer.concat(parts));
        });
    });
  const names = async (content: unknown) => {
    const book = new exceljs.Workbook();
    await book.xlsx.load(content as never);
    return book.worksheets[0]!.getColumn(2).values.flatMap((value) => (typeof value === 'string' ? [value] : []));
  };

  it('show whoever has the link their class, as text and without a script, in two languages', async () => {
    const { text, headers } = await request(gateway.url).get(`/rosters/${TOKEN}`).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    for (const part of [
      '<html lang="vi">',
      'Đỗ Thị &lt;b&gt;Ánh&lt;/b&gt;',
      'Buổi 1, ngày 07/07/2020',
      'TS Nguyễn Văn Mẫu',
      'hết ngày 15/07/2020',
      `action="/rosters/${TOKEN}/xlsx"`,
      `action="/rosters/${TOKEN}/pdf"`,
      `href="/attendance/${TOKEN}?lang=vi"`,
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('<script');
    expect((await request(gateway.url).get(`/rosters/${TOKEN}?lang=en`).expect(200)).text).toContain('Guide skills');
    expect(said).toEqual([]);
  });

  it('are downloaded by sending the form, recorded before the file is made; looking downloads nothing', async () => {
    const response = await bytes(request(gateway.url).post(`/rosters/${TOKEN}/xlsx`)).expect(200);
    expect(response.headers['content-disposition']).toContain(encodeURIComponent('Danh sách học viên lớp BT-01, phiên bản 2.xlsx'));
    expect(await names(response.body)).toEqual(expect.arrayContaining(['Đỗ Thị <b>Ánh</b>', 'Nguyễn Văn Yên']));
    const pdf = await bytes(request(gateway.url).post(`/rosters/${TOKEN}/pdf`)).expect(200);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect((pdf.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    expect(said).toEqual([
      { token: TOKEN, form: 'xlsx' },
      { token: TOKEN, form: 'pdf' },
    ]);
    await request(gateway.url).get(`/rosters/${TOKEN}/xlsx`).expect(404);
    expect(said).toHaveLength(2);
  });

  it('are gone with their link: a page for people, no file and nothing on record', async () => {
    const old = `${TOKEN}-old`;
    const page = await request(gateway.url).get(`/rosters/${old}`).expect(410);
    expect(page.headers['content-type']).toContain('text/html');
    await request(gateway.url).post(`/rosters/${old}/pdf`).expect(410);
    await request(gateway.url).post(`/rosters/${TOKEN}/csv`).expect(422);
    expect(said).toEqual([]);
  });

  it('are read by the office with the token alone: as JSON, as workbook, to print, each version', async () => {
    const path = `/api/v1/classes/${CLASS}/roster`;
    await request(gateway.url).get(path).expect(401);
    expect((await gateway.get(path).expect(200)).body).toMatchObject({ rosterVersion: 2, trainees: [{ name: 'Đỗ Thị <b>Ánh</b>' }, {}] });
    expect(await names((await bytes(gateway.get(`${path}.xlsx?rosterVersion=1`)).expect(200)).body)).toContain('Nguyễn Văn Yên');
    expect(((await bytes(gateway.get(`${path}.pdf`)).expect(200)).body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    expect(said).toEqual([{ classId: CLASS }, { classId: CLASS, rosterVersion: 1 }, { classId: CLASS }]);
    await gateway.get(`${path}?rosterVersion=0`).expect(422);
    expect((await gateway.get(`/api/v1/classes/${CLASS}/announcements`).expect(200)).body).toEqual({ items: [] });
  });

  it('are locked, and invitations marked urgent, by command', async () => {
    const path = `/api/v1/classes/${CLASS}`;
    expect((await gateway.post(`${path}/lock-roster`).send({ seenVersion: 3 }).expect(409)).body).toMatchObject({
      code: 'class-step-refused',
    });
    expect((await gateway.post(`${path}/mark-urgent`).send({ reason: 'Gấp' }).expect(200)).body).toMatchObject({ urgent: 'Gấp' });
    await gateway.post(`${path}/mark-urgent`).send({}).expect(422);
    expect(said).toEqual([{ classId: CLASS, reason: 'Gấp' }]);
  });
});
