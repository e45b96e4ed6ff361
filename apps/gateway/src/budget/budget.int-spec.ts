import type { INestMicroservice } from '@nestjs/common';
import exceljs from 'exceljs';
import { DomainError, type getBudget, type ReplyOf } from '#contracts';
import { testStack, type TestStack } from '#testing';
import { startGateway, startService, type Answers } from '../../../../test/gateway/under-test.js';

const PLAN = '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c11';
const THING = '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c12';
const AT = '2020-07-06T03:00:00Z';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const line = { lineId: THING, origin: 'plan-file' as const, dossierId: null, retired: false, version: 1, seedId: null, assumption: null };
const sum = { lines: 2, linesWithoutAmount: 1, amount: 1000, spent: 640, remaining: 400 };
const budget: ReplyOf<typeof getBudget> = {
  planId: PLAN,
  documentNumber: '100/KH-UBND',
  asOf: AT,
  sources: [
    {
      source: 'NS-SNN-2020',
      decision: '6999/QĐ-UBND',
      holder: 'SNNPTNT',
      text: 'Ngân sách',
      condition: null,
      supplementBy: null,
      seedId: 'SEED-37',
      assumption: null,
      lines: [
        { ...line, task: 'II.1', taskTitle: '=Sự kiện', holder: 'SNNPTNT', amount: 1000, spent: 600, remaining: 400 },
        { ...line, task: 'II.3', taskTitle: 'Đề án', holder: 'SNNPTNT', amount: null, spent: 30, remaining: null },
        {
          ...line,
          task: 'II.3',
          taskTitle: 'Đề án',
          holder: 'STC',
          amount: 50,
          spent: 10,
          remaining: 40,
          origin: 'by-hand',
          retired: true,
        },
      ],
      shortfalls: [],
    },
  ],
  totals: { all: sum, bySource: [], byTask: [], byAgency: [] },
};
const moved = { lineId: THING, amount: 1000, spent: 0, remaining: 1000, retired: false, version: 2, at: AT };
const decided = { decision: '1234/QĐ-UBND', reason: 'Giao bổ sung' };

