import type { INestMicroservice } from '@nestjs/common';
import { DomainError } from '#contracts';
import { testStack, type TestStack } from '#testing';
import { startGateway, startService, type Answers } from '../../../../test/gateway/under-test.js';

const ABOVE = '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c11';
const INPUT = '0e4d1f6a-8f0b-4f6e-9c39-1f2c7c0a9d55';
const AT = '2020-06-30T03:00:00Z';
const answers: Answers = {};
let stack: TestStack;
let gateway: Awaited<ReturnType<typeof startGateway>>;
let planning: INestMicroservice;

beforeAll(async () => {
  stack = await testStack();
  gateway = await startGateway(stack);
  planning = await startService('planning', answers, stack);
});
afterAll(async () => {
  await gateway.close();
  await planning.close();
  await stack.dispose();
});

/** What the service was asked with. */
function asked(name: string, reply: unknown): unknown[] {
  const payloads: unknown[] = [];
  answers[name] = (payload: unknown) => {
    payloads.push(payload);
    return reply;
  };
  return payloads;
}

describe('the routes of a consolidation', () => {
  it('name the consolidating report in the path and the report that is excluded or included in the body', async () => {
    const moved = { upwardReportId: ABOVE, reportId: INPUT, version: 2, at: AT };
    const body = { reportId: INPUT, reason: 'Không phát sinh', seenVersion: 1 };
    for (const what of ['exclude', 'include']) {
      const payloads = asked(`planning.${what}-report.v1`, moved);
      const response = await gateway.post(`/api/v1/reports/${ABOVE}/consolidation/${what}`).send(body).expect(200);
      expect([payloads, response.body]).toEqual([[{ upwardReportId: ABOVE, ...body }], moved]);
      const refused = await gateway.post(`/api/v1/reports/${ABOVE}/consolidation/${what}`).send({ reportId: INPUT }).expect(422);
      expect(refused.body).toMatchObject({ code: 'invalid-request', errors: [{ path: 'reason' }] });
    }
  });

  it('consolidate, and say a conflict as one', async () => {
    const payloads = asked('planning.consolidate-reports.v1', {
      upwardReportId: ABOVE,
      state: 'draft',
      version: 2,
      at: AT,
      in: 8,
      missing: 1,
      excluded: 0,
    });
    await gateway.post(`/api/v1/reports/${ABOVE}/consolidation`).send({ seenVersion: 1 }).expect(200);
    expect(payloads).toEqual([{ upwardReportId: ABOVE, seenVersion: 1 }]);
    answers['planning.consolidate-reports.v1'] = () => {
      throw new DomainError('consolidation-closed', 'The consolidating report is submitted.');
    };
    const refused = await gateway.post(`/api/v1/reports/${ABOVE}/consolidation`).expect(409);
    expect(refused.body).toMatchObject({ code: 'consolidation-closed' });
  });
});

describe('the routes of a report', () => {
  it('take figures as they are, a table as rows', async () => {
    const payloads = asked('planning.save-report-draft.v1', { reportId: INPUT, state: 'draft', version: 2, at: AT, late: false });
    const figures = { events: 2, spending: 0.1, models: [{ name: 'Phố đi bộ', replicable: 1 }], lessons: null };
    await gateway.post(`/api/v1/reports/${INPUT}/draft`).send({ figures }).expect(200);
    expect(payloads).toEqual([{ reportId: INPUT, figures }]);
    const refused = await gateway
      .post(`/api/v1/reports/${INPUT}/draft`)
      .send({ figures: { events: { deep: 1 } } })
      .expect(422);
    expect(refused.body).toMatchObject({ code: 'invalid-request', errors: [{ path: 'figures.events' }] });
  });
});

describe('the routes of requests', () => {
  it('ask with what is left out filled in, and withdraw by the path', async () => {
    const opened = { requirementId: ABOVE, code: 'DX-2020-001', receiver: 'SNNPTNT', dueOn: '2020-08-14', opened: [] };
    const payloads = asked('planning.request-reports.v1', opened);
    const request = {
      planId: INPUT,
      type: 'AD_HOC',
      title: 'Báo cáo đột xuất',
      titleEn: 'Ad-hoc report',
      reporters: ['SCT'],
      deadline: { word: 'NO_LATER_THAN', date: '2020-08-14' },
      basis: 'Yêu cầu',
    };
    await gateway.post('/api/v1/report-requests').send(request).expect(200);
    expect(payloads).toEqual([{ ...request, form: [], ladder: 'default' }]);
    const refused = await gateway
      .post('/api/v1/report-requests')
      .send({ ...request, reporters: [] })
      .expect(422);
    expect(refused.body).toMatchObject({ code: 'invalid-request', errors: [{ path: 'reporters' }] });

    const withdrawn = asked('planning.withdraw-request.v1', { requirementId: ABOVE, code: 'DX-2020-001', cancelled: 1, kept: 0 });
    await gateway.post(`/api/v1/report-requests/${ABOVE}/withdraw`).send({ reason: 'Đã có số liệu' }).expect(200);
    expect(withdrawn).toEqual([{ requirementId: ABOVE, reason: 'Đã có số liệu' }]);
  });
});
