import { at, planWith, PlanningFixture, refusal } from '../obligations/planning.int-fixture.js';
import { BudgetDesk, DECIDED } from './budget.int-fixture.js';
import { ExpendituresConsumer } from './budget.consumer.js';

const NOWHERE = '11111111-1111-4111-8111-111111111111';
const STATED = { 'NS-SCT-2020': ['II.2 plan-file null 0'], 'NS-SNN-2020': ['II.1 plan-file null 0', 'II.3 plan-file null 0'] };
const AGAIN_WITH = 'seed: [SEED-41, SEED-42, SEED-43, SEED-44, SEED-45]';
let planning: PlanningFixture;
let desk: BudgetDesk;

beforeAll(async () => {
  planning = await PlanningFixture.start('2020-07-06T08:30');
  desk = new BudgetDesk(planning, (await planning.import()).planId);
});
afterAll(() => planning.stop());

const refused = (work: () => Promise<unknown>) => planning.refused(work);
const outcomes = async (works: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(works)).map((one) => (one.status === 'fulfilled' ? 'done' : (one.reason as { code: unknown }).code)).sort();

describe('the budget of Plan 100', () => {
  it('[SEED-19, SEED-37, SEED-38] gives three tasks money by 6999/QĐ-UBND, held by who has it, and invents no amount', async () => {
    const { sources, totals, documentNumber } = await desk.budget();
    expect(documentNumber).toBe('100/KH-UBND');
    expect(sources.map(({ source, decision, holder, supplementBy }) => [source, decision, holder, supplementBy])).toEqual([
      ['NS-SCT-2020', '6999/QĐ-UBND', 'SCT', 'STC'],
      ['NS-SNN-2020', '6999/QĐ-UBND', 'SNNPTNT', null],
    ]);
    expect(await desk.lines()).toEqual(STATED);
    expect(totals.all).toEqual({ lines: 3, linesWithoutAmount: 3, amount: null, spent: 0, remaining: null });
    expect(totals.byAgency.map(({ agency, lines }) => [agency, lines])).toEqual([
      ['SCT', 1],
      ['SNNPTNT', 2],
    ]);
  });

  it('changes nothing when the same file is imported again', async () => {
    const before = await planning.database.budgetLine.findMany({ orderBy: { id: 'asc' } });
    expect((await planning.import()).changes).toEqual([]);
    expect(await planning.database.budgetLine.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
  });

  it('refuses what is not there', async () => {
    expect(await refused(() => desk.change(NOWHERE, 1))).toBe('budget-line-not-found');
    expect(await refused(() => desk.retire(NOWHERE))).toBe('budget-line-not-found');
    expect(await refused(() => desk.spend(NOWHERE, 1))).toBe('budget-line-not-found');
    expect(await refused(() => desk.reverse(NOWHERE))).toBe('expenditure-not-found');
    expect(await refused(() => desk.add({ planId: NOWHERE }))).toBe('plan-not-found');
    expect(await refused(() => desk.add({ task: 'V.9' }))).toBe('task-not-found');
    expect(await refused(() => desk.add({ source: 'NS-2020' }))).toBe('budget-source-not-found');
    expect(await refusal(new BudgetDesk(planning, NOWHERE).budget())).toBe('plan-not-found');
    expect(await refusal(planning.get(ExpendituresConsumer).list({ lineId: NOWHERE, limit: 5 }))).toBe('budget-line-not-found');
  });
});

describe('an amount', () => {
  it('comes by a decision, once for each message, and only for whom saw the line as it is', async () => {
    const { id, version } = await desk.line('II.1');
    const message = planning.message();
    const told = await desk.change(id, 1000, { seenVersion: version }, message);
    expect(told).toMatchObject({ lineId: id, amount: 1000, spent: 0, remaining: 1000, version: version + 1 });
    expect(await desk.change(id, 1000, { seenVersion: version }, message)).toEqual(told);
    expect(await refused(() => desk.change(id, 5, { seenVersion: version }))).toBe('changed-meanwhile');
    expect(await desk.history(id)).toEqual(['added', 'amount-changed']);
    const { reason, detail } = await planning.database.history.findFirstOrThrow({ where: { subjectId: id, what: 'amount-changed' } });
    expect([reason, detail]).toEqual([DECIDED.reason, { from: null, to: 1000, decision: DECIDED.decision }]);
  });

  it('of two people at once comes from one', async () => {
    const { id, version } = await desk.line('II.1');
    expect(await outcomes([desk.change(id, 1000, { seenVersion: version }), desk.change(id, 2000, { seenVersion: version })])).toEqual([
      'changed-meanwhile',
      'done',
    ]);
    await desk.change(id, 1000);
  });

  it('of the plan file is taken over when the file changes it, and the same file again undoes no decision', async () => {
    const source = 'budgetSource: NS-SNN-2020\n    # "Khoảng';
    const file = (amount: number) => planWith([source, `budgetAmount: ${String(amount)}\n    ${source}`]);
    const { changes } = await planning.import(file(3000));
    expect(changes).toEqual([{ what: 'budget line', key: 'II.1/NS-SNN-2020', change: 'changed', fields: ['stated'] }]);
    expect((await desk.lines())['NS-SNN-2020']).toContain('II.1 plan-file 3000 0');
    await desk.change((await desk.line('II.1')).id, 1000);
    expect((await planning.import(file(3000))).changes).toEqual([]);
    // Nor does another change of the same line.
    await planning.import(file(3000).replace('holder: SNNPTNT\n', 'holder: STC\n'));
    expect((await desk.lines())['NS-SNN-2020']).toContain('II.1 plan-file 1000 0');
    await planning.import();
    expect((await desk.lines())['NS-SNN-2020']).toContain('II.1 plan-file 1000 0');
  });
});

describe('what is spent', () => {
  it('[SEED-19] is recorded with its document, and is never more than there is', async () => {
    const { id, version } = await desk.line('II.1');
    const message = planning.message();
    const told = await desk.spend(id, 600, { note: 'Thuê gian hàng', seenVersion: version }, message);
    expect(told).toMatchObject({ amount: 1000, spent: 600, remaining: 400, version: version + 1, expenditureId: message.id });
    expect(await desk.spend(id, 600, { note: 'Thuê gian hàng', seenVersion: version }, message)).toEqual(told);
    expect(await refused(() => desk.spend(id, 1, { seenVersion: version }))).toBe('changed-meanwhile');
    expect(await refused(() => desk.spend(id, 401))).toBe('budget-exceeded');
    expect(await refused(() => desk.spend(id, 1, { spentOn: '2020-07-07' }))).toBe('day-in-future');
    expect(await refused(() => desk.change(id, 599))).toBe('budget-exceeded');
    expect(await outcomes([desk.spend(id, 300), desk.spend(id, 300)])).toEqual(['budget-exceeded', 'done']);
    expect((await desk.lines())['NS-SNN-2020']).toContain('II.1 plan-file 1000 900');
  });

  it('has no limit where the amount is not known, and is not taken for one', async () => {
    const { id } = await desk.line('II.3');
    expect(await desk.spend(id, 70)).toMatchObject({ amount: null, spent: 70, remaining: null });
    const { totals } = await desk.budget();
    expect(totals.bySource).toEqual([
      { source: 'NS-SCT-2020', lines: 1, linesWithoutAmount: 1, amount: null, spent: 0, remaining: null },
      { source: 'NS-SNN-2020', lines: 2, linesWithoutAmount: 1, amount: 1000, spent: 970, remaining: 100 },
    ]);
    expect(totals.byTask.map(({ task, spent, remaining }) => [task, spent, remaining])).toEqual([
      ['II.2', 0, null],
      ['II.1', 900, 100],
      ['II.3', 70, null],
    ]);
    expect(totals.byAgency.find(({ agency }) => agency === 'SNNPTNT')).toMatchObject({ amount: 1000, spent: 970 });
    expect(totals.all).toMatchObject({ lines: 3, linesWithoutAmount: 2, amount: 1000, spent: 970, remaining: 100 });
  });

  it('is taken back as a whole and once; both stay', async () => {
    const { id } = await desk.line('II.1');
    const { expenditureId } = await desk.spend(id, 100, { spentOn: '2020-06-30', documentNumber: 'UNC 47' });
    const message = planning.message();
    const told = await desk.reverse(expenditureId, message);
    expect(told).toMatchObject({ lineId: id, spent: 900, remaining: 100, expenditureId: message.id });
    expect(await desk.reverse(expenditureId, message)).toEqual(told);
    expect(await refused(() => desk.reverse(expenditureId))).toBe('already-reversed');
    expect(await refused(() => desk.reverse(told.expenditureId))).toBe('is-a-reversal');
    const other = await desk.spend(id, 50);
    expect(await outcomes([desk.reverse(other.expenditureId), desk.reverse(other.expenditureId)])).toEqual(['already-reversed', 'done']);
    const consumer = planning.get(ExpendituresConsumer);
    const first = await consumer.list({ lineId: id, limit: 2 });
    const rest = await consumer.list({ lineId: id, limit: 50, after: first.next! });
    const all = [...first.items, ...rest.items];
    expect(all.map(({ spentOn, amount }) => `${spentOn} ${String(amount)}`).sort()).toEqual(
      ['2020-06-30 100', '2020-07-01 600', '2020-07-01 300', '2020-07-01 50', '2020-07-06 -100', '2020-07-06 -50'].sort(),
    );
    expect(all.map(({ spentOn }) => spentOn)).toEqual(all.map(({ spentOn }) => spentOn).sort());
    expect(all[0]).toMatchObject({ documentNumber: 'UNC 47', reversedBy: told.expenditureId, reverses: null, note: '' });
    expect(all.find((one) => one.expenditureId === told.expenditureId)).toMatchObject({ reverses: expenditureId, note: 'Ghi nhầm' });
    expect(await desk.history(id)).toEqual(expect.arrayContaining(['spent', 'reversed']));
  });
});

describe('a task', () => {
  it('[SEED-41] is funded once: not again, not as a part, not as a whole', async () => {
    for (const task of ['II.1', 'II.2', 'II.2.a']) expect(await refused(() => desk.add({ task }))).toBe('already-funded');
    const message = planning.message();
    const told = await desk.add({ task: 'IV.1.b' }, message);
    expect(told).toMatchObject({ lineId: message.id, amount: 200, spent: 0, remaining: 200, version: 1 });
    expect(await desk.add({ task: 'IV.1.b' }, message)).toEqual(told);
    expect(await refused(() => desk.add({ task: 'IV.1' }))).toBe('already-funded');
    const { id: stated } = await desk.line('II.2');
    expect(await refused(() => desk.retire(stated))).toBe('budget-line-not-by-hand');
    const { expenditureId } = await desk.spend(told.lineId, 10);
    expect(await refused(() => desk.retire(told.lineId))).toBe('budget-line-spent');
    await desk.reverse(expenditureId);
    expect(await desk.retire(told.lineId)).toMatchObject({ retired: true });
    expect(await refused(() => desk.retire(told.lineId))).toBe('budget-line-retired');
    expect(await refused(() => desk.spend(told.lineId, 1))).toBe('budget-line-retired');
    expect(await refused(() => desk.change(told.lineId, 1))).toBe('budget-line-retired');
    expect(await desk.history(told.lineId)).toEqual(['added', 'spent', 'reversed', 'retired']);
  });

  it('[SEED-41] is funded by one of two people who mean to at once, one the whole and one a part', async () => {
    expect(await outcomes([desk.add({ task: 'IV.1' }), desk.add({ task: 'IV.1.b' })])).toEqual(['already-funded', 'done']);
    expect(await planning.database.budgetLine.count({ where: { task: { code: { startsWith: 'IV.1' } }, retired: false } })).toBe(1);
  });

  it('[SEED-41] is not funded by the plan file when a decision did so already', async () => {
    const file = planWith([AGAIN_WITH, `budgetSource: NS-SCT-2020\n    ${AGAIN_WITH}`]);
    expect(await refused(() => planning.import(file))).toBe('already-funded');
    expect(await refusal(planning.import())).toBe('not refused');
  });
});

describe('a changed plan file', () => {
  it('ends the line of a task that changes its source, and keeps what was spent of it', async () => {
    const file = planWith(['budgetSource: NS-SNN-2020\n    output: Đề án', 'budgetSource: NS-SCT-2020\n    output: Đề án']);
    const { changes } = await planning.import(file);
    expect(changes.filter(({ what }) => what === 'budget line')).toEqual([
      { what: 'budget line', key: 'II.3/NS-SCT-2020', change: 'added', fields: [] },
      { what: 'budget line', key: 'II.3/NS-SNN-2020', change: 'retired', fields: [] },
    ]);
    const lines = await desk.lines();
    expect(lines['NS-SCT-2020']).toContain('II.3 plan-file null 0');
    expect(lines['NS-SNN-2020']).toContain('II.3 plan-file null 70 retired');
    await planning.import();
    expect((await desk.lines())['NS-SNN-2020']).toContain('II.3 plan-file null 70');
  });

  it('cannot take a source out of which money was spent, nor state less than was spent', async () => {
    const text = planWith(
      ['budgetSource: NS-SNN-2020\n    # "Khoảng', '# "Khoảng'],
      ['budgetSource: NS-SNN-2020\n    output: Đề án', 'output: Đề án'],
    );
    const gone = text.replace(/ {2}- code: NS-SNN-2020\n(?: {4}.*\n)+/, '');
    expect(gone).not.toBe(text);
    expect(await refused(() => planning.import(gone))).toBe('budget-source-in-use');
    const source = 'budgetSource: NS-SNN-2020\n    # "Khoảng';
    expect(await refused(() => planning.import(planWith([source, `budgetAmount: 899\n    ${source}`])))).toBe('budget-exceeded');
  });

  it('takes out a source of which nothing was spent, with its lines, and a task with the line that a decision gave it', async () => {
    await planning.import(planWith(['    budgetSource: NS-SCT-2020\n', '']));
    const { lineId } = await desk.add({ task: 'II.2.a', source: 'NS-SCT-2020' });
    const lone = planWith(['    budgetSource: NS-SCT-2020\n', '']).replace(/ {2}- code: NS-SCT-2020\n(?: {4}.*\n)+/, '');
    expect(await refused(() => planning.import(lone))).toBe('budget-source-in-use');
    await desk.retire(lineId);
    await planning.import();
    const { changes } = await planning.import(lone);
    expect(changes.map(({ what, key, change }) => `${what} ${key} ${change}`)).toEqual(
      expect.arrayContaining(['budget source NS-SCT-2020 retired', 'budget line II.2/NS-SCT-2020 retired']),
    );
    expect(Object.keys(await desk.lines())).toEqual(['NS-SNN-2020']);
    await planning.import();
    expect((await desk.lines())['NS-SCT-2020']).toEqual(['II.2 plan-file null 0']);
    planning.clock.set(at('2020-07-07T09:00'));
    const moved = planWith(['holder: SNNPTNT\n', 'holder: STC\n']);
    await planning.import(moved);
    // What gives money moves to the new holder; what was taken back stays with the old one.
    const lines = (await desk.budget()).sources.flatMap((source) => source.lines);
    const held = lines.map(({ task, holder, retired }) => `${task} ${holder}${retired ? ' retired' : ''}`);
    expect(held).toEqual(expect.arrayContaining(['II.1 STC', 'II.3 STC', 'IV.1.b SNNPTNT retired']));
    expect(held.filter((one) => one.endsWith('SNNPTNT'))).toEqual([]);
  });
});
