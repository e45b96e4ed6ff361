import { AuditLedger } from '../obligations/audit-ledger.js';
import { at, PlanningFixture, planWith } from '../obligations/planning.int-fixture.js';
import { ConsolidateReports } from './consolidate-reports.js';
import { consolidating } from './consolidations.int-fixture.js';

const R1_OWED = '    receiver: UBNDTP\n    reporters: [SNNPTNT]\n';
const AGENCIES = ['SCT', 'STC', 'VPDP-HN', 'TTKC', 'UBND-TAYHO', 'UBND-HADONG', 'UBND-GIALAM', 'UBND-QUOCOAI', 'UBND-SONTAY'];
let planning: PlanningFixture;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
});
afterEach(() => planning.stop());

const {
  input,
  upward,
  submit,
  accept,
  giveBack,
  revise,
  consolidate,
  exclude,
  handIn,
  seen,
  stateOf,
  standings,
  sums,
  told,
  refusal,
  openAt,
} = consolidating(() => planning);

describe('[SEED-44] the monthly report to the City', () => {
  beforeEach(() => planning.import());

  it('shows who is in, who is ready, who is missing and how far chased, who is excluded and why', async () => {
    const above = await upward();
    await handIn('SCT');
    await consolidate(above);
    await handIn('STC');
    const excluded = await input('TTKC');
    await exclude(above, excluded);
    await planning.sweepAt('2020-06-19T08:00');
    const view = await seen(above);
    expect(view).toMatchObject({ state: 'draft', open: true, counts: { in: 1, ready: 1, missing: 6, excluded: 1 } });
    expect(view.inputs.map((one) => one.agency).sort()).toEqual([...AGENCIES].sort());
    const of = (agency: string) => view.inputs.find((one) => one.agency === agency);
    expect(of('SCT')).toMatchObject({ standing: 'in', state: 'consolidated', edition: 1, level: null, overdue: false });
    expect(of('STC')).toMatchObject({ standing: 'ready', state: 'accepted' });
    expect(of('TTKC')).toMatchObject({ standing: 'excluded', state: 'excluded', reason: 'Không phát sinh', overdue: false });
    // Due on the 17th: on the 19th the chasing has reached the standing agency.
    expect(of('UBND-TAYHO')).toMatchObject({
      standing: 'missing',
      state: 'draft',
      overdue: true,
      dueOn: '2020-06-17',
      level: 'escalated-standing',
    });
  });

  it('goes its whole way: accepted, consolidated, handed in, accepted, closed', async () => {
    const above = await upward();
    for (const [index, agency] of AGENCIES.entries()) await handIn(agency, { events: index, spending: 0.1, obstacles: 'Dịch bệnh' });
    expect(await consolidate(above)).toMatchObject({ state: 'draft', in: 9, missing: 0, excluded: 0 });
    expect(await sums(above)).toMatchObject([
      // 0 + 1 + … + 8, and nine times a tenth.
      { requirement: 'BC-THANG', reports: 9, figures: { events: 36, points: 0, classes: 0, spending: 0.9 } },
    ]);
    const one = await input('SCT');
    expect(await stateOf(one)).toBe('consolidated');
    planning.clock.set(at('2020-06-22T09:00'));
    await expect(submit(above)).resolves.toMatchObject({ state: 'submitted', late: false });
    await expect(accept(above)).resolves.toMatchObject({ state: 'closed', late: false });
    expect(await Promise.all([above, one].map(stateOf))).toEqual(['closed', 'closed']);
    expect(await planning.database.report.count({ where: { state: 'closed' } })).toBe(10);
    expect(await told(one)).toEqual(['submitted', 'accepted', 'consolidated', 'closed']);
    const { obligation } = await planning.report('SNNPTNT', 'R1-UBNDTP');
    expect(obligation.state).toBe('fulfilled');
    expect((await planning.get(AuditLedger).execute()).findings).toEqual([]);
  });

  it('keeps how everybody stood when it was handed in: what comes later stays missing', async () => {
    const above = await upward();
    await handIn('SCT', { events: 2 });
    await submit(above);
    const late = await handIn('STC', { events: 5 });
    expect(await seen(above)).toMatchObject({ open: false, counts: { in: 1, ready: 0, missing: 8 } });
    expect((await seen(above)).inputs.find((one) => one.agency === 'STC')).toMatchObject({ standing: 'missing', state: 'accepted' });
    expect(await sums(above)).toMatchObject([{ reports: 1, figures: { events: 2 } }]);
    await accept(above);
    expect(await stateOf(late)).toBe('accepted');
  });

  it('may be consolidated again until it is handed in; taken in newly is what was accepted meanwhile', async () => {
    const above = await upward();
    const message = planning.message();
    await handIn('SCT');
    const again = () => planning.get(ConsolidateReports).execute({ upwardReportId: above }, message);
    const first = await again();
    const before = await planning.contents();
    expect(await again()).toEqual(first);
    expect(await planning.contents()).toEqual(before);
    await handIn('STC');
    expect(await consolidate(above)).toMatchObject({ in: 2, missing: 7, excluded: 0 });
  });

  it('is put together by two people at once only once, and the other is told', async () => {
    const above = await upward();
    await handIn('SCT');
    const outcomes = await Promise.allSettled([consolidate(above, 1), consolidate(above, 1)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'changed-meanwhile', details: [{ version: 2 }] },
    });
  });
});

