import { randomUUID } from 'node:crypto';
import { eventually } from '#testing';
import { changesBetween, databaseDigest, type DatabaseDigest } from '../system/database-digest.js';
import { asYaml, planOf, reporters } from '../system/plan.js';
import { addressOf, startWorld, type World } from '../system/world.js';

const SQL = `Robert'); DROP TABLE planning.agency; DELETE FROM notifications.recipient WHERE ('1'='1`;
const MARKUP = `<script>alert(1)</script> & <img src=x onerror="alert(2)">`;
const TEMPLATE = '{{constructor.constructor("return process")()}} {{{7*7}}} ${7*7} <%= 7*7 %> #{7*7}';
const hostile = {
  ...reporters(1)[0]!,
  name: `${SQL} ${MARKUP}`,
  contacts: [{ role: 'FOCAL' as const, name: `${TEMPLATE.slice(0, 60)} <b>đậm</b>`, email: 'dau-moi@dv-1.example' }],
};
const good = planOf([hostile, ...reporters(3).slice(1)]);
const jwt = (payload: object): string =>
  [{ alg: 'HS256', typ: 'JWT' }, payload, 'signature'].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');

interface Problem {
  type: string;
  status: number;
  code: string;
  detail: string;
  instance: string;
  errors?: { path: string; line?: number; message: string }[];
}