describe('the budget over HTTP', () => {
  const answers: Answers = {};
  let stack: TestStack;
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  let planning: INestMicroservice;

  beforeAll(async () => {
    stack = await testStack();
    gateway = await startGateway(stack);
    planning = await startService('planning', answers, stack);
    answers['planning.get-budget.v1'] = () => budget;
  });
  afterAll(async () => {
    await gateway.close();
    await planning.close();
    await stack.dispose();
  });
  /** A file as bytes. */
  const bytes = (format: string) =>
    gateway
      .get(`/api/v1/plans/${PLAN}/budget?format=${format}`)
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response
          .on('data', (part: Buffer) => parts.push(part))
          .on('end', () => {
            done(null, Buffer.concat(parts));
          });
      });

  it('is JSON unless a file is asked for', async () => {
    const response = await gateway.get(`/api/v1/plans/${PLAN}/budget`).expect(200);
    expect(response.body).toEqual(budget);
    await gateway.get(`/api/v1/plans/${PLAN}/budget?format=pdf`).expect(422);
  });

  it('is a CSV file of its lines: what is not known is empty, what gives nothing any more says so, no formula', async () => {
    const response = await bytes('csv').expect(200);
    expect(response.headers['content-disposition']).toContain('filename="du-toan-100-KH-UBND.csv"');
    const rows = (response.body as Buffer).toString('utf8').split('\r\n');
    expect(rows[0]).toMatch(/^\uFEFFMã nhiệm vụ,Nhiệm vụ,Nguồn kinh phí,/);
    expect(rows[1]).toMatch(/^Task code,Task,Budget source,/);
    expect(rows.slice(2)).toEqual([
      `II.1,'=Sự kiện,NS-SNN-2020,6999/QĐ-UBND,SNNPTNT,Theo kế hoạch,1000,600,400`,
      'II.3,Đề án,NS-SNN-2020,6999/QĐ-UBND,SNNPTNT,Theo kế hoạch,,30,',
      'II.3,Đề án,NS-SNN-2020,6999/QĐ-UBND,STC,Giao theo quyết định riêng (đã thôi cấp),,10,',
      ',Tổng cộng,,,,,1000,640,400',
      '',
    ]);
  });

  it('is a workbook that says of how many lines the amount is not known, with money that can be summed', async () => {
    const response = await bytes('xlsx').expect(200);
    expect(response.headers['content-type']).toBe(XLSX);
    const book = new exceljs.Workbook();
    await book.xlsx.load(response.body as never);
    const page = book.worksheets[0]!;
    expect(page.getCell('A1').value).toBe('Dự toán và tình hình chi - Kế hoạch 100/KH-UBND');
    expect(page.getCell('A2').value).toBe('Tính đến 10:00 ngày 06/07/2020; 1/2 khoản chưa rõ dự toán, không tính vào tổng dự toán');
    expect(['G5', 'H5', 'I5', 'G6', 'G8', 'H8'].map((cell) => page.getCell(cell).value)).toEqual([1000, 600, 400, null, 1000, 640]);
  });

  it.each([
    ['add-budget-line', `plans/${PLAN}/budget-lines`, { task: 'IV.1', source: 'NS-SNN-2020', ...decided }, { planId: PLAN }, moved],
    ['change-budget-amount', `budget-lines/${THING}/amount`, { amount: 5, ...decided, seenVersion: 1 }, { lineId: THING }, moved],
    ['retire-budget-line', `budget-lines/${THING}/retire`, { reason: 'Nhập nhầm' }, { lineId: THING }, moved],
    [
      'record-expenditure',
      `budget-lines/${THING}/expenditures`,
      { amount: 5, spentOn: '2020-07-01', documentNumber: 'UNC 45' },
      { lineId: THING },
      { ...moved, expenditureId: THING },
    ],
    [
      'reverse-expenditure',
      `expenditures/${THING}/reverse`,
      { documentNumber: 'UNC 45', reason: 'Ghi nhầm' },
      { expenditureId: THING },
      { ...moved, expenditureId: THING },
    ],
    [
      'declare-shortfall',
      `plans/${PLAN}/shortfalls`,
      { source: 'NS-SCT-2020', agency: 'SCT', reason: 'Không cân đối được' },
      { planId: PLAN },
      { shortfallId: THING, state: 'declared', version: 1, at: AT },
    ],
    [
      'withdraw-shortfall',
      `shortfalls/${THING}/withdraw`,
      { reason: 'Đã cân đối được' },
      { shortfallId: THING },
      { shortfallId: THING, state: 'withdrawn', version: 2, at: AT },
    ],
    [
      'request-supplement',
      `shortfalls/${THING}/supplement`,
      { task: 'II.2', code: 'BS-KP-2020', title: 'Bổ sung', titleEn: 'Supplement', amount: 900, answerWithin: 5 },
      { shortfallId: THING },
      { shortfallId: THING, dossierId: PLAN, state: 'draft', version: 1, at: AT },
    ],
  ])('sends %s from its path and body, and refuses what it does not know', async (command, path, body, of, reply) => {
    const asked: unknown[] = [];
    answers[`planning.${command}.v1`] = (payload) => {
      asked.push(payload);
      return reply;
    };
    const response = await gateway.post(`/api/v1/${path}`).send(body).expect(200);
    expect([response.body, asked]).toEqual([reply, [{ ...of, ...body }]]);
    const faults = await gateway
      .post(`/api/v1/${path}`)
      .send({ ...body, currency: 'VND' })
      .expect(422);
    expect(faults.body).toMatchObject({ code: 'invalid-request', errors: [{ path: 'currency', message: 'is not known here' }] });
    expect(asked).toHaveLength(1);
  });

  it.each([0.5, -1, 10_000_000_000_001, '1000', null])('takes %j for no amount of money', async (amount) => {
    const asked = { spentOn: '2020-07-01', documentNumber: 'UNC 45', amount };
    const response = await gateway.post(`/api/v1/budget-lines/${THING}/expenditures`).send(asked).expect(422);
    expect(response.body).toMatchObject({ code: 'invalid-request', errors: [{ path: 'amount' }] });
  });

  it.each([
    ['already-funded', 409],
    ['budget-exceeded', 409],
    ['budget-line-not-found', 404],
    ['no-supplement-provided', 422],
  ])('answers a refusal %s with %i', async (code, status) => {
    answers['planning.record-expenditure.v1'] = () => {
      throw new DomainError(code, 'It cannot be.');
    };
    const asked = { spentOn: '2020-07-01', documentNumber: 'UNC 45', amount: 1 };
    const response = await gateway.post(`/api/v1/budget-lines/${THING}/expenditures`).send(asked).expect(status);
    expect(response.body).toMatchObject({ code });
  });

  it('lists expenditures page by page', async () => {
    answers['planning.list-expenditures.v1'] = (payload) => {
      expect(payload).toEqual({ lineId: THING, limit: 2, after: 'x' });
      return { items: [], next: null };
    };
    const response = await gateway.get(`/api/v1/budget-lines/${THING}/expenditures?limit=2&after=x`).expect(200);
    expect(response.body).toEqual({ items: [], next: null });
  });
});