describe('a report that was consolidated', () => {
  beforeEach(() => planning.import());

  it('leaves the consolidation when it is returned, until it is sent and accepted again with its new figures', async () => {
    const above = await upward();
    const one = await handIn('SCT', { events: 2 });
    await handIn('STC', { events: 3 });
    await consolidate(above);
    await giveBack(one);
    expect(await standings(above)).toMatchObject({ SCT: 'missing', STC: 'in' });
    expect(await sums(above)).toMatchObject([{ reports: 1, figures: { events: 3 } }]);
    expect((await planning.report('SCT')).obligation).toMatchObject({ state: 'open', generation: 2 });
    await submit(one, { events: 7 });
    expect(await standings(above)).toMatchObject({ SCT: 'missing' });
    await accept(one);
    expect(await standings(above)).toMatchObject({ SCT: 'ready' });
    await consolidate(above);
    expect((await seen(above)).inputs.find((row) => row.agency === 'SCT')).toMatchObject({ standing: 'in', edition: 2 });
    expect(await sums(above)).toMatchObject([{ reports: 2, figures: { events: 10 } }]);
  });

  it('stays when the report above is handed in, and comes out again when that one is returned', async () => {
    const above = await upward();
    const one = await handIn('SCT');
    await submit(above);
    expect(await refusal(() => giveBack(one))).toBe('already-consolidated');
    await giveBack(above);
    await expect(giveBack(one)).resolves.toMatchObject({ state: 'returned' });
    expect(await standings(above)).toMatchObject({ SCT: 'missing' });
    await submit(above);
    await accept(above);
    expect(await stateOf(one)).toBe('returned');
  });

  it('is either returned or handed in above, when both happen at once', async () => {
    const above = await upward();
    const one = await handIn('SCT');
    await consolidate(above);
    const [returned, submitted] = await Promise.allSettled([giveBack(one), submit(above)]);
    expect(submitted.status).toBe('fulfilled');
    const { standing } = (await seen(above)).inputs.find((row) => row.agency === 'SCT')!;
    expect([await stateOf(one), standing]).toEqual(returned.status === 'fulfilled' ? ['returned', 'missing'] : ['consolidated', 'in']);
  });

  it('is revised after closing: the old edition stays in the report above, which itself gets a new edition only when it is revised', async () => {
    const above = await upward();
    const one = await handIn('SCT', { events: 2 });
    await submit(above);
    await accept(above);
    await revise(one);
    await submit(one, { events: 9 });
    await accept(one);
    expect(await sums(above)).toMatchObject([{ reports: 1, figures: { events: 2 } }]);
    expect(await refusal(() => consolidate(above))).toBe('consolidation-closed');
    await revise(above);
    await consolidate(above);
    expect(await sums(above)).toMatchObject([{ reports: 1, figures: { events: 9 } }]);
    await submit(above);
    await expect(accept(above)).resolves.toMatchObject({ state: 'closed' });
    expect((await planning.report('SNNPTNT', 'R1-UBNDTP')).obligation).toMatchObject({ state: 'fulfilled', generation: 1 });
  });
});

