import { AuditLedger } from '../obligations/audit-ledger.js';
import { PlanningFixture } from '../obligations/planning.int-fixture.js';
import { WaiveObligation } from '../obligations/waive-obligation.js';
import { consolidating } from './consolidations.int-fixture.js';
import { ExcludeReport } from './exclude-report.js';
import { IncludeReport } from './include-report.js';

const NOWHERE = '11111111-1111-4111-8111-111111111111';
let planning: PlanningFixture;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
});
afterEach(() => planning.stop());

const { input, upward, submit, giveBack, consolidate, exclude, include, handIn, seen, stateOf, standings, sums, told, refusal, openAt } =
  consolidating(() => planning);

describe('an exclusion', () => {
  beforeEach(() => planning.import());

  it('of what is still owed waives it, and its end makes it owed and chased again', async () => {
    const above = await upward();
    const one = await input('SCT');
    await exclude(above, one);
    const { obligation } = await planning.report('SCT');
    expect(obligation).toMatchObject({ state: 'waived', settledReason: 'Không phát sinh' });
    expect((await planning.steps(obligation.id)).map((step) => step.state)).not.toContain('pending');
    expect(await refusal(() => submit(one))).toBe('report-excluded');
    expect(await refusal(() => exclude(above, one))).toBe('already-excluded');
    await planning.sweepAt('2020-06-16T09:00');
    await include(above, one);
    expect(await stateOf(one)).toBe('draft');
    // Three working days are more than what is left of the first deadline.
    expect((await planning.report('SCT')).obligation).toMatchObject({
      state: 'open',
      generation: 2,
      dueOn: new Date('2020-06-19'),
      settledReason: null,
    });
    expect((await planning.steps(obligation.id, 2)).map((step) => step.state)).toContain('pending');
    expect(await told(one)).toEqual(['excluded', 'included']);
    expect((await planning.get(AuditLedger).execute()).findings).toEqual([]);
    await expect(submit(one)).resolves.toMatchObject({ state: 'submitted', late: false });
  });

  it('of what was returned gives it back as returned', async () => {
    const above = await upward();
    const one = await input('SCT');
    await submit(one);
    await giveBack(one);
    await exclude(above, one);
    expect(await stateOf(one)).toBe('excluded');
    await include(above, one);
    expect(await stateOf(one)).toBe('returned');
  });

  it('of what was accepted leaves its figures out, and nothing else', async () => {
    const above = await upward();
    const one = await handIn('SCT', { events: 2 });
    await handIn('STC', { events: 3 });
    await consolidate(above);
    await exclude(above, one);
    expect(await stateOf(one)).toBe('accepted');
    expect(await sums(above)).toMatchObject([{ reports: 1, figures: { events: 3 } }]);
    // It is not taken in by the next consolidation, and not by handing in.
    expect(await consolidate(above)).toMatchObject({ in: 1, excluded: 1 });
    await include(above, one);
    expect(await standings(above)).toMatchObject({ SCT: 'ready' });
    await submit(above);
    expect(await standings(above)).toMatchObject({ SCT: 'in', STC: 'in' });
  });

  it('is for good once the report above is handed in', async () => {
    const above = await upward();
    const [one, other] = [await input('SCT'), await input('STC')];
    await exclude(above, one);
    await submit(above);
    expect(await refusal(() => include(above, one))).toBe('consolidation-closed');
    expect(await refusal(() => exclude(above, other))).toBe('consolidation-closed');
    expect(await standings(above)).toMatchObject({ SCT: 'excluded', STC: 'missing' });
  });

  it('also shows what was waived for another reason, which this consolidation cannot take back', async () => {
    const above = await upward();
    const { id, obligationId } = await planning.report('SCT');
    await planning.get(WaiveObligation).execute({ obligationId, reason: 'Giải thể' }, planning.message());
    expect((await seen(above)).inputs.find((row) => row.agency === 'SCT')).toMatchObject({ standing: 'excluded', reason: 'Giải thể' });
    expect(await refusal(() => include(above, id))).toBe('not-excluded');
  });

  it('by two people at once is one, and the other is told', async () => {
    const above = await upward();
    const [one, other] = [await input('SCT'), await input('STC')];
    const outcomes = await Promise.allSettled([exclude(above, one, 1), exclude(above, other, 1)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'changed-meanwhile' } });
    expect((await seen(above)).counts.excluded).toBe(1);
  });

  it('has one effect when its message comes twice', async () => {
    const above = await upward();
    const one = await input('SCT');
    const twice = async (work: (message: ReturnType<typeof planning.message>) => Promise<unknown>) => {
      const message = planning.message();
      const first = await work(message);
      const before = await planning.contents();
      expect(await work(message)).toEqual(first);
      expect(await planning.contents()).toEqual(before);
    };
    const pair = { upwardReportId: above, reportId: one, reason: 'x' };
    await twice((message) => planning.get(ExcludeReport).execute(pair, message));
    await twice((message) => planning.get(IncludeReport).execute(pair, message));
  });

  it('is refused where there is nothing to exclude from', async () => {
    const above = await upward();
    const one = await input('SCT');
    const july = await openAt('2020-06-15T01:00').then(() => input('SCT', '2020-07'));
    expect(await refusal(() => exclude(NOWHERE, one))).toBe('report-not-found');
    expect(await refusal(() => exclude(one, above))).toBe('consolidates-nothing');
    expect(await refusal(() => exclude(above, july))).toBe('not-an-input');
    expect(await refusal(() => exclude(above, NOWHERE))).toBe('not-an-input');
    expect(await refusal(() => include(above, one))).toBe('not-excluded');
    expect(await refusal(() => consolidate(one))).toBe('consolidates-nothing');
    await expect(seen(one)).rejects.toMatchObject({ code: 'consolidates-nothing' });
    await expect(seen(NOWHERE)).rejects.toMatchObject({ code: 'report-not-found' });
  });
});
