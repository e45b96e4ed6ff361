import type { INestMicroservice } from '@nestjs/common';
import exceljs from 'exceljs';
import request from 'supertest';
import {
  DomainError,
  type confirmCertificate,
  type getCertificate,
  type openAttendanceLink,
  type readAttendance,
  type ReplyOf,
} from '#contracts';
import { testStack, type TestStack } from '#testing';
import { startGateway, startService, type Answers } from '../../../../test/gateway/under-test.js';

const CLASS = '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c11';
const SESSION = '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c12';
const LATER = '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c13';
const PERSON = '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c14';
const TOKEN = 'b3BlbnMtdGhlLWF0dGVuZGFuY2Utb2Ytb25lLWNsYXNz';
const CODE = '7QK4-M2XT-9RWB-P5HD-V8NC';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const session = { part: 'morning' as const, topic: 'Tổng quan <du lịch>', openUntil: '2999-12-31', attendedAt: null };
const sessions = [
  { ...session, sessionId: SESSION, ordinal: 1, day: '2020-07-07', begun: true },
  { ...session, sessionId: LATER, ordinal: 2, day: '2020-07-08', begun: false },
];
const person = {
  enrolmentId: PERSON,
  number: 12,
  name: 'Học <b>Viên</b>',
  unit: 'HTX & Mẫu',
  marks: [{ sessionId: SESSION, status: 'late' as const }],
};
const course = { title: 'Kỹ năng "thuyết minh"', titleEn: 'Guide skills' };
const view: ReplyOf<typeof openAttendanceLink> = {
  classId: CLASS,
  code: 'LOP-A-01',
  title: 'Lớp Bát Tràng',
  course,
  sessions,
  trainees: [person, { ...person, enrolmentId: LATER, number: 13, name: null, unit: null, marks: [] }],
};
const attendance: ReplyOf<typeof readAttendance> = {
  classId: CLASS,
  code: 'LOP-A-01',
  title: 'Lớp Bát Tràng',
  state: 'in-progress',
  version: 7,
  sessions,
  enrolments: [{ ...person, state: 'enrolled', attended: 1 }],
};
const recorded = { classId: CLASS, state: 'in-progress', recorded: 1, corrected: 0, missing: 0, version: 8 };
const confirmed: ReplyOf<typeof confirmCertificate> = {
  number: '07/2020/GCN-SDL',
  name: 'Học <b>Viên</b>',
  course,
  issuer: { code: 'SDL', name: 'Sở Du lịch', nameEn: 'Department of Tourism' },
  firstDay: '2020-07-07',
  lastDay: '2020-07-08',
  attended: 4,
  sessions: 4,
  issuedOn: '2020-07-20',
  revokedAt: null,
};
const certificate: ReplyOf<typeof getCertificate> = {
  ...confirmed,
  certificateId: PERSON,
  year: 2020,
  serial: 7,
  classId: CLASS,
  class: 'LOP-A-01',
  enrolmentId: PERSON,
  agency: 'UBND-GIALAM',
  unit: 'HTX & Mẫu',
  signatory: 'Trần Thị Ký',
  signatoryPosition: 'Phó Giám đốc',
  code: CODE,
  revokedReason: null,
};

let stack: TestStack;
let gateway: Awaited<ReturnType<typeof startGateway>>;
let training: INestMicroservice;
const answers: Answers = {};
/** What the service was asked to do, by message. */
const asked: [string, unknown][] = [];
const answer = (name: string, reply: unknown) => {
  answers[name] = (payload) => {
    if (reply instanceof Error) throw reply;
    asked.push([name, payload]);
    return reply;
  };
};
/** As somebody without the token of the API: with a link alone. */
const open = (path: string) => request(gateway.url).get(path);
const send = (path: string, body: string) =>
  request(gateway.url).post(path).set('Content-Type', 'application/x-www-form-urlencoded').send(body);
const bytes = (path: string) =>
  gateway
    .get(path)
    .buffer(true)
    .parse((response, done) => {
      const parts: Buffer[] = [];
      response
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => {
          done(null, Buffer.concat(parts));
        });
    });

beforeAll(async () => {
  stack = await testStack();
  gateway = await startGateway(stack);
  training = await startService('training', answers, stack);
});
beforeEach(() => {
  asked.length = 0;
  answer('training.open-attendance-link.v1', view);
  answer('training.record-attendance-by-link.v1', recorded);
  answer('training.read-attendance.v1', attendance);
  answer('training.record-attendance-sheet.v1', recorded);
  answer('training.confirm-certificate.v1', confirmed);
  answer('training.get-certificate.v1', certificate);
});
afterAll(async () => {
  await gateway.close();
  await training.close();
  await stack.dispose();
});

