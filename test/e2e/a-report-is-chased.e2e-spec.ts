import { randomUUID } from 'node:crypto';
import { parseClockStart } from '#calendar';
import { eventually } from '#testing';
import { above, asYaml, planOf, type Reporter } from '../system/plan.js';
import { redisDump } from '../system/redis-dump.js';
import { addressOf, startWorld, type World } from '../system/world.js';

const chased: Reporter = {
  code: 'DV-CHAM',
  name: 'Đơn vị chậm',
  contacts: [
    { role: 'FOCAL', name: 'Nguyễn Thị Mẫu Chậm', email: 'dau-moi@dv-cham.example', phone: '0912 345 678' },
    { role: 'HEAD', name: 'Phạm Mẫu Trưởng', email: 'lanh-dao@dv-cham.example', phone: '+84 24 3825 3536' },
  ],
};
const punctual: Reporter = {
  code: 'DV-NHANH',
  name: 'Đơn vị nhanh',
  contacts: [{ role: 'FOCAL', name: 'Hoàng Mẫu Nhanh', email: 'dau-moi@dv-nhanh.example', phone: '(024) 3736.0001' }],
};
const plan = planOf([chased, punctual]);
/** What may stand in no log line and in no value of Redis. */
const personal = [...above, chased, punctual].flatMap(({ contacts }) =>
  contacts.flatMap(({ name, email, phone }) => [name, email, ...(phone === undefined ? [] : [phone])]),
);
/** One story each. */
const ask = {
  import: randomUUID(),
  submit: randomUUID(),
  return: randomUUID(),
  extend: randomUUID(),
  resubmit: randomUUID(),
  accept: randomUUID(),
};