describe('[SEED-45] the quarterly report to the standing agency of the Central programme', () => {
  it('puts the months of its quarter together, also those that are closed with the reports to the City', async () => {
    await planning.import();
    await openAt('2020-08-20T09:00');
    await handIn('SCT', { events: 100 });
    const [july, august] = [await handIn('SCT', { events: 1 }, '2020-07'), await handIn('SCT', { events: 2 }, '2020-08')];
    const monthly = await upward('R1-UBNDTP', '2020-07');
    await submit(monthly);
    await accept(monthly);
    const quarter = await upward('R2-TRUNGUONG', '2020-Q3');
    expect(await consolidate(quarter)).toMatchObject({ in: 2, missing: 25 });
    expect(await Promise.all([july, august].map(stateOf))).toEqual(['closed', 'consolidated']);
    expect(await sums(quarter)).toMatchObject([{ reports: 2, figures: { events: 3 } }]);
    // September's window has opened as well: all of its reports are missing.
    expect(new Set((await seen(quarter)).inputs.map((one) => one.periodKey))).toEqual(new Set(['2020-07', '2020-08', '2020-09']));
    planning.clock.set(at('2020-09-22T09:00'));
    await expect(submit(quarter)).resolves.toMatchObject({ state: 'submitted', late: false });
    await expect(accept(quarter)).resolves.toMatchObject({ state: 'closed' });
    expect(await Promise.all([july, august].map(stateOf))).toEqual(['closed', 'closed']);
  });
});

describe('whose report consolidates', () => {
  /** As a dissolution or a reassignment leaves it: the report above is another agency's, what goes into it was addressed to the first. */
  async function belongsTo(reportId: string, code: string): Promise<void> {
    const { id: agencyId } = await planning.database.agency.findUniqueOrThrow({ where: { code } });
    await planning.database.report.update({ where: { id: reportId }, data: { agencyId } });
  }
  it('is the successor’s, of what its predecessor was to receive, also where another agency owes the report above too', async () => {
    await planning.import(planWith([R1_OWED, R1_OWED.replace('[SNNPTNT]', '[SNNPTNT, SCT]')]));
    const above = await upward();
    await handIn('STC', { events: 4 });
    await belongsTo(above, 'SNNMT');
    expect(await consolidate(above)).toMatchObject({ in: 1, missing: 8 });
  });

  it('is whoever it was reassigned to, where nobody else owes it', async () => {
    await planning.import();
    const above = await upward();
    await handIn('SCT');
    await belongsTo(above, 'STC');
    expect(await consolidate(above)).toMatchObject({ in: 1, missing: 8 });
  });

  it('is the one of the agency that the reports go to, where several owe the report above', async () => {
    await planning.import(planWith([R1_OWED, R1_OWED.replace('[SNNPTNT]', '[SNNPTNT, SCT]')]));
    await handIn('STC');
    const other = (await planning.report('SCT', 'R1-UBNDTP')).id;
    expect((await seen(other)).inputs).toEqual([]);
    expect(await consolidate(await upward())).toMatchObject({ in: 1, missing: 8 });
  });

  const owners = (text: string) => planWith([text, text.replace('reporters: [SCT', 'ownReport: true\n    reporters: [SNNPTNT, SCT')]);

  it('the consolidator’s own report is one of them, and two are owed', async () => {
    await planning.import(owners('reporters: [SCT, STC, VPDP-HN, TTKC'));
    const above = await upward();
    const own = await planning.report('SNNPTNT', 'BC-THANG');
    expect(own.obligation.debtorId).toBe(own.obligation.creditorId);
    await submit(own.id, { events: 4 });
    await accept(own.id);
    await consolidate(above);
    expect(await standings(above)).toMatchObject({ SNNPTNT: 'in', SCT: 'missing' });
    expect(await sums(above)).toMatchObject([{ reports: 1, figures: { events: 4 } }]);
    await planning.sweepAt('2020-06-22T08:00');
    expect((await planning.get(AuditLedger).execute()).findings).toEqual([]);
  });
});
