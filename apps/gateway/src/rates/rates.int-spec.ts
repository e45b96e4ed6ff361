import type { INestMicroservice } from '@nestjs/common';
import exceljs from 'exceljs';
import { DomainError, type PayloadOf, type ReplyOf, type reportingRates } from '#contracts';
import { testStack, type TestStack } from '#testing';
import { startGateway, startService, type Answers } from '../../../../test/gateway/under-test.js';

const PLAN = '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c11';
const PATH = `/api/v1/plans/${PLAN}/reporting-rates`;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const counted = {
  expected: 3,
  actual: 2,
  onTime: { raw: 1, withExtensions: 1, withForceMajeure: 2 },
  returned: 1,
  missing: 1,
  overdue: 1,
  waived: 0,
  excluded: 4,
  rates: { reporting: 66.7, onTime: { raw: 33.3, withExtensions: 33.3, withForceMajeure: 66.7 } },
};
const nothing = { raw: 0, withExtensions: 0, withForceMajeure: 0 };
const unknown = { reporting: null, onTime: { raw: null, withExtensions: null, withForceMajeure: null } };
const rates: ReplyOf<typeof reportingRates> = {
  planId: PLAN,
  documentNumber: '100/KH-UBND',
  by: 'agency',
  from: '2020-06-01',
  to: null,
  requirement: null,
  agency: null,
  asOf: '2020-06-30T03:00:00Z',
  rows: [
    { key: 'SCT', label: 'Sở Công Thương', labelEn: 'Department of Industry and Trade', kinds: ['DEPARTMENT'], ...counted },
    {
      key: 'STC',
      label: '=Sở Tài chính',
      labelEn: 'Department of Finance',
      kinds: ['DEPARTMENT'],
      ...counted,
      expected: 0,
      actual: 0,
      onTime: nothing,
      rates: unknown,
    },
  ],
  totals: counted,
};

describe('reporting rates', () => {
  const answers: Answers = {};
  let stack: TestStack;
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  let planning: INestMicroservice;
  let asked: PayloadOf<typeof reportingRates> | undefined;

  beforeAll(async () => {
    stack = await testStack();
    gateway = await startGateway(stack);
    planning = await startService('planning', answers, stack);
  });
  beforeEach(() => {
    asked = undefined;
    answers['planning.reporting-rates.v1'] = (payload: PayloadOf<typeof reportingRates>) => {
      asked = payload;
      return { ...rates, by: payload.by };
    };
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

  it('are JSON unless a file is asked for, and hand every filter over', async () => {
    const response = await gateway.get(`${PATH}?by=agency&from=2020-06-01&to=2020-09-30&requirement=BC-THANG&agency=SCT&asOf=2020-06-30`);
    expect([response.status, response.body]).toEqual([200, rates]);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(asked).toEqual({
      planId: PLAN,
      by: 'agency',
      from: '2020-06-01',
      to: '2020-09-30',
      requirement: 'BC-THANG',
      agency: 'SCT',
      asOf: '2020-06-30',
    });
  });

  it('are a CSV file that opens in Vietnamese: headings, rows and the total, no formula', async () => {
    const response = await bytes(`${PATH}?by=agency&format=csv`).expect(200);
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(response.headers['content-disposition']).toBe(
      `attachment; filename="ti-le-bao-cao-100-KH-UBND-theo-co-quan.csv"; filename*=UTF-8''` +
        encodeURIComponent('tỉ lệ báo cáo 100-KH-UBND theo cơ quan.csv'),
    );
    const lines = (response.body as Buffer).toString('utf8').split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFFMã,Cơ quan,Số báo cáo phải nộp,Đã nộp,Tỉ lệ báo cáo \(%\),/);
    expect(lines[1]).toMatch(/^Code,Agency,Expected reports,Actual reports,Reporting rate,/);
    expect(lines.slice(2)).toEqual([
      'SCT,Sở Công Thương,3,2,66.7,1,33.3,1,33.3,2,66.7,1,1,1,0,4',
      `STC,'=Sở Tài chính,0,0,,0,,0,,0,,1,1,1,0,4`,
      ',Tổng cộng,3,2,66.7,1,33.3,1,33.3,2,66.7,1,1,1,0,4',
      '',
    ]);
  });

  it('are a workbook that says what is counted, with numbers that can be summed', async () => {
    const response = await bytes(`${PATH}?by=level&format=xlsx`).expect(200);
    expect(response.headers['content-type']).toBe(XLSX);
    expect(response.headers['content-disposition']).toContain('filename="ti-le-bao-cao-100-KH-UBND-theo-cap.xlsx"');
    expect(Number(response.headers['content-length'])).toBe((response.body as Buffer).length);
    const book = new exceljs.Workbook();
    await book.xlsx.load(response.body as never);
    const page = book.worksheets[0]!;
    const values = (row: number) => (page.getRow(row).values as unknown[]).slice(1, 6);
    expect(page.getCell('A1').value).toBe('Tỉ lệ báo cáo theo cấp - Kế hoạch 100/KH-UBND');
    expect(page.getCell('A2').value).toBe('Tính đến 10:00 ngày 30/06/2020; hạn nộp từ 01/06/2020');
    expect(values(3)).toEqual(['Mã', 'Cấp', 'Số báo cáo phải nộp', 'Đã nộp', 'Tỉ lệ báo cáo (%)']);
    expect(values(5)).toEqual(['SCT', 'Sở Công Thương (Sở)', 3, 2, 0.667]);
    expect(page.getCell('E6').value).toBeNull();
    expect(values(7)).toEqual([undefined, 'Tổng cộng', 3, 2, 0.667]);
  });

  it.each(['', 'by=agencies', 'by=agency&format=pdf', 'by=agency&until=2020-06-30', 'by=agency&from=30/06/2020'])(
    'refuse the question "%s" before anybody is asked',
    async (query) => {
      const response = await gateway.get(`${PATH}?${query}`).expect(422);
      expect(response.body).toMatchObject({ code: 'invalid-request', errors: [{ path: expect.any(String) }] });
      expect(asked).toBeUndefined();
    },
  );

  it.each([
    ['plan-not-found', 404],
    ['days-reversed', 422],
  ])('answer a refusal %s with %i, also when a file was asked for', async (code, status) => {
    answers['planning.reporting-rates.v1'] = () => {
      throw new DomainError(code, 'It cannot be counted.');
    };
    const response = await gateway.get(`${PATH}?by=agency&format=xlsx`).expect(status);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.headers['content-disposition']).toBeUndefined();
    expect(response.body).toMatchObject({ code });
  });

  it('are documented in all three forms', async () => {
    const document = (await gateway.get('/api/openapi.json').expect(200)).body;
    const operation = document.paths['/api/v1/plans/{planId}/reporting-rates'].get;
    expect(operation.responses['200'].content).toEqual({
      'application/json': { schema: { $ref: '#/components/schemas/ReportingRates' } },
      'text/csv': { schema: { type: 'string', contentMediaType: 'text/csv' } },
      [XLSX]: { schema: { type: 'string', contentMediaType: XLSX } },
    });
    expect(operation.parameters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'format', in: 'query', schema: expect.objectContaining({ enum: ['json', 'csv', 'xlsx'] }) }),
      ]),
    );
    expect(document.components.schemas.ReportingRates).toBeDefined();
  });
});
