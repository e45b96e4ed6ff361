import { Queue } from 'bullmq';
import { randomUUID } from 'node:crypto';
import { eventually } from '#testing';
import { rowsOf } from '../system/ledger.js';
import { asYaml, planOf, reporters } from '../system/plan.js';
import { startWorld, type World } from '../system/world.js';

interface DeadLetter {
  lane: string;
  messageId: string;
  name: string;
  cause: string;
  reason: string;
  attempts: number;
  payload: unknown;
}

describe('a poison message', () => {
  let world: World;
  let report: { reportId: string; obligationId: string };
  let lanes: Queue[];

  beforeAll(async () => {
    world = await startWorld({ from: '2020-06-13T10:00', speed: '1s' });
    await world.system.api('POST', '/plans/import', asYaml(planOf(reporters(1))));
    [report] = (await world.system.all<typeof report>('/reports')) as [typeof report];
    lanes = ['planning.commands', 'notifications.email', 'training.events'].map(
      (lane) => new Queue(lane, { connection: { url: world.stack.redisUrl }, prefix: world.stack.prefix }),
    );
  }, 60_000);
  afterAll(async () => {
    await Promise.all(lanes.map((lane) => lane.close()));
    await world.close();
  }, 60_000);

  const envelope = (name: string, payload: unknown) => ({
    id: randomUUID(),
    name,
    occurredAt: '2020-06-13T03:00:00Z',
    correlationId: randomUUID(),
    causationId: null,
    actor: 'service:planning',
    replyWanted: false,
    deadline: null,
    fingerprint: null,
    payload,
  });
  const ring = async (lane: string, data: ReturnType<typeof envelope>, told: object = data) => {
    const queue = lanes.find(({ name }) => name === lane);
    await queue!.add(data.name, told, { jobId: data.id, attempts: 10, backoff: { type: 'lane' } });
    return data.id;
  };
  const letter = (lane: string, id: string) =>
    eventually(async () => {
      const response = await world.system.request(`/api/v1/dead-letters/${lane}/${id}`);
      return response.ok ? ((await response.json()) as DeadLetter) : undefined;
    });
  const post = (path: string) => world.system.request(`/api/v1${path}`, { method: 'POST' });

  it.each([
    ['planning.commands', 'planning.submit-report.v1', { reportId: 'none', note: 7 }, /broken payload.*reportId.*note/],
    ['planning.commands', 'planning.burn-report.v1', { reportId: randomUUID() }, /no handler for planning\.burn-report\.v1/],
    ['notifications.email', 'notifications.send-mail.v1', { businessKey: '' }, /broken payload of notifications\.send-mail/],
    ['training.events', 'planning.agency-changed.v1', null, /broken payload/],
  ])('on %s (%s) is a dead letter at once, with its reason, and blocks nothing behind it', async (lane, name, payload, reason) => {
    const id = await ring(lane, envelope(name, payload));
    expect(await letter(lane, id)).toMatchObject({ lane, name, attempts: 1, reason: expect.stringMatching(reason), payload });
    expect(await world.system.all('/reports')).toHaveLength(1);
  });

  it('without an envelope is a dead letter too, and what is behind it is done', async () => {
    const poison = envelope('planning.submit-report.v1', {});
    const id = await ring('planning.commands', poison, { nothing: 'that is known' });
    await world.system.api('POST', `/reports/${report.reportId}/submit`, { note: 'sau thư hỏng' });
    expect(await letter('planning.commands', id)).toMatchObject({ reason: expect.stringMatching(/broken envelope: id: .*name: /) });
    // Whatever was in it does not go into the log, only where it was wrong.
    expect(world.system.output.join('\n')).not.toContain('that is known');
  });

  it('replayed while its cause is there is dead again; what was remedied is done, once', async () => {
    const broken = await ring('planning.commands', envelope('planning.submit-report.v1', {}));
    await letter('planning.commands', broken);
    expect(await (await post(`/dead-letters/planning.commands/${broken}/replay`)).json()).toEqual({ replayed: 1, skipped: 0 });
    await letter('planning.commands', broken);

    const early = await ring(
      'planning.commands',
      envelope('planning.return-report.v1', { reportId: report.reportId, reason: 'thiếu số liệu' }),
    );
    await eventually(
      async () => (await rowsOf(world.stack.adminUrl, `SELECT 1 FROM planning.report WHERE state = 'returned'`)).length === 1,
    );
    expect((await post(`/dead-letters/planning.commands/${early}/replay`)).status).toBe(404);

    const again = await ring('planning.commands', envelope('planning.accept-report.v1', { reportId: report.reportId }));
    expect((await letter('planning.commands', again)).reason).toMatch(/report-not-submitted/);
    await world.system.api('POST', `/reports/${report.reportId}/submit`, {});
    const { items } = await world.system.api<{ items: { lane: string; cause: string; count: number }[] }>('GET', '/dead-letters');
    const group = items.find(({ cause }) => cause.includes('report-not-submitted'));
    expect(group).toMatchObject({ lane: 'planning.commands', count: 1 });
    const replay = { lane: group!.lane, cause: group!.cause };
    expect(await world.system.api('POST', '/dead-letters/replay', replay)).toEqual({ replayed: 1, skipped: 0 });
    const accepted = () =>
      rowsOf(world.stack.adminUrl, `SELECT 1 FROM planning.history WHERE subject = 'obligation' AND what = 'accepted'`);
    await eventually(async () => (await accepted()).length > 0);
    expect((await post(`/dead-letters/planning.commands/${again}/replay`)).status).toBe(404);
    expect(await accepted()).toHaveLength(1);
    expect(world.system.fallen).toEqual([]);
  });
});
