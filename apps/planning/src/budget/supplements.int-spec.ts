import { ApprovalsDesk } from '../approvals/approvals.int-fixture.js';
import { at, PLAN_TEXT, planWith, PlanningFixture } from '../obligations/planning.int-fixture.js';
import { BudgetDesk } from './budget.int-fixture.js';

const NOWHERE = '11111111-1111-4111-8111-111111111111';
const CODE = 'BS-KP-2020';
const SUPPLEMENTED = { 'NS-SCT-2020': ['II.2 plan-file null 0', 'II.2 supplement 800 0'] };
let planning: PlanningFixture;
let desk: BudgetDesk;
let approvals: ApprovalsDesk;

beforeAll(async () => {
  planning = await PlanningFixture.start('2020-07-06T08:30');
  desk = new BudgetDesk(planning, (await planning.import()).planId);
  approvals = new ApprovalsDesk(planning);
});
afterAll(() => planning.stop());

const refused = (work: () => Promise<unknown>) => planning.refused(work);
const outcomes = async (works: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(works)).map((one) => (one.status === 'fulfilled' ? 'done' : (one.reason as { code: unknown }).code)).sort();
const shortfalls = async () =>
  (await desk.budget()).sources.flatMap((source) =>
    source.shortfalls.map(({ holder, amount, state, supplements }) => ({
      holder,
      amount,
      state,
      supplements: supplements.map(({ code }) => code),
    })),
  );

describe('a shortfall', () => {
  it('[SEED-39] is declared by the holder, of a source whose plan provides a supplement', async () => {
    expect(await refused(() => desk.declare({ source: 'NS-SNN-2020', agency: 'SNNPTNT' }))).toBe('no-supplement-provided');
    expect(await refused(() => desk.declare({ agency: 'SNNPTNT' }))).toBe('not-the-holder');
    expect(await refused(() => desk.declare({ source: 'NS-2020' }))).toBe('budget-source-not-found');
    expect(await refused(() => desk.declare({ planId: NOWHERE }))).toBe('plan-not-found');
    const message = planning.message();
    const told = await desk.declare({}, message);
    expect(told).toMatchObject({ shortfallId: message.id, state: 'declared', version: 1 });
    expect(await desk.declare({}, message)).toEqual(told);
    expect(await shortfalls()).toEqual([{ holder: 'SCT', amount: 900, state: 'declared', supplements: [] }]);
    expect(await desk.history(message.id)).toEqual(['shortfall-declared']);
  });

  it('is withdrawn once, and then no ground of anything', async () => {
    const { shortfallId } = await desk.declare({ reason: 'Khác' });
    expect(await refused(() => desk.withdraw(shortfallId, { seenVersion: 7 }))).toBe('changed-meanwhile');
    const message = planning.message();
    const told = await desk.withdraw(shortfallId, { seenVersion: 1 }, message);
    expect(told).toMatchObject({ state: 'withdrawn', version: 2 });
    expect(await desk.withdraw(shortfallId, { seenVersion: 1 }, message)).toEqual(told);
    expect(await refused(() => desk.withdraw(shortfallId))).toBe('shortfall-withdrawn');
    expect(await refused(() => desk.request(shortfallId))).toBe('shortfall-withdrawn');
    expect(await refused(() => desk.withdraw(NOWHERE))).toBe('shortfall-not-found');
    expect(await refused(() => desk.request(NOWHERE))).toBe('shortfall-not-found');
    expect((await shortfalls()).map(({ state }) => state).sort()).toEqual(['declared', 'withdrawn']);
    expect(await desk.history(shortfallId)).toEqual(['shortfall-declared', 'shortfall-withdrawn']);
  });
});

