import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PayloadOf, sendMail } from '#contracts';
import { at, PlanningFixture } from '../obligations/planning.int-fixture.js';
import { PlanningGauges } from '../status/planning-gauges.js';
import { AcknowledgeEscalation } from './acknowledge-escalation.js';
import { AssignEscalation } from './assign-escalation.js';
import { EscalationsConsumer } from './escalations.consumer.js';
import { EscalationsSchedule } from './escalations.schedule.js';

/** The autumn of 2020 with a calendar that lacks 2021 and what follows. The tests follow one another. */
const PLANS = join(import.meta.dirname, '../../../../plans');
const LATER = [2021, 2022, 2023, 2024, 2025, 2026, 2027].map((year) => `${String(year)}.yaml`);
const folder = mkdtempSync(join(tmpdir(), 'plans-'));
let planning: PlanningFixture;

beforeAll(async () => {
  cpSync(PLANS, folder, { recursive: true });
  for (const file of LATER) rmSync(join(folder, 'calendar', file));
  planning = await PlanningFixture.start('2020-06-01T07:30', folder);
});
afterAll(async () => {
  await planning.stop();
  rmSync(folder, { recursive: true });
});

/** Runs a schedule at a moment, as the service itself does. */
async function run(id: string, moment: string): Promise<void> {
  planning.clock.set(at(moment));
  const schedule = planning.get(EscalationsSchedule).schedules.find((one) => one.id === id);
  await schedule!.run(at(moment));
}
const checkAt = (moment: string) => run('check-calendar', moment);
const cases = async () => {
  const { items } = await planning.get(EscalationsConsumer).list({ kind: 'calendar-missing', limit: 50 });
  return items;
};
/** What the digests of a Thursday say of the calendar, each mail for itself. */
async function saidOn(moment: string): Promise<unknown[]> {
  const before = (await planning.mails()).length;
  await run('weekly-digest', moment);
  const written = (await planning.mails()).slice(before) as unknown as PayloadOf<typeof sendMail>[];
  return written.map(({ mail }) => mail.template === 'weekly-digest' && mail.calendar);
}
const told = async (caseId: string) =>
  (await planning.get(EscalationsConsumer).get({ escalationId: caseId })).history.map(({ what, reason }) => [what, reason]);
const yearsAhead = async () =>
  (await planning.get(PlanningGauges).read()).find((gauge) => gauge.name === 'dondoc_calendar_years_ahead')?.value;
/** The file of a year, as the repository has it or with another beginning. */
function load(year: number, beginning = `year: ${String(year)}\n`): void {
  const text = readFileSync(join(PLANS, 'calendar', `${String(year)}.yaml`), 'utf8');
  expect(text).toContain(`year: ${String(year)}\n`);
  writeFileSync(join(folder, 'calendar', `${String(year)}.yaml`), text.replace(`year: ${String(year)}\n`, beginning));
}

describe('the days off of the next year', () => {
  it('are nobody’s case without a plan that needs them', async () => {
    await checkAt('2020-10-05T07:00');
    expect(await cases()).toEqual([]);
  });

  it('are no case before October', async () => {
    planning.clock.set(at('2020-06-01T07:30'));
    await planning.import();
    await checkAt('2020-09-28T07:00');
    expect(await cases()).toEqual([]);
    expect(await saidOn('2020-10-01T07:30')).toEqual([[], []]);
    expect(await yearsAhead()).toBe(0);
  });

  it('are one case from October on, with the standing agency, whoever looks at once and however often', async () => {
    await Promise.all([checkAt('2020-10-05T07:00'), checkAt('2020-10-05T07:00')]);
    const [raised, ...more] = await cases();
    expect(more).toEqual([]);
    expect(raised).toMatchObject({
      kind: 'calendar-missing',
      level: 'standing-agency',
      state: 'raised',
      agency: 'SNNPTNT',
      obligationId: null,
      contactId: null,
      calendarYear: 2021,
      raisedAt: at('2020-10-05T07:00').toString(),
    });
    const before = await planning.contents();
    await checkAt('2020-10-12T07:00');
    expect(await planning.contents()).toEqual(before);
  });

  it('are asked for in one line of the weekly digest, week after week', async () => {
    for (const thursday of ['2020-10-08', '2020-10-15'])
      expect(await saidOn(`${thursday}T07:30`)).toEqual([[{ year: 2021, state: 'missing' }], [{ year: 2021, state: 'missing' }]]);
  });

  it('are seen to like any other case: somebody of the standing agency takes it, and the digest goes on asking', async () => {
    const [{ escalationId } = { escalationId: '' }] = await cases();
    const { id: contactId } = await planning.database.contact.findFirstOrThrow({ where: { agency: { code: 'SNNPTNT' }, role: 'FOCAL' } });
    await planning.get(AssignEscalation).execute({ escalationId, contactId }, planning.message());
    const acknowledging = { escalationId, until: '2020-10-16', note: 'Chờ quyết định của Thủ tướng Chính phủ.' };
    expect(await planning.get(AcknowledgeEscalation).execute(acknowledging, planning.message())).toMatchObject({
      state: 'acknowledged',
      stepsHeld: 0,
    });
    expect(await saidOn('2020-10-15T07:31')).toEqual([[{ year: 2021, state: 'missing' }], [{ year: 2021, state: 'missing' }]]);
    await planning.sweepAt('2020-10-19T08:00');
    expect(await cases()).toMatchObject([{ state: 'raised', assigneeId: contactId }]);
  });

  it('are still a case when they are loaded as an assumption', async () => {
    load(2021, 'year: 2021\nprovisional: quyết định chưa có\n');
    await planning.restart(folder);
    await checkAt('2020-10-19T08:30');
    expect((await cases()).map(({ state }) => state)).toEqual(['raised']);
    expect(await saidOn('2020-10-22T07:30')).toEqual([[{ year: 2021, state: 'provisional' }], [{ year: 2021, state: 'provisional' }]]);
    expect(await yearsAhead()).toBe(0);
  });

  it('are settled by the system when they are decided and loaded, and stay so', async () => {
    load(2021);
    await planning.restart(folder);
    // The digest asks for nothing that is there, though nobody has looked since.
    expect(await saidOn('2020-10-22T08:00')).toEqual([[], []]);
    await checkAt('2020-10-26T07:00');
    const [settled] = await cases();
    expect(settled).toMatchObject({ state: 'resolved', resolution: 'calendar-decided', resolvedAt: at('2020-10-26T07:00').toString() });
    expect(await told(settled!.escalationId)).toEqual([
      ['raised', null],
      ['assigned', null],
      ['acknowledged', 'Chờ quyết định của Thủ tướng Chính phủ.'],
      ['acknowledgement-expired', null],
      ['resolved', 'calendar-decided'],
    ]);
    await checkAt('2020-11-02T07:00');
    expect(await cases()).toEqual([settled]);
    expect(await yearsAhead()).toBe(1);
  });
});
