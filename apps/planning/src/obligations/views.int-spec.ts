import { listObligations, type PayloadOf } from '#contracts';
import { AcknowledgeEscalation } from '../escalations/acknowledge-escalation.js';
import { SubmitReport } from '../reports/submit-report.js';
import { ExtendObligation } from './extend-obligation.js';
import { PlanFigures } from '../plans/plan-figures.repository.js';
import { ObligationViews } from './obligation-view.repository.js';
import { ObligationsConsumer } from './obligations.consumer.js';
import { at, PlanningFixture } from './planning.int-fixture.js';
import { WaiveObligation } from './waive-obligation.js';

type Filter = Partial<PayloadOf<typeof listObligations>>;
let planning: PlanningFixture;

/*
 * One story for all: June's reports are chased to the 22nd. STC handed in in time, TTKC late, VPDP-HN need not, UBND-TAYHO has until the 30th;
 * SCT's case is acknowledged.
 */
beforeAll(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
  await planning.import();
  const idOf = async (agency: string) => (await planning.report(agency)).obligationId;
  const submit = async (agency: string) => {
    const { id: reportId } = await planning.report(agency);
    await planning.get(SubmitReport).execute({ reportId, note: '' }, planning.message());
  };
  await submit('STC');
  await planning.get(WaiveObligation).execute({ obligationId: await idOf('VPDP-HN'), reason: 'Không phát sinh' }, planning.message());
  for (const day of ['10', '16', '17', '18']) await planning.sweepAt(`2020-06-${day}T08:00`);
  const deadline = { word: 'NO_LATER_THAN', date: '2020-06-30' } as const;
  const extension = { obligationId: await idOf('UBND-TAYHO'), deadline, reason: 'Dịch bệnh' };
  await planning.get(ExtendObligation).execute(extension, planning.message());
  await planning.sweepAt('2020-06-19T08:00');
  await submit('TTKC');
  await planning.sweepAt('2020-06-22T08:00');
  const found = await planning.database.escalation.findFirstOrThrow({ where: { obligationId: await idOf('SCT') } });
  await planning
    .get(AcknowledgeEscalation)
    .execute({ escalationId: found.id, until: '2020-06-24', note: 'Đã làm việc.' }, planning.message());
});
afterAll(() => planning.stop());

const page = (filter: Filter) => planning.get(ObligationsConsumer).list(listObligations.payload.parse({ limit: 200, ...filter }));
const debtors = async (filter: Filter) =>
  (await page(filter)).items
    .filter((one) => one.title.startsWith('Báo cáo tháng'))
    .map((one) => one.debtor)
    .sort();
const DISTRICTS = ['UBND-GIALAM', 'UBND-HADONG', 'UBND-QUOCOAI', 'UBND-SONTAY'];

describe('the list of obligations', () => {
  it.each<[string, Filter, string[]]>([
    ['open', { state: 'open' }, ['SCT', ...DISTRICTS, 'UBND-TAYHO']],
    ['fulfilled', { state: 'fulfilled' }, ['STC', 'TTKC']],
    ['waived', { state: 'waived' }, ['VPDP-HN']],
    ['cancelled', { state: 'cancelled' }, []],
    ['overdue', { overdue: true }, ['SCT', ...DISTRICTS]],
    ['not overdue', { overdue: false }, ['STC', 'TTKC', 'UBND-TAYHO', 'VPDP-HN']],
    ['of an agency', { agency: 'TTKC' }, ['TTKC']],
    ['of an agency that is not there', { agency: 'NOBODY' }, []],
    ['told at a level', { level: 'escalated-standing' }, ['SCT', 'TTKC', ...DISTRICTS]],
    ['told at a level, and open', { level: 'escalated-standing', state: 'open' }, ['SCT', ...DISTRICTS]],
    ['due from a day', { dueFrom: '2020-06-18', dueTo: '2020-06-30' }, ['UBND-TAYHO']],
    ['due to a day, that day included', { dueTo: '2020-06-17' }, ['SCT', 'STC', 'TTKC', ...DISTRICTS, 'VPDP-HN']],
    ['due from a day, that day included', { dueFrom: '2020-06-30', dueTo: '2020-06-30' }, ['UBND-TAYHO']],
    ['due in no time', { dueFrom: '2020-07-01', dueTo: '2020-06-30' }, []],
  ])('shows what is %s', async (_, filter, expected) => {
    expect(await debtors(filter)).toEqual(expected);
  });

  it.each<[string, Filter]>([
    ['without a filter', {}],
    ['with a filter', { state: 'open' }],
  ])('gives each once, in order of the due day, in pages of any length, %s', async (_, filter) => {
    const all = (await page(filter)).items;
    expect(all.map((one) => one.dueOn)).toEqual(all.map((one) => one.dueOn).sort());
    for (const limit of [1, 4, 7, all.length]) {
      const paged = [];
      let after: string | null | undefined;
      do {
        const { items, next } = await page({ ...filter, limit, ...(after ? { after } : {}) });
        expect(items.length).toBeLessThanOrEqual(limit);
        paged.push(...items);
        after = next;
      } while (after !== null);
      expect(paged).toEqual(all);
    }
  });

  it.each(['garbage', '2020-06-17', '2020-02-30/11111111-1111-4111-8111-111111111111', '2020-06-17/1'])(
    'refuses a cursor that no page gave: %s',
    async (key) => {
      await expect(page({ after: Buffer.from(key).toString('base64url') })).rejects.toMatchObject({ code: 'invalid-request' });
    },
  );

  it('shows how things stand at the moment of asking', async () => {
    const shown = new Map((await page({ dueTo: '2020-06-30' })).items.map((one) => [one.debtor, one]));
    expect(shown.get('SCT')).toMatchObject({
      state: 'open',
      overdue: true,
      late: true,
      workingDaysLate: 3,
      // CHASE_2 came after it, and is milder.
      level: 'escalated-standing',
      next: { rung: 'CHASE_3', dueAt: '2020-06-25T00:30:00Z' },
    });
    expect(shown.get('STC')).toMatchObject({
      state: 'fulfilled',
      overdue: false,
      late: false,
      workingDaysLate: 0,
      level: null,
      next: null,
    });
    expect(shown.get('TTKC')).toMatchObject({ state: 'fulfilled', overdue: false, late: true, workingDaysLate: 2, next: null });
    expect(shown.get('UBND-TAYHO')).toMatchObject({ generation: 2, dueOn: '2020-06-30', originalDueOn: '2020-06-17', late: false });
    expect(shown.get('VPDP-HN')).toMatchObject({ state: 'waived', settledReason: 'Không phát sinh', overdue: false });
  });
});