describe('bad input from outside', () => {
  let world: World;
  let before: DatabaseDigest;
  let report: { reportId: string; obligationId: string };

  beforeAll(async () => {
    world = await startWorld({ from: '2020-06-16T07:55', speed: '1m' });
    await world.system.api('POST', '/plans/import', asYaml(good));
    const [first] = await world.system.all<typeof report>('/reports?agency=DV-2');
    if (!first) throw new Error('the plan opened no report');
    report = first;
    await world.system.api('POST', `/reports/${report.reportId}/submit`, { note: 'Đã nộp.' });
    // DV-1 has one contact, DV-3 two. After the reminders of 08:00 nothing is due for a day.
    await world.catcher.waitFor(3, 40_000);
    before = await eventually(async () => {
      const [one, other] = [await databaseDigest(world.stack.adminUrl), await databaseDigest(world.stack.adminUrl)];
      const { byState } = await world.system.api<{ byState: { sent: number } }>('GET', '/messages/counts');
      const copied = ['training.agency', 'ceremony.agency', 'notifications.agency'].every((table) => one.tables[table]?.startsWith('5 '));
      return byState.sent === 3 &&
        copied &&
        one.tables['notifications.settlement']?.startsWith('1 ') &&
        changesBetween(one, other).length === 0
        ? other
        : undefined;
    });
  }, 60_000);
  afterAll(() => world.close(), 60_000);

  const send = (method: string, path: string, headers: Record<string, string>, body?: string) =>
    world.system.request(path, { method, headers, ...(body === undefined ? {} : { body }) });
  const json = (path: string, body: string, headers: Record<string, string> = {}) =>
    send('POST', path, { 'content-type': 'application/json', ...headers }, body);
  const importing = (yaml: string) => send('POST', '/api/v1/plans/import', { 'content-type': 'application/yaml' }, yaml);
  const bent = (bend: (plan: ReturnType<typeof planOf>) => void): string => {
    const plan = structuredClone(good);
    bend(plan);
    return asYaml(plan);
  };

  async function expectRefusal(response: Response, status: number, code: string, remedy: RegExp): Promise<Problem> {
    const problem = (await response.json()) as Problem;
    expect(problem).toMatchObject({
      status,
      code,
      type: `urn:dondoc:problem:${code}`,
      instance: `urn:uuid:${String(response.headers.get('x-correlation-id'))}`,
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const told = [problem.detail, ...(problem.errors ?? []).map((one) => `${one.path}: ${one.message}`)].join('\n');
    expect(told).toMatch(remedy);
    expect(changesBetween(before, await databaseDigest(world.stack.adminUrl))).toEqual([]);
    return problem;
  }

  it('shows hostile names as they were written, in the API and in the mail that is sent', async () => {
    const agency = (await world.system.all<{ code: string; name: string; contacts: { name: string }[] }>('/agencies')).find(
      ({ code }) => code === hostile.code,
    );
    expect(agency).toMatchObject({ name: hostile.name, contacts: [{ name: hostile.contacts[0]!.name }] });
    const mail = world.catcher.mails.find((one) => addressOf(one) === 'dau-moi@dv-1.example')!;
    const [person] = Array.isArray(mail.to) ? [] : (mail.to?.value ?? []);
    expect(person?.name).toBe(hostile.contacts[0]!.name);
    expect(mail.text).toContain(hostile.name);
    expect(mail.text).toContain(hostile.contacts[0]!.name);
    const html = String(mail.html);
    expect(html).toContain('Robert&#x27;); DROP TABLE planning.agency;');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;img');
    expect(html).not.toMatch(/<script|<img|<b>đậm/);
    expect(html).toContain('constructor.constructor(&quot;return process&quot;)');
    expect(await world.system.all('/agencies')).toHaveLength(5);
  });

  it.each<[string, () => string, RegExp]>([
    ['malformed YAML', () => 'document:\n  number: "100\nagencies: [', /line \d+/],
    ['something that is no plan at all', () => '- 1\n- 2\n', /./],
    ['wrong types', () => bent((plan) => Object.assign(plan.document, { year: 'hai nghìn', title: 7 })), /document\.year/],
    ['an agency that is not listed', () => bent((plan) => (plan.document.issuer = 'DV-33')), /did you mean DV-3\?/],
    [
      'a circle of reporting lines',
      () => bent(({ agencies: [a, b] }) => [Object.assign(a!, { reportsTo: b!.code }), Object.assign(b!, { reportsTo: a!.code })]),
      /circle: THUONG-TRUC -> VAN-PHONG -> THUONG-TRUC/,
    ],
    ['a deadline before the end of its data window', () => bent((plan) => (plan.reports[0]!.due.dayOfLastMonth = 10)), /reports\.0\.due/],
    ['a name on two lines', () => bent((plan) => (plan.agencies[2]!.name = 'Sở\r\nBcc: ai@do.example')), /agencies\.2\.name.*one line/],
    ['unknown fields', () => bent((plan) => Object.assign(plan.document, { __proto: 1, isAdmin: true })), /isAdmin.*plan\.schema\.json/],
    ['aliases that multiply', () => `a: &a [1,1,1,1,1,1,1,1,1]\n${'b: [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n'.repeat(3)}`, /./],
    ['a tag that would run something', () => 'document: !!js/function "function () { process.exit() }"\n', /tag|line/],
  ])('refuses a plan file with %s', async (_, yaml, remedy) => {
    const problem = await expectRefusal(await importing(yaml()), 422, 'plan-file-invalid', remedy);
    expect(problem.errors!.length).toBeGreaterThan(0);
    expect(problem.errors!.every(({ line, message }) => line !== undefined && message !== '')).toBe(true);
  });

  it('refuses a plan file of 10 MB', async () => {
    await expectRefusal(await importing(`# ${'x'.repeat(10_000_000)}`), 413, 'body-too-large', /1000000 bytes/);
  });

  it.each([
    ['no token', '', /Authorization: Bearer/],
    ['a forged token', `Bearer ${'f'.repeat(48)}`, /not valid.*Ask the operator/],
    ['a JWT that has expired', `Bearer ${jwt({ sub: 'admin', exp: 1_590_973_200 })}`, /not valid.*Ask the operator/],
    ['a JWT that is signed by nobody', `Bearer ${jwt({ sub: 'admin', alg: 'none' }).replace(/[^.]*$/, '')}`, /not valid.*Ask the operator/],
  ])('refuses a change with %s', async (_, authorization, remedy) => {
    const response = await json(`/api/v1/reports/${report.reportId}/accept`, '{}', { authorization });
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
    await expectRefusal(response, 401, 'unauthorized', remedy);
  });

  it.each<[string, [action: string, type: string, body: string], number, string, RegExp]>([
    ['a wrong content type', ['accept', 'text/plain', '{}'], 415, 'unsupported-media-type', /Content-Type: application\/json/],
    ['bad JSON', ['accept', 'application/json', '{"seenVersion": '], 400, 'malformed-json', /not JSON/],
    ['unknown fields', ['accept', 'application/json', '{"seen":3,"state":"x"}'], 422, 'invalid-request', /seen: is not known here/],
    ['a wrong type', ['accept', 'application/json', '{"seenVersion":"3; DROP TABLE"}'], 422, 'invalid-request', /seenVersion: /],
    ['nothing where a reason is asked for', ['return', 'application/json', '{}'], 422, 'invalid-request', /reason: /],
    [
      'a day in a year that no calendar tells of',
      ['return', 'application/json', '{"reason":"Thiếu.","resubmitOn":"2099-01-05"}'],
      422,
      'calendar-year-missing',
      /plans\/calendar\/2099\.yaml/,
    ],
    ['a version that is no longer true', ['accept', 'application/json', '{"seenVersion":1}'], 409, 'changed-meanwhile', /Read it again/],
    ['what has been done already', ['submit', 'application/json', '{}'], 409, 'report-already-submitted', /can return it/],
  ])('refuses a report command with %s', async (_, [action, type, body], status, code, remedy) => {
    const response = await send('POST', `/api/v1/reports/${report.reportId}/${action}`, { 'content-type': type }, body);
    await expectRefusal(response, status, code, remedy);
  });

  it.each<[string, string, string, number, string, RegExp]>([
    ['a bad id', 'POST', '/api/v1/reports/1 OR 1=1/accept', 422, 'invalid-request', /reportId: /],
    ['an id that nobody has', 'POST', `/api/v1/reports/${randomUUID()}/accept`, 404, 'report-not-found', /no report/],
    ['an unknown route', 'GET', '/api/v1/report', 404, 'route-not-found', /api\/docs/],
    ['a wrong method', 'DELETE', '/api/v1/plans', 405, 'method-not-allowed', /Use GET/],
    ['SQL in a filter', 'GET', `/api/v1/obligations?agency=${encodeURIComponent(SQL)}`, 422, 'invalid-request', /agency: /],
    ['an unknown filter', 'GET', '/api/v1/obligations?overdu=true', 422, 'invalid-request', /overdu: is not known here/],
  ])('refuses %s', async (_, method, path, status, code, remedy) => {
    await expectRefusal(await send(method, path, {}), status, code, remedy);
  });

  const lists = ['plans', 'agencies', 'tasks', 'obligations', 'reports', 'escalations', 'messages', 'dead-letters/list'];
  it.each(lists)('refuses a cursor that is none on %s', async (list) => {
    for (const cursor of ['x', Buffer.from("' OR 1=1 --\0").toString('base64url'), Buffer.from('2020-02-31/1').toString('base64url')]) {
      const response = await send('GET', `/api/v1/${list}?after=${cursor}`, {});
      await expectRefusal(response, 422, 'invalid-request', /no cursor/);
    }
  });

  it('refuses an Idempotency-Key that is none, or that belongs to another request; a command needs none', async () => {
    const accept = `/api/v1/reports/${report.reportId}/accept`;
    for (const key of [' ', 'x'.repeat(201)])
      await expectRefusal(await json(accept, '{}', { 'idempotency-key': key }), 422, 'idempotency-key-invalid', /1 to 200/);
    const key = randomUUID();
    const refused = await json(accept, '{"seenVersion":1}', { 'idempotency-key': key });
    await expectRefusal(refused, 409, 'changed-meanwhile', /Read it again/);
    const other = await json(accept, '{"seenVersion":2}', { 'idempotency-key': key });
    await expectRefusal(other, 422, 'idempotency-key-reused', /new key for a new request/);
  });

  it.each(['agencies', 'obligations', 'reports'])('takes the cursors that it gave on %s', async (list) => {
    const all = await world.system.api<{ items: unknown[] }>('GET', `/${list}?limit=200`);
    const items: unknown[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page: { items: unknown[]; next: string | null } = await world.system.api(
        'GET',
        `/${list}?limit=1${after && `&after=${after}`}`,
      );
      items.push(...page.items);
      after = page.next;
    }
    expect(items).toEqual(all.items);
    expect(items.length).toBeGreaterThan(2);
  });

  it('leaves nothing behind in the lanes either', async () => {
    expect(await world.system.api('GET', '/dead-letters')).toEqual({ items: [] });
    expect(world.system.fallen).toEqual([]);
  });

  it('changes something by a command that is in order, so that the digest is worth its name', async () => {
    await world.system.api('POST', `/reports/${report.reportId}/accept`, { seenVersion: 2 });
    const tables = changesBetween(before, await databaseDigest(world.stack.adminUrl));
    expect(tables).toEqual(['planning.history', 'planning.inbox', 'planning.report']);
  });
});