describe('a supplement', () => {
  const declared = async () => (await planning.database.shortfall.findFirstOrThrow({ where: { withdrawnAt: null } })).id;

  it('[SEED-39] is asked of Sở Tài chính, for a task that the source pays for, once for each shortfall', async () => {
    const id = await declared();
    expect(await refused(() => desk.request(id, { task: 'II.1' }))).toBe('task-not-funded');
    expect(await refused(() => desk.request(id, { task: 'V.9' }))).toBe('task-not-found');
    expect(await refused(() => desk.request(id, { code: 'DE-AN-TTTK' }))).toBe('dossier-code-taken');
    expect(await refused(() => desk.request(id, { seenVersion: 9 }))).toBe('changed-meanwhile');
    const message = planning.message();
    const told = await desk.request(id, { submitBy: '2020-07-31', seenVersion: 1 }, message);
    expect(await desk.request(id, { submitBy: '2020-07-31', seenVersion: 1 }, message)).toEqual(told);
    expect(await approvals.story(CODE)).toMatchObject({
      dossierId: told.dossierId,
      kind: 'budget-supplement',
      submitter: 'SCT',
      approver: 'STC',
      task: 'II.2',
      state: 'draft',
      shortfallId: id,
      versions: [{ number: 1, content: { amount: 900 } }],
    });
    expect(await approvals.owed()).toEqual(['approval-submission SCT->STC 2020-07-31 open']);
    expect(await refused(() => desk.request(id, { code: 'BS-KP-LAN-2' }))).toBe('supplement-already-asked');
    expect(await refused(() => desk.withdraw(id))).toBe('supplement-stands-on-it');
    expect(await desk.history(id)).toEqual(['shortfall-declared', 'supplement-requested']);
  });

  it('[SEED-39] travels as a dossier does: returned with remarks it gives nothing, approved by a document it gives what was asked for last', async () => {
    await approvals.submit(CODE);
    await approvals.giveBack(CODE, { remarks: 'Làm rõ số thiếu' });
    expect((await desk.lines())['NS-SCT-2020']).toEqual(['II.2 plan-file null 0']);
    await approvals.save(CODE, { content: {} });
    expect(await refused(() => approvals.submit(CODE))).toBe('supplement-amount-missing');
    await approvals.save(CODE, { content: { amount: 10_000_000_000_001 } });
    expect(await refused(() => approvals.submit(CODE))).toBe('supplement-amount-missing');
    await approvals.save(CODE, { content: { amount: 800 } });
    await approvals.submit(CODE);
    const before = await planning.database.budgetLine.count();
    expect(await outcomes([approvals.approve(CODE), approvals.approve(CODE)])).toEqual(['done', 'dossier-not-submitted']);
    expect(await planning.database.budgetLine.count()).toBe(before + 1);
    expect((await desk.lines())['NS-SCT-2020']).toEqual(SUPPLEMENTED['NS-SCT-2020']);
    const line = await planning.database.budgetLine.findFirstOrThrow({ where: { dossier: { code: CODE } }, include: { source: true } });
    expect(line.holderId).toBe(line.source.holderId);
    expect(await desk.history(line.id)).toEqual(['supplement-added']);
    const sct = (await desk.budget()).totals.byAgency.find(({ agency }) => agency === 'SCT');
    expect(sct).toEqual({ agency: 'SCT', lines: 2, linesWithoutAmount: 1, amount: 800, spent: 0, remaining: 800 });
    expect(await planning.database.budgetLine.count({ where: { dossier: { kind: { not: 'budget-supplement' } } } })).toBe(0);
  });

  it('is spent like other money, stays when the plan file is imported again, and is nothing to take back', async () => {
    const { id } = await planning.database.budgetLine.findFirstOrThrow({ where: { dossier: { code: CODE } } });
    expect(await desk.spend(id, 500)).toMatchObject({ remaining: 300 });
    expect(await refused(() => desk.spend(id, 301))).toBe('budget-exceeded');
    expect(await refused(() => desk.retire(id))).toBe('budget-line-not-by-hand');
    expect((await planning.import()).changes).toEqual([]);
    expect((await desk.lines())['NS-SCT-2020']).toContain('II.2 supplement 800 500');
    const shut = planWith(['    supplementBy: STC\n', '']);
    const { shortfallId } = await desk.declare();
    await planning.import(shut);
    expect(await refused(() => desk.request(shortfallId, { code: 'BS-KP-LAN-2' }))).toBe('no-supplement-provided');
    expect(await refused(() => desk.declare())).toBe('no-supplement-provided');
    await planning.import();
    await desk.withdraw(shortfallId);
  });

  it('[SEED-41] of two people who ask for it at once is asked for by one, and may be asked for again when it is given up', async () => {
    planning.clock.set(at('2020-07-07T09:00'));
    const { shortfallId } = await desk.declare();
    expect(await outcomes([desk.request(shortfallId, { code: 'BS-A' }), desk.request(shortfallId, { code: 'BS-B' })])).toEqual([
      'done',
      'supplement-already-asked',
    ]);
    const { code } = await planning.database.approvalDossier.findFirstOrThrow({ where: { shortfallId } });
    await approvals.withdraw(code);
    await desk.request(shortfallId, { code: 'BS-C' });
    await approvals.withdraw('BS-C');
    expect(await desk.withdraw(shortfallId)).toMatchObject({ state: 'withdrawn' });
  });

  it('is no ground for the new holder of the source, who declares its own', async () => {
    const { shortfallId } = await desk.declare();
    await planning.import(planWith(['holder: SCT\n', 'holder: SNNPTNT\n']));
    expect(await refused(() => desk.request(shortfallId, { code: 'BS-D' }))).toBe('not-the-holder');
    expect(await refused(() => desk.declare())).toBe('not-the-holder');
    await planning.import();
  });

  it('leaves the money of a task with the task, and comes back with it', async () => {
    const without = planWith([/ {2}- code: II\.2\n(?: {4}.*\n)+/.exec(PLAN_TEXT)?.[0] ?? '?', '']);
    await planning.import(without);
    expect((await desk.lines())['NS-SCT-2020']).toEqual(['II.2 supplement 800 500 retired']);
    expect((await desk.budget()).totals.all).toMatchObject({ lines: 2, spent: 500 });
    await planning.import();
    expect((await desk.lines())['NS-SCT-2020']).toEqual(['II.2 plan-file null 0', 'II.2 supplement 800 500']);
  });
});