describe('the story of an obligation', () => {
  const story = async (agency: string) =>
    planning.get(ObligationViews).story((await planning.report(agency)).obligationId, planning.clock.now());

  it('tells every step, case and change, in order', async () => {
    const { steps, escalations, history } = await story('SCT');
    expect(steps.map((step) => `${step.rung} ${step.state}`)).toEqual([
      'REMIND_1 fired',
      'REMIND_2 fired',
      'DUE fired',
      'CHASE_1 fired',
      'ESCALATE_STANDING fired',
      'CHASE_2 fired',
      'CHASE_3 pending',
      'ESCALATE_CITY pending',
    ]);
    expect(steps[3]).toMatchObject({ slot: '2020-06-18T01:00:00Z', plannedAt: '2020-06-18T01:00:00Z', decidedAt: '2020-06-18T01:00:00Z' });
    // Held by the acknowledgement, and it shows.
    expect(steps[6]).toMatchObject({ plannedAt: '2020-06-24T01:00:00Z', dueAt: '2020-06-25T00:30:00Z' });
    expect(escalations).toMatchObject([
      { kind: 'overdue', level: 'standing-agency', state: 'acknowledged', acknowledgedUntil: '2020-06-24' },
    ]);
    expect(history.map((line) => [line.what, line.reason])).toEqual([
      ['opened', null],
      ['acknowledged', 'Đã làm việc.'],
    ]);
  });

  it('tells each generation, and why the one before ended', async () => {
    const { steps, escalations, history } = await story('UBND-TAYHO');
    const generation = (number: number) => steps.filter((step) => step.generation === number);
    expect(steps).toEqual([...generation(1), ...generation(2)]);
    expect(
      generation(1)
        .slice(4)
        .map((step) => [step.state, step.reason]),
    ).toEqual(Array(4).fill(['superseded', 'extended']));
    expect(generation(2)).toHaveLength(8);
    expect(escalations).toEqual([]);
    expect(history.at(-1)).toMatchObject({ what: 'extended', reason: 'Dịch bệnh', detail: { from: '2020-06-17', to: '2020-06-30' } });
  });

  it('of what is not there is refused', async () => {
    await expect(planning.get(ObligationViews).story('11111111-1111-4111-8111-111111111111', at('2020-06-22T08:00'))).rejects.toMatchObject(
      {
        code: 'obligation-not-found',
      },
    );
  });
});

describe('the figures of a plan', () => {
  it('of a plan that is not there are refused, not zero', async () => {
    await expect(planning.get(PlanFigures).summary('11111111-1111-4111-8111-111111111111', planning.clock.now())).rejects.toMatchObject({
      code: 'plan-not-found',
    });
  });

  it('count what was owed and what was done about it', async () => {
    const plan = await planning.database.plan.findFirstOrThrow();
    const { obligations, steps, ...figures } = await planning.get(PlanFigures).summary(plan.id, planning.clock.now());
    expect(obligations).toEqual({ total: 18, open: 15, overdue: 5, fulfilledOnTime: 1, fulfilledLate: 1, waived: 1 });
    expect(steps.pending + steps.held + steps.fired + steps.superseded + steps.skipped).toBe(19 * 8);
    // Seven were chased on the 18th, five again on the 22nd; six were escalated on the 19th. One was reminded besides: R1.
    expect(figures).toMatchObject({ chasings: 12, escalationsToStanding: 6, escalationsToCity: 0, itemsForCity: 0 });
  });
});
