import type { Figures } from '#contracts';
import { at, PLAN_TEXT, PlanningFixture, refusal } from '../obligations/planning.int-fixture.js';
import { AcceptReport } from './accept-report.js';
import { ReportViews } from './report-view.repository.js';
import { ReturnReport } from './return-report.js';
import { ReviseReport } from './revise-report.js';
import { SaveReportDraft } from './save-report-draft.js';
import { SubmitReport } from './submit-report.js';

const FORM = `    form:
      - { code: events, label: Sự kiện, labelEn: Events, kind: number, integer: true, required: true, sum: true }
      - { code: note, label: Ghi chú, labelEn: Remark, kind: text }
    seed: [SEED-14, SEED-15]`;

describe('figures', () => {
  let reportId: string;
  let one: PlanningFixture;
  const save = (body: { figures?: Figures; note?: string; seenVersion?: number }, id?: string) =>
    one.get(SaveReportDraft).execute({ reportId, ...body }, one.message(id));
  const handIn = (body: { figures?: Figures; note?: string; seenVersion?: number } = {}) =>
    one.get(SubmitReport).execute({ reportId, ...body }, one.message());
  const giveBackOne = (seenVersion?: number) => one.get(ReturnReport).execute({ reportId, reason: 'Sai', seenVersion }, one.message());
  const acceptOne = (seenVersion?: number) => one.get(AcceptReport).execute({ reportId, seenVersion }, one.message());
  const seenOne = () => one.get(ReportViews).find(reportId);
  const refuses = (work: () => Promise<unknown>) => one.refused(work);

  beforeEach(async () => {
    one = await PlanningFixture.start('2020-06-01T07:30');
    await one.import(PLAN_TEXT.replace(/(?<=code: BC-NAM[^]*?) {4}form:[^]*? {4}seed: \[SEED-14, SEED-15\]/, FORM));
    ({ id: reportId } = await one.report('SCT', 'BC-NAM', '2020'));
  });
  afterEach(() => one.stop());

  it('[SEED-14, SEED-15] are asked for by the yearly report: each model, whether it can be replicated, and lessons', async () => {
    await one.import();
    const { form, type, basis } = await seenOne();
    expect([type, basis]).toEqual(['PERIODIC', expect.stringContaining('đánh giá, rút kinh nghiệm')]);
    expect(form.map(({ code, kind }) => [code, kind])).toEqual([
      ['models', 'table'],
      ['evaluation', 'text'],
      ['lessons', 'text'],
    ]);
    const figures = {
      models: [{ name: 'Phố đi bộ Trịnh Công Sơn', result: 'Đã tổ chức', replicable: 1 }],
      lessons: 'Chuẩn bị sớm hơn',
    };
    await expect(handIn({ figures })).resolves.toMatchObject({ state: 'submitted' });
    expect((await seenOne()).editions).toMatchObject([{ edition: 1, figures }]);
    expect(await refusal(handIn({ figures: { models: [{ name: 'x', replicable: 2 }] } }))).toBe('report-already-submitted');
  });

  it('are kept in the draft as far as they are there, and handed in from it', async () => {
    await save({ note: 'Đang viết' });
    await expect(save({ figures: { note: 'x' } })).resolves.toMatchObject({ state: 'draft', version: 3, late: false });
    expect(await seenOne()).toMatchObject({ state: 'draft', note: 'Đang viết', figures: { note: 'x' }, editions: [] });
    expect(await refuses(() => handIn())).toBe('figures-invalid');
    expect(await refuses(() => handIn({ figures: { events: 1.5, else: 1 } }))).toBe('figures-invalid');
    await expect(handIn({ figures: { events: 1.5, else: 1 } })).rejects.toMatchObject({
      details: [
        { path: 'else', message: 'is not in the form; known: events, note' },
        { path: 'events', message: 'is a whole number' },
      ],
    });
    expect(await refuses(() => save({ figures: { events: 'two' } }))).toBe('figures-invalid');
    await save({ figures: { events: 2 } });
    await handIn();
    expect(await seenOne()).toMatchObject({ note: 'Đang viết', figures: { events: 2 }, edition: 1 });
    expect((await seenOne()).editions).toMatchObject([{ edition: 1, note: 'Đang viết', figures: { events: 2 }, reason: null }]);
  });

  it('are not taken by a report without a form', async () => {
    ({ id: reportId } = await one.report('SNNPTNT', 'R1-UBNDTP'));
    expect(await refuses(() => save({ figures: { events: 1 } }))).toBe('figures-invalid');
    await expect(handIn({ figures: {} })).resolves.toMatchObject({ state: 'submitted' });
  });

  it('change only while the report is written or was returned; each time it is handed in an edition is kept for good', async () => {
    await handIn({ figures: { events: 1 } });
    expect(await refuses(() => save({ figures: { events: 5 } }))).toBe('report-not-editable');
    one.clock.set(at('2020-06-02T09:00'));
    await giveBackOne();
    await save({ figures: { events: 2 } });
    await handIn();
    await acceptOne();
    expect(await refuses(() => save({ note: 'x' }))).toBe('report-not-editable');
    const { edition, editions, firstSubmittedAt, submittedAt } = await seenOne();
    expect([edition, editions.map((row) => [row.edition, row.figures])]).toEqual([
      2,
      [
        [1, { events: 1 }],
        [2, { events: 2 }],
      ],
    ]);
    expect([firstSubmittedAt, submittedAt]).toEqual(['2020-06-01T00:30:00Z', '2020-06-02T02:00:00Z']);
    const told = await one.database.history.findMany({ where: { subject: 'report', subjectId: reportId }, orderBy: { id: 'asc' } });
    expect(told.map(({ what }) => what)).toEqual(['submitted', 'returned', 'draft-saved', 'submitted', 'accepted']);
    // Nobody consolidates it: accepted is its end, and there is nothing closed to revise.
    expect(await refuses(() => one.get(ReviseReport).execute({ reportId, reason: 'x' }, one.message()))).toBe('report-not-closed');
  });

  it('of a closed report change in a new edition only, for which nobody owes anything, whatever is late', async () => {
    ({ id: reportId } = await one.report('SNNPTNT', 'R1-UBNDTP'));
    const revise = (id?: string) => one.get(ReviseReport).execute({ reportId, reason: 'Đính chính' }, one.message(id));
    expect(await refuses(revise)).toBe('report-not-closed');
    await handIn({ note: 'Lần một' });
    await acceptOne();
    one.clock.set(at('2020-07-30T09:00'));
    const message = one.message();
    await expect(revise(message.id)).resolves.toMatchObject({ state: 'draft', late: false });
    await revise(message.id);
    expect(await seenOne()).toMatchObject({ state: 'draft', edition: 2, revisedReason: 'Đính chính', late: false });
    const owed = () => one.database.obligation.findFirstOrThrow({ where: { report: { id: reportId } } });
    const before = await owed();
    expect(before).toMatchObject({ state: 'fulfilled', generation: 1 });
    await save({ note: 'Lần hai' });
    await expect(handIn()).resolves.toMatchObject({ state: 'submitted', late: false });
    await expect(giveBackOne()).resolves.toMatchObject({ state: 'returned' });
    expect(await seenOne()).toMatchObject({ edition: 3, late: false });
    await handIn({ note: 'Lần ba' });
    await expect(acceptOne()).resolves.toMatchObject({ state: 'closed', late: false });
    expect(await owed()).toMatchObject({ state: before.state, generation: 1, settledAt: before.settledAt });
    expect((await seenOne()).editions.map(({ edition, note, reason }) => [edition, note, reason])).toEqual([
      [1, 'Lần một', null],
      [2, 'Lần hai', 'Đính chính'],
      [3, 'Lần ba', 'Đính chính'],
    ]);
  });

  it('saved twice by the same message are saved once', async () => {
    const message = one.message();
    await save({ figures: { events: 1 } }, message.id);
    const before = await one.contents();
    await expect(save({ figures: { events: 1 } }, message.id)).resolves.toMatchObject({ version: 2 });
    expect(await one.contents()).toEqual(before);
  });

  it('of two people at once are those of one, and the other is told what the report is now', async () => {
    const race = async (...work: readonly (() => Promise<unknown>)[]) => {
      const outcomes = await Promise.allSettled(work.map((begin) => begin()));
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const { version, state } = await seenOne();
      const lost = outcomes.find((outcome) => outcome.status === 'rejected');
      expect(lost?.reason).toMatchObject({ code: 'changed-meanwhile', details: [{ version, state }] });
      return version;
    };
    let version = await race(
      () => save({ figures: { events: 1 }, seenVersion: 1 }),
      () => save({ figures: { events: 2 }, seenVersion: 1 }),
    );
    version = await race(
      () => handIn({ figures: { events: 3 }, seenVersion: version }),
      () => handIn({ figures: { events: 4 }, seenVersion: version }),
    );
    expect((await seenOne()).editions).toHaveLength(1);
    await race(
      () => giveBackOne(version),
      () => acceptOne(version),
    );
  });
});