describe('the attendance page of a trainer', () => {
  it('shows the open sessions with nothing ticked but what is on record, and every name as text', async () => {
    const { text, headers } = await open(`/attendance/${TOKEN}`).expect(200);
    expect(text).toContain('Học &lt;b&gt;Viên&lt;/b&gt;, HTX &amp; Mẫu');
    expect(text).toContain('Học viên số 13 (đã khử nhận dạng)');
    expect(text).not.toMatch(/<b>|<script/);
    expect(text.match(/type="radio"/g)).toHaveLength(8);
    expect(text.match(/checked/g)).toHaveLength(1);
    expect(text).toMatch(new RegExp(`name="${SESSION}.${PERSON}" value="late"\\s+checked`));
    expect(text).toContain('Buổi học chưa bắt đầu.');
    expect(headers).toMatchObject({ 'x-robots-tag': 'noindex', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect((await open(`/attendance/${TOKEN}?lang=en`).expect(200)).text).toContain('This session has not begun.');
  });

  it('changes nothing by being looked at, and records what its form says', async () => {
    await open(`/attendance/${TOKEN}`).expect(200);
    await request(gateway.url).head(`/attendance/${TOKEN}`).expect(200);
    expect(asked.map(([name]) => name)).toEqual(['training.open-attendance-link.v1', 'training.open-attendance-link.v1']);
    asked.length = 0;
    const { text } = await send(`/attendance/${TOKEN}`, `${SESSION}.${PERSON}=present`).expect(200);
    expect(text).toContain('Đã ghi nhận điểm danh.');
    expect(asked[0]).toEqual([
      'training.record-attendance-by-link.v1',
      { token: TOKEN, marks: [{ sessionId: SESSION, enrolmentId: PERSON, status: 'present' }] },
    ]);
    asked.length = 0;
    expect((await send(`/attendance/${TOKEN}`, '').expect(200)).text).toContain('nên chưa ghi gì');
    expect(asked.map(([name]) => name)).toEqual(['training.open-attendance-link.v1']);
    await send(`/attendance/${TOKEN}`, `${SESSION}.${PERSON}=perhaps`).expect(422);
  });

  it('says what became of a refusal, and is a page of its own where the link is no longer good', async () => {
    answer('training.record-attendance-by-link.v1', new DomainError('attendance-closed', 'Too late.'));
    expect((await send(`/attendance/${TOKEN}`, `${SESSION}.${PERSON}=absent`).expect(200)).text).toContain('Chưa ghi được');
    answer('training.open-attendance-link.v1', new DomainError('link-unknown', 'Nowhere.'));
    const { text, headers } = await open(`/attendance/${TOKEN}`).expect(404);
    expect([text.includes('Không tìm thấy trang'), headers['content-type']]).toEqual([true, 'text/html; charset=utf-8']);
    answer('training.open-attendance-link.v1', new DomainError('link-expired', 'Expired.'));
    await open(`/attendance/${TOKEN}`).expect(410);
  });
});

describe('the attendance sheet', () => {
  it('is filled in and comes back cell by cell', async () => {
    const response = await bytes(`/api/v1/classes/${CLASS}/attendance/sheet`).expect(200);
    const book = new exceljs.Workbook();
    await book.xlsx.load(response.body as never);
    const page = book.worksheets[0]!;
    const header = page.getColumn(1).values.indexOf('Số ghi danh');
    expect(page.getRow(header + 1).values).toEqual([undefined, '12', 'Học <b>Viên</b>', 'HTX & Mẫu', 'muộn']);
    page.getRow(header + 1).getCell(5).value = 'x';
    const file = Buffer.from(await book.xlsx.writeBuffer());
    await gateway.post(`/api/v1/classes/${CLASS}/attendance/sheet?seenVersion=7`).set('Content-Type', XLSX).send(file).expect(200);
    const row = String(header + 1);
    expect(asked.at(-1)).toEqual([
      'training.record-attendance-sheet.v1',
      {
        classId: CLASS,
        seenVersion: 7,
        rows: [
          {
            number: { address: `A${row}`, text: '12' },
            marks: [
              { ordinal: 1, address: `D${row}`, text: 'muộn' },
              { ordinal: 2, address: `E${row}`, text: 'x' },
            ],
          },
        ],
      },
    ]);
  });

  it('may be CSV, and a table without its columns is refused', async () => {
    const post = (body: string) => gateway.post(`/api/v1/classes/${CLASS}/attendance/sheet`).set('Content-Type', 'text/csv').send(body);
    await post('Số ghi danh;Buổi 1;Buổi 2\n12;x;\n').expect(200);
    expect(asked.at(-1)?.[1]).toMatchObject({ rows: [{ marks: [{ ordinal: 1, address: 'B2', text: 'x' }] }] });
    const { body } = await post('Số ghi danh;Buổi 1\n12;x\n').expect(422);
    expect(body).toMatchObject({ code: 'sheet-no-header', errors: [{ missing: ['Buổi 2'] }] });
  });
});

describe('the public page of a certificate', () => {
  it('confirms number, name, course and days to whoever has the code, and asks no token', async () => {
    const { text, headers } = await open(`/certificates/${CODE}`).expect(200);
    for (const part of ['07/2020/GCN-SDL', 'Học &lt;b&gt;Viên&lt;/b&gt;', '07/07/2020 - 08/07/2020', '4/4', '20/07/2020', 'có hiệu lực'])
      expect(text).toContain(part);
    expect(text).not.toContain('<b>Viên');
    expect(headers['x-robots-tag']).toBe('noindex');
    expect(asked).toEqual([['training.confirm-certificate.v1', { code: CODE }]]);
  });

  it('says since when it is revoked, names nobody who was forgotten, and 404 to a code that is none', async () => {
    answer('training.confirm-certificate.v1', { ...confirmed, name: null, revokedAt: '2020-08-03T18:00:00Z' });
    const { text } = await open(`/certificates/${CODE}?lang=en`).expect(200);
    expect([text.includes('revoked on 04/08/2020'), text.includes('de-identified'), text.includes('Viên')]).toEqual([true, true, false]);
    answer('training.confirm-certificate.v1', new DomainError('certificate-not-found', 'None.'));
    expect((await open(`/certificates/${CODE}`).expect(404)).text).toContain('Không tìm thấy trang');
  });
});

describe('certificates over HTTP', () => {
  it('are issued with a signatory in the clear', async () => {
    answer('training.issue-certificates.v1', { classId: CLASS, state: 'certified', numbers: ['07/2020/GCN-SDL'], version: 9 });
    const signed = { signatory: 'Trần Thị Ký', signatoryPosition: 'Phó Giám đốc' };
    const { body } = await gateway.post(`/api/v1/classes/${CLASS}/certificates`).send(signed).expect(200);
    expect(body).toMatchObject({ numbers: ['07/2020/GCN-SDL'] });
    expect(asked.at(-1)?.[1]).toEqual({ classId: CLASS, ...signed });
  });

  it('are printed as PDF, but not when they are revoked or their owner was forgotten', async () => {
    const response = await bytes(`/api/v1/certificates/${PERSON}.pdf`).expect(200);
    expect([(response.body as Buffer).subarray(0, 5).toString(), response.headers['content-type']]).toEqual(['%PDF-', 'application/pdf']);
    answer('training.get-certificate.v1', { ...certificate, name: null });
    expect((await gateway.get(`/api/v1/certificates/${PERSON}.pdf`).expect(409)).body).toMatchObject({ code: 'trainee-forgotten' });
    answer('training.get-certificate.v1', { ...certificate, revokedAt: '2020-08-03T18:00:00Z' });
    expect((await gateway.get(`/api/v1/certificates/${PERSON}.pdf`).expect(409)).body).toMatchObject({ code: 'certificate-revoked' });
    expect((await gateway.get(`/api/v1/certificates/${PERSON}`).expect(200)).body).toMatchObject({ number: '07/2020/GCN-SDL' });
    await open(`/api/v1/certificates/${PERSON}.pdf`).expect(401);
  });

  it('are listed in a register, page after page', async () => {
    const pages = [
      { items: [certificate], next: 'bmV4dA' },
      { items: [{ ...certificate, number: '08/2020/GCN-SDL' }], next: null },
    ];
    answers['training.list-certificates.v1'] = (payload) => pages[(payload as { after?: string }).after === undefined ? 0 : 1];
    const response = await bytes('/api/v1/certificates/register.xlsx?year=2020').expect(200);
    const book = new exceljs.Workbook();
    await book.xlsx.load(response.body as never);
    const numbers = book.worksheets[0]!.getColumn(1).values;
    expect(numbers.slice(-2)).toEqual(['07/2020/GCN-SDL', '08/2020/GCN-SDL']);
  });
});