describe('a report that nobody sends', () => {
  let world: World;
  let report: { reportId: string; obligationId: string };

  beforeAll(async () => {
    world = await startWorld({ from: '2020-06-08T07:00', speed: '1d', logLevel: 'info' });
  }, 60_000);
  afterAll(() => world.close(), 60_000);

  const post = async (path: string, correlation: string, body: unknown) => {
    const response = await world.system.request(`/api/v1${path}`, {
      method: 'POST',
      headers: {
        'x-correlation-id': correlation,
        'idempotency-key': correlation,
        'content-type': typeof body === 'string' ? 'application/yaml' : 'application/json',
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    expect(response.headers.get('x-correlation-id')).toBe(correlation);
    expect({ path, status: response.status, problem: response.ok ? null : await response.json() }).toEqual({
      path,
      status: 200,
      problem: null,
    });
  };
  const mailsSince = (local: string) =>
    world.catcher.mails.filter(
      (mail) => mail.date!.getTime() >= parseClockStart(local).epochMilliseconds && mail.text?.includes(report.obligationId),
    );
  /** The mail to an address whose subject says so, sent no earlier than then. */
  const arrival = (address: string, subject: RegExp, since = '2020-06-08T00:00') =>
    eventually(() => mailsSince(since).find((mail) => addressOf(mail) === address && subject.test(mail.subject ?? '')), {
      within: 25_000,
      describe: () =>
        `${subject.source} at ${address}; there are: ${mailsSince(since)
          .map((mail) => mail.subject)
          .join(' | ')}`,
    });
  const linesWith = (service: string, correlation: string) =>
    world.system.output.filter((line) => line.startsWith(`${service}: `) && line.includes(correlation));

  it('is chased up the ladder until it comes, again when it is returned, anew when it is extended, and never after that', async () => {
    await post('/plans/import', ask.import, asYaml(plan));
    [report] = (await world.system.all<typeof report>(`/reports?agency=${chased.code}`)) as [typeof report];
    const [other] = await world.system.all<typeof report>(`/reports?agency=${punctual.code}`);
    await world.system.api('POST', `/reports/${other!.reportId}/submit`, {});

    const reminder = await arrival('lanh-dao@dv-cham.example', /Nhắc nộp Báo cáo tháng/);
    await arrival('dau-moi@dv-cham.example', /Hôm nay đến hạn/);
    await arrival('dau-moi@dv-cham.example', /Đôn đốc lần 1/);
    await arrival('dau-moi@thuong-truc.example', /Đề nghị chỉ đạo: Đơn vị chậm/);
    const cases = await world.system.all<{ obligationId: string; level: string }>('/escalations?state=raised');
    expect(cases).toEqual([expect.objectContaining({ obligationId: report.obligationId, level: 'standing-agency' })]);
    // The mail's story began with the sweep that decided it.
    const story = reminder.headers.get('x-dondoc-correlation') as string;
    expect(linesWith('planning', story).join()).toContain('Fired');
    const { items: messages } = await world.system.api<{ items: { correlationId: string; state: string }[] }>(
      'GET',
      `/messages?obligation=${report.obligationId}&limit=200`,
    );
    expect(messages.map(({ correlationId }) => correlationId)).toContain(story);

    await post(`/reports/${report.reportId}/submit`, ask.submit, { note: 'Nộp chậm.' });
    const submittedAt = world.system.clock.now();
    await world.system.reach('2020-06-24T07:00');
    expect(
      world.catcher.mails.filter((mail) => mail.date!.getTime() > submittedAt.epochMilliseconds).map(({ subject }) => subject),
    ).toEqual([]);
    expect(await world.system.all('/escalations?state=raised')).toEqual([]);

    await post(`/reports/${report.reportId}/return`, ask.return, { reason: 'Thiếu số liệu.', resubmitOn: '2020-06-26' });
    await arrival('dau-moi@dv-cham.example', /Đôn đốc lần 1/, '2020-06-29T00:00');
    await post(`/obligations/${report.obligationId}/extend`, ask.extend, {
      deadline: { word: 'NO_LATER_THAN', date: '2020-07-06' },
      reason: 'Đơn vị đề nghị.',
    });
    await arrival('dau-moi@dv-cham.example', /Nhắc nộp .*hạn 06\/07\/2020/, '2020-06-30T00:00');
    await post(`/reports/${report.reportId}/submit`, ask.resubmit, { note: 'Đã bổ sung.' });
    await post(`/reports/${report.reportId}/accept`, ask.accept, {});
    await world.system.reach('2020-07-09T12:00');
    expect(mailsSince('2020-07-06T00:00').map(({ subject }) => subject)).toEqual([]);
    expect(world.catcher.mails.filter((mail) => addressOf(mail) === 'dau-moi@dv-nhanh.example')).toEqual([]);
    expect(await world.system.api('GET', '/audit')).toMatchObject({ holds: true, findings: [] });
  }, 90_000);

  it('can be followed by the correlation id of each request: in the history and in the logs that it went through', async () => {
    const { history } = await world.system.api<{ history: { what: string; correlationId: string }[] }>(
      'GET',
      `/obligations/${report.obligationId}`,
    );
    expect(history.map(({ what, correlationId }) => [what, correlationId])).toEqual([
      ['opened', ask.import],
      ['fulfilled', ask.submit],
      ['returned', ask.return],
      ['extended', ask.extend],
      ['fulfilled', ask.resubmit],
      ['accepted', ask.accept],
    ]);
    for (const correlation of Object.values(ask)) expect(linesWith('planning', correlation)).not.toEqual([]);
    // An import tells of agencies; what is settled or extended is told too, so that no mail says otherwise.
    for (const correlation of [ask.import, ask.submit, ask.extend, ask.resubmit])
      expect(linesWith('notifications', correlation)).not.toEqual([]);
  });

  it('leaves no person in the logs, nor in Redis but sealed', async () => {
    expect(world.system.output.length).toBeGreaterThan(20);
    expect(world.system.output.filter((line) => personal.some((word) => line.includes(word)))).toEqual([]);
    const kept = await redisDump(world.stack.redisUrl, world.stack.prefix);
    const contents = kept.join('\n').normalize('NFC');
    expect(contents).toContain('sealed.1.');
    expect(contents).toContain('notifications.send-mail.v1');
    expect(kept.filter((line) => personal.some((word) => line.normalize('NFC').includes(word)))).toEqual([]);
    // The search itself finds what is not sealed.
    expect(contents).toContain(chased.name);
  });
});
