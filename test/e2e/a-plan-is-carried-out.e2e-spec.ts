import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseClockStart } from '#calendar';
import { eventually } from '#testing';
import { pdf } from '../attachments/files.js';
import { addressOf, startWorld, type World } from '../system/world.js';

const PLAN = readFileSync(join(import.meta.dirname, '../../plans/100-kh-ubnd-2020.yaml'), 'utf8');
/** Invented people of the plan file. */
const SCT = { focal: 'dau-moi@sct.hanoi.example', head: 'lanh-dao@sct.hanoi.example' };
const STANDING = 'dau-moi@snnptnt.hanoi.example';
const CITY = 'dau-moi@vpubnd.hanoi.example';

interface Thing {
  readonly version: number;
}

/** One working life over HTTP, from the approval that opens an event to the rates of a month, with every mail that it causes. A day passes in one and a half seconds. */
describe('Plan 100/KH-UBND as it is carried out', () => {
  let world: World;
  let planId: string;

  beforeAll(async () => {
    world = await startWorld({ from: '2020-06-04T07:00', speed: '16h' });
    ({ planId } = await world.system.api<{ planId: string }>('POST', '/plans/import?fileName=100-kh-ubnd-2020.yaml', PLAN));
  }, 60_000);
  afterAll(() => world.close(), 60_000);

  const post = <T>(path: string, body: unknown) => world.system.api<T>('POST', path, body);
  const get = <T>(path: string) => world.system.api<T>('GET', path);
  const refused = (path: string, body: unknown) =>
    post(path, body).then(
      () => 'not refused',
      (error: unknown) => String(error),
    );
  const mailsTo = (address: string, since: string, until = '2021-01-01T00:00') =>
    world.catcher.mails.filter((mail) => {
      const sent = mail.date!.getTime();
      return (
        addressOf(mail) === address && sent >= parseClockStart(since).epochMilliseconds && sent < parseClockStart(until).epochMilliseconds
      );
    });
  /** The first mail to an address since then that says so, in its subject or its text. */
  const arrival = (address: string, since: string, said: RegExp) =>
    eventually(() => mailsTo(address, since).find((mail) => said.test(`${mail.subject ?? ''}\n${mail.text ?? ''}`)), {
      within: 25_000,
      describe: () =>
        `${said.source} at ${address} since ${since}; there are: ${mailsTo(address, since)
          .map((mail) => mail.subject)
          .join(' | ')}`,
    });
  const reportOf = async (agency: string, periodKey = '2020-06') => {
    const reports = await world.system.all<{
      reportId: string;
      obligationId: string;
      periodKey: string;
      requirement: string;
      dueOn: string;
    }>(`/reports?agency=${agency}`);
    return reports.find((one) => one.periodKey === periodKey && one.requirement === 'BC-THANG')!;
  };
  const taskOf = async (code: string) =>
    (await world.system.all<{ taskId: string; code: string; status: string }>(`/tasks?planId=${planId}`)).find((one) => one.code === code)!;

  it('opens an event only when its detailed plan is approved, and reminds whoever owes the answer [SEED-46] [SEED-47]', async () => {
    const { taskId } = await taskOf('II.1');
    const progress = { agency: 'SNNPTNT', progress: 10, note: 'Đã khảo sát mặt bằng phố đi bộ.', evidence: [] };
    expect(await refused(`/tasks/${taskId}/progress`, progress)).toMatch(/409.*approval-missing/);
    const dossiers = await world.system.all<{ dossierId: string; code: string }>(`/dossiers?planId=${planId}`);
    const { dossierId } = dossiers.find((one) => one.code === 'KH-SK-MNPB')!;
    await post(`/dossiers/${dossierId}/draft`, { summary: 'Sự kiện tại phố Trịnh Công Sơn.', content: { 'Số gian hàng': 150 } });
    const { answerDueOn } = await post<{ answerDueOn: string }>(`/dossiers/${dossierId}/submit`, {});
    const due = answerDueOn.split('-').reverse().join('/');
    await arrival(CITY, '2020-06-04T00:00', new RegExp(`Nhắc thực hiện: .*hạn ${due}`));
    await post(`/dossiers/${dossierId}/approve`, { documentNumber: '2440/QĐ-UBND', documentDate: '2020-06-05' });
    expect(await post(`/tasks/${taskId}/progress`, progress)).toMatchObject({ status: 'in-progress' });
  }, 60_000);

  it('chases nobody while it is suspended, says so on Thursday, and goes on with later deadlines [SEED-42]', async () => {
    await arrival(SCT.head, '2020-06-16T00:00', /Nhắc nộp Báo cáo/);
    const suspended = { planId, decision: '02/TB-BCĐ', reason: 'Phòng, chống dịch Covid-19.' };
    const { suspensionId } = await post<{ suspensionId: string }>('/suspensions', suspended);
    const since = world.system.clock.now();
    await world.system.reach('2020-06-23T07:00');
    const meanwhile = world.catcher.mails.filter((mail) => mail.date!.getTime() > since.epochMilliseconds + 6 * 3_600_000);
    expect(new Set(meanwhile.map(({ subject }) => subject?.replace(/, ngày.*/, '')))).toEqual(
      new Set(['[OCOP 2020] Tổng hợp tình hình báo cáo']),
    );
    expect(meanwhile[0]?.text).toContain('theo 02/TB-BCĐ');
    expect(await get(`/obligations/${(await reportOf('SCT')).obligationId}`)).toMatchObject({
      overdue: false,
      suspension: { suspensionId },
    });
    const resumed = { decision: '10/TB-BCĐ', reason: 'Dịch đã được kiểm soát.' };
    await post(`/suspensions/${suspensionId}/resume`, resumed);
    const { moved } = await get<{ moved: { debtor: string; from: string; to: string }[] }>(`/suspensions/${suspensionId}`);
    expect(moved).toContainEqual(expect.objectContaining({ debtor: 'SCT', from: '2020-06-17', to: '2020-06-24' }));
    await arrival(SCT.focal, '2020-06-24T00:00', /Hôm nay đến hạn.*\n[^]*24\/06\/2020/);
  }, 60_000);

  it('grants more time when it is asked for, and writes to the stand-in while the head is away', async () => {
    const { obligationId } = await reportOf('SCT');
    const agencies = await world.system.all<{ code: string; contacts: { contactId: string; role: string; name: string }[] }>('/agencies');
    const contacts = agencies.find(({ code }) => code === 'SCT')!.contacts;
    const [head, focal] = ['HEAD', 'FOCAL'].map((wanted) => contacts.find(({ role }) => role === wanted)!);
    const away = {
      contactId: head!.contactId,
      toContactId: focal!.contactId,
      fromOn: '2020-06-26',
      toOn: '2020-07-10',
      reason: 'Đi công tác.',
    };
    await post('/delegations', away);
    const asked = { obligationId, wishedFor: '2020-06-30', reason: 'Chờ số liệu của các điểm.' };
    const { extensionId } = await post<{ extensionId: string }>('/extensions', asked);
    await arrival(STANDING, '2020-06-24T12:00', /gia hạn/);
    await post(`/extensions/${extensionId}/answer`, { verdict: 'grant', answer: 'Đồng ý.' });
    const mail = await arrival(SCT.focal, '2020-06-29T00:00', new RegExp(`thay mặt Ông/Bà ${head!.name}`));
    expect(mail.text).toContain('30/06/2020');
    expect(mailsTo(SCT.head, '2020-06-26T00:00')).toEqual([]);
  }, 60_000);

  it('takes a report with its figures and a file, has it corrected, and counts it in three ways', async () => {
    const { reportId } = await reportOf('SCT');
    const file = new Uint8Array(pdf('Báo cáo tháng 6'));
    const upload = await world.system.request(`/api/v1/attachments?subject=report&subjectId=${reportId}&fileName=bao-cao.pdf`, {
      method: 'POST',
      headers: { 'content-type': 'application/pdf', 'idempotency-key': reportId },
      body: file,
    });
    expect(upload.status).toBe(200);
    const wrong = { note: 'Tháng 6.', figures: { points: -1 } };
    expect(await refused(`/reports/${reportId}/submit`, wrong)).toMatch(/422.*figures-invalid/);
    const { version } = await post<Thing>(`/reports/${reportId}/submit`, { note: 'Tháng 6.', figures: { points: 1, classes: 2 } });
    const returned = { reason: 'Thiếu kinh phí đã giải ngân.', resubmitOn: '2020-07-08', seenVersion: version };
    await post(`/reports/${reportId}/return`, returned);
    await post(`/reports/${reportId}/submit`, { note: 'Đã bổ sung.', figures: { points: 1, classes: 2, spending: 12.5 } });
    await post(`/reports/${reportId}/accept`, {});
    const asCsv = await world.system.request(`/api/v1/plans/${planId}/reporting-rates?by=agency&agency=SCT&format=csv`);
    expect(asCsv.headers.get('content-type')).toContain('text/csv');
    expect(await get(`/plans/${planId}/reporting-rates?by=agency&agency=SCT`)).toMatchObject({
      rows: [{ key: 'SCT', actual: 1, onTime: { raw: 0, withExtensions: expect.any(Number), withForceMajeure: 1 } }],
    });
    expect(await get('/audit')).toMatchObject({ holds: true, findings: [] });
  }, 60_000);

  it('gives a task more money only after a declared shortfall, appraised by whom the plan names for it [SEED-38] [SEED-39]', async () => {
    interface Budget {
      sources: { source: string; lines: { lineId: string; task: string; origin: string; amount: number | null }[] }[];
      totals: { bySource: { source: string; amount: number | null; spent: number }[] };
    }
    const source = 'NS-SCT-2020';
    const budget = () => get<Budget>(`/plans/${planId}/budget`);
    const lines = async () => (await budget()).sources.find((one) => one.source === source)!.lines;
    const [line] = await lines();
    await post(`/budget-lines/${line!.lineId}/amount`, { amount: 500_000_000, decision: '6999/QĐ-UBND', reason: 'Giao dự toán.' });
    const spending = { amount: 450_000_000, spentOn: '2020-06-15', documentNumber: 'PC-01/2020' };
    await post(`/budget-lines/${line!.lineId}/expenditures`, spending);
    expect(await refused(`/budget-lines/${line!.lineId}/expenditures`, spending)).toMatch(/409.*budget-exceeded/);
    const declared = { source, agency: 'SCT', amount: 200_000_000, reason: 'Thêm hai điểm giới thiệu.' };
    const { shortfallId } = await post<{ shortfallId: string }>(`/plans/${planId}/shortfalls`, declared);
    const asked = {
      task: line!.task,
      code: 'BS-SCT-01',
      title: 'Bổ sung kinh phí điểm giới thiệu',
      titleEn: 'Supplement for points of introduction',
    };
    const { dossierId } = await post<{ dossierId: string }>(`/shortfalls/${shortfallId}/supplement`, {
      ...asked,
      amount: 200_000_000,
      answerWithin: 3,
    });
    const since = world.system.clock.now().toString();
    await post(`/dossiers/${dossierId}/submit`, {});
    await arrival('dau-moi@stc.hanoi.example', '2020-07-01T00:00', /Bổ sung kinh phí điểm giới thiệu/);
    expect((await lines()).length).toBe(1);
    await post(`/dossiers/${dossierId}/approve`, { documentNumber: '3000/STC-NS', documentDate: since.slice(0, 10) });
    expect((await lines()).map(({ origin, amount }) => [origin, amount])).toEqual([
      ['plan-file', 500_000_000],
      ['supplement', 200_000_000],
    ]);
    expect((await budget()).totals.bySource).toContainEqual(expect.objectContaining({ source, amount: 700_000_000, spent: 450_000_000 }));
  }, 60_000);

  it('reports to the city office what a person sends, never by itself, and lists the late agencies of the quarter', async () => {
    interface Waiting {
      documentId: string;
      kind: string;
      agency: string | null;
      obligationId: string | null;
    }
    const waiting = (kind: string) => world.system.all<Waiting>(`/prepared-documents?planId=${planId}&state=prepared&kind=${kind}`);
    const item = await eventually(async () => (await waiting('city-list-item')).find(({ agency }) => agency === 'UBND-TAYHO'), {
      within: 30_000,
      describe: () => 'an item about UBND-TAYHO',
    });
    const prepared = await arrival(STANDING, '2020-07-01T00:00', /Chờ Quý cơ quan gửi báo cáo Văn phòng UBND Thành phố/);
    expect(prepared.text).toContain(item.obligationId);
    expect(mailsTo(CITY, '2020-06-25T00:00').filter((mail) => mail.text?.includes(item.obligationId!))).toEqual([]);
    await post(`/prepared-documents/${item.documentId}/send`, { letterNumber: '1888/SNN-KHTC' });
    expect((await arrival(CITY, '2020-07-01T00:00', /1888\/SNN-KHTC/)).text).toContain(item.obligationId);
    const cases = await world.system.all('/escalations?agency=UBND-TAYHO&level=city-office');
    expect(cases).toEqual([expect.objectContaining({ obligationId: item.obligationId, state: 'raised' })]);

    const [list] = await waiting('late-agencies');
    await post(`/prepared-documents/${list!.documentId}/publish`, { documentNumber: '15/TB-SNN' });
    expect(await get(`/prepared-documents/${list!.documentId}`)).toMatchObject({
      state: 'published',
      content: { quarter: '2020-Q2', rows: expect.arrayContaining([expect.objectContaining({ key: 'UBND-TAYHO', late: 1 })]) },
    });
    expect(await get('/audit')).toMatchObject({ holds: true, findings: [] });
  }, 60_000);
});
