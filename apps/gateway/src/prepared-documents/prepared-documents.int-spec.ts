import type { INestMicroservice } from '@nestjs/common';
import exceljs from 'exceljs';
import { DomainError, type getPreparedDocument, type PayloadOf, type ReplyOf, type sendPreparedDocument } from '#contracts';
import { testStack, type TestStack } from '#testing';
import { startGateway, startService, type Answers } from '../../../../test/gateway/under-test.js';

const ID = '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c11';
const PATH = `/api/v1/prepared-documents/${ID}`;
const counted = {
  expected: 3,
  actual: 2,
  onTime: { raw: 1, withExtensions: 1, withForceMajeure: 1 },
  missing: 1,
  overdue: 1,
  late: 2,
  workingDaysLate: { longest: 9, total: 11 },
};
const shown = {
  documentId: ID,
  planId: ID,
  plan: '100/KH-UBND',
  state: 'prepared',
  subject: 'Danh sách',
  preparedAt: '2020-07-01T00:20:00Z',
  decidedAt: null,
  decidedBy: null,
  documentNumber: null,
  discardReason: null,
  version: 1,
} as const;
const list: ReplyOf<typeof getPreparedDocument> = {
  ...shown,
  history: [],
  kind: 'late-agencies',
  agency: null,
  obligationId: null,
  content: {
    kind: 'late-agencies',
    quarter: '2020-Q2',
    label: 'quý II/2020',
    labelEn: 'quarter 2 of 2020',
    from: '2020-04-01',
    to: '2020-06-30',
    asOf: '2020-07-01T00:20:00Z',
    agencies: { owing: 2, late: 1 },
    rows: [{ key: 'STC', label: '=Sở Tài chính', labelEn: 'Department of Finance', ...counted }],
    totals: { ...counted, expected: 4, actual: 3 },
  },
};
const item: ReplyOf<typeof getPreparedDocument> = {
  ...shown,
  history: [],
  kind: 'city-list-item',
  agency: 'SCT',
  obligationId: ID,
  content: {
    kind: 'city-list-item',
    debtor: { code: 'SCT', name: 'Sở Công Thương', nameEn: 'Department of Industry and Trade' },
    title: 'Báo cáo tháng',
    titleEn: 'Monthly report',
    period: 'tháng 6/2020',
    periodEn: 'June 2020',
    dueOn: '2020-06-17',
    generation: 1,
    rung: 'ESCALATE_CITY',
    chasings: [{ rung: 'CHASE_1', level: 'chase-1', on: '2020-06-18' }],
  },
};

describe('prepared documents', () => {
  const answers: Answers = {};
  let stack: TestStack;
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  let planning: INestMicroservice;

  beforeAll(async () => {
    stack = await testStack();
    gateway = await startGateway(stack);
    planning = await startService('planning', answers, stack);
  });
  beforeEach(() => {
    answers['planning.get-prepared-document.v1'] = () => list;
  });
  afterAll(async () => {
    await gateway.close();
    await planning.close();
    await stack.dispose();
  });
  /** A file as bytes. */
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

  it('are JSON with their content, unless a file is asked for', async () => {
    const response = await gateway.get(PATH).expect(200);
    expect(response.body).toEqual(list);
  });

  it('are a CSV file: headings in two languages, the late agencies, the total of all, no formula', async () => {
    const response = await bytes(`${PATH}?format=csv`).expect(200);
    expect(response.headers['content-disposition']).toContain('filename="danh-sach-co-quan-cham-thuc-hien-100-KH-UBND-2020-Q2.csv"');
    const lines = (response.body as Buffer).toString('utf8').split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFFMã,Cơ quan,Số nội dung phải thực hiện,Đã thực hiện,/);
    expect(lines[1]).toMatch(/^Code,Agency,Expected,Actual,/);
    expect(lines.slice(2)).toEqual([`STC,'=Sở Tài chính,3,2,1,1,1,2,1,1,9,11`, ',Tổng cộng,4,3,1,1,1,2,1,1,9,11', '']);
  });

  it('are a workbook that says what is counted', async () => {
    const response = await bytes(`${PATH}?format=xlsx`).expect(200);
    const book = new exceljs.Workbook();
    await book.xlsx.load(response.body as never);
    const page = book.worksheets[0]!;
    expect(page.getCell('A1').value).toBe('Danh sách cơ quan chậm thực hiện quý II/2020 - Kế hoạch 100/KH-UBND');
    expect(page.getCell('A2').value).toBe('Hạn ban đầu từ 01/04/2020 đến 30/06/2020; tính đến 07:20 ngày 01/07/2020');
    expect(page.getCell('A3').value).toBe('1 trong số 2 cơ quan chậm; dòng tổng cộng tính tất cả các cơ quan');
  });

  it('of an item are its chasings', async () => {
    answers['planning.get-prepared-document.v1'] = () => item;
    const response = await bytes(`${PATH}?format=csv`).expect(200);
    expect((response.body as Buffer).toString('utf8').split('\r\n').slice(2)).toEqual(['Đôn đốc lần 1,18/06/2020', '']);
    expect(response.headers['content-disposition']).toContain('filename="muc-bao-cao-100-KH-UBND-SCT-han-2020-06-17.csv"');
  });

  it('are sent with what the caller says, and need the number of the letter', async () => {
    let asked: PayloadOf<typeof sendPreparedDocument> | undefined;
    answers['planning.send-prepared-document.v1'] = (payload: PayloadOf<typeof sendPreparedDocument>) => {
      asked = payload;
      return { documentId: ID, state: 'sent', obligationId: ID, decidedAt: '2020-06-25T03:00:00Z', version: 2 };
    };
    await gateway.post(`${PATH}/send`).send({ letterNumber: '1888/SNN-KHTC', seenVersion: 1 }).expect(200);
    expect(asked).toEqual({ documentId: ID, letterNumber: '1888/SNN-KHTC', seenVersion: 1 });
    asked = undefined;
    const refused = await gateway.post(`${PATH}/send`).send({ seenVersion: 1 }).expect(422);
    expect(refused.body).toMatchObject({ code: 'invalid-request', errors: [{ path: 'letterNumber' }] });
    expect(asked).toBeUndefined();
  });

  it.each([
    ['document-not-found', 404],
    ['document-decided', 409],
    ['document-not-publishable', 422],
  ])('answer the refusal %s with %i', async (code, status) => {
    const refuse = () => {
      throw new DomainError(code, 'Not so.');
    };
    answers['planning.publish-prepared-document.v1'] = refuse;
    answers['planning.discard-prepared-document.v1'] = refuse;
    const published = await gateway.post(`${PATH}/publish`).send({ documentNumber: '35/TB-SNN' }).expect(status);
    const discarded = await gateway.post(`${PATH}/discard`).send({ reason: 'Đã nộp.' }).expect(status);
    expect([published.body.code, discarded.body.code]).toEqual([code, code]);
  });

  it('that wait for a plan have the page that mails lead to', async () => {
    answers['planning.list-prepared-documents.v1'] = () => ({ items: [item], next: null });
    const page = await gateway.get(`/plans/${ID}/prepared-documents?kind=city-list-item&lang=en`).expect(200);
    expect(page.text).toContain('Item for the list of the city office');
    expect(page.text).toContain(`href="/obligations/${ID}?lang=en"`);
    await gateway.get(`/plans/${ID}/prepared-documents?kind=letters`).expect(422);
  });
});
