import type { dissolveAgency, PayloadOf } from '#contracts';
import { AskExtension } from '../extensions/ask-extension.js';
import { ExtensionRepository } from '../extensions/extension.repository.js';
import { AuditLedger } from '../obligations/audit-ledger.js';
import { at, PLAN_TEXT, PlanningFixture, planWith } from '../obligations/planning.int-fixture.js';
import { ReassignObligation } from '../reassignments/reassign-obligation.js';
import { WaiveObligation } from '../obligations/waive-obligation.js';
import { SubmitReport } from '../reports/submit-report.js';
import { DissolveAgency } from './dissolve-agency.js';
import { PassOn } from './pass-on.js';

const ID = '7b1f8a52-0b57-4a34-9d0e-6f4f3f7c1f10';
let planning: PlanningFixture;

/** SCTM is there and owes no report of its own. */
const PLAN = planWith([
  '  - code: SCT\n',
  `  - code: SCTM
    name: Sở Công Thương mới
    nameEn: New Department of Industry and Trade
    shortName: Sở CT mới
    kind: DEPARTMENT
    validFrom: '2020-01-01'
    contacts:
      - { role: FOCAL, name: Nguyễn Thị Mới, email: dau-moi@sctm.hanoi.example }
    assumption: cho kiểm thử
  - code: SCT
`,
]);

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-15T09:00');
  await planning.import(PLAN);
});
afterEach(() => planning.stop());

const dissolve = (changes: Partial<PayloadOf<typeof dissolveAgency>> = {}, id?: string) =>
  planning
    .get(DissolveAgency)
    .execute({ agency: 'SCT', endsOn: '2020-06-19', successor: 'SCTM', decision: '1234/QĐ-UBND', ...changes }, planning.message(id));
const orphan = () =>
  planning.get(DissolveAgency).execute({ agency: 'SCT', endsOn: '2020-06-12', decision: '1234/QĐ-UBND' }, planning.message());
const passOn = () => planning.get(PassOn).execute();
const findings = async () => (await planning.get(AuditLedger).execute()).findings;
const agency = (code: string) => planning.database.agency.findUniqueOrThrow({ where: { code }, include: { successor: true } });
/** Debtor and state of every June report that one of these owed or owes. */
const june = async (...codes: string[]) => {
  const reports = await planning.database.report.findMany({
    where: { periodKey: '2020-06', agency: { code: { in: codes } } },
    include: { agency: true, obligation: true },
  });
  return reports.map((report) => `${report.agency.code} ${report.obligation.state}`).sort();
};
const openOf = (code: string) => planning.database.obligation.count({ where: { debtor: { code }, state: 'open' } });
const cases = () => planning.database.escalation.findMany({ where: { kind: 'no-successor' }, orderBy: { id: 'asc' } });
const refused = async (work: () => Promise<unknown>, code: string) => {
  expect(await planning.refused(work)).toBe(code);
};

describe('an agency that a decision ends', () => {
  it('owes to the end of its last day, and its successor from the next: also what was overdue', async () => {
    expect(await dissolve()).toMatchObject({ agency: 'SCT', endsOn: '2020-06-19', successor: 'SCTM', passedOn: 0, version: 2 });
    for (const day of ['17', '18', '19']) await planning.sweepAt(`2020-06-${day}T08:00`);
    planning.clock.set(at('2020-06-19T23:59'));
    expect(await passOn()).toBe(0);
    const owed = await openOf('SCT');
    planning.clock.set(at('2020-06-20T00:30'));
    expect(await passOn()).toBe(owed);
    expect([await openOf('SCT'), await openOf('SCTM')]).toEqual([0, owed]);
    expect(await june('SCT', 'SCTM')).toEqual(['SCTM open']);
    expect(await findings()).toEqual([]);
    const told = (await planning.sweepAt('2020-06-22T08:00')).flatMap(({ mail }) => mail.items.map((item) => item.debtor.code));
    expect(told).toContain('SCTM');
    expect(told).not.toContain('SCT');
    const before = await planning.contents();
    expect(await passOn()).toBe(0);
    expect(await planning.contents()).toEqual(before);
  });

  it('passes on at once when its end is over already, with the decision in every history', async () => {
    const { obligationId } = await planning.report('SCT');
    const { passedOn } = await dissolve({ endsOn: '2020-06-12' });
    expect(passedOn).toBe(await openOf('SCTM'));
    const [from, to] = [await agency('SCT'), await agency('SCTM')];
    const lines = await planning.database.history.findMany({ where: { subject: 'agency', subjectId: from.id }, orderBy: { id: 'asc' } });
    expect(lines[0]).toMatchObject({ what: 'dissolved', detail: { endsOn: '2020-06-12', successorId: to.id, decision: '1234/QĐ-UBND' } });
    expect(lines.slice(1).map(({ what }) => what)).toEqual(Array(passedOn).fill('obligation-passed-on'));
    expect(await planning.database.history.findMany({ where: { subjectId: obligationId, what: 'reassigned' } })).toMatchObject([
      { reason: 'passed to the successor', detail: { fromId: from.id, toId: to.id, decision: '1234/QĐ-UBND' } },
    ]);
  });

  it('is told to everybody who keeps a copy, and stays ended when the plan file says nothing of it', async () => {
    await dissolve();
    const events = await planning.database.outbox.findMany({
      where: { name: 'planning.agency-changed.v1' },
      orderBy: { seq: 'desc' },
      take: 1,
    });
    expect(events.map(({ envelope }) => (envelope as { payload: unknown }).payload)).toMatchObject([
      { code: 'SCT', version: 2, validTo: '2020-06-19', successorId: (await agency('SCTM')).id },
    ]);
    await planning.import(PLAN.replace('name: Sở Công Thương\n', 'name: Sở Công Thương Hà Nội\n'));
    expect(await agency('SCT')).toMatchObject({
      name: 'Sở Công Thương Hà Nội',
      validTo: new Date('2020-06-19'),
      successor: { code: 'SCTM' },
      endDecision: '1234/QĐ-UBND',
      version: 3,
    });
    expect((await planning.import(PLAN.replace('name: Sở Công Thương\n', 'name: Sở Công Thương Hà Nội\n'))).changed).toBe(false);
  });

  it('owes nothing for periods that fall due later: those are opened for the successor', async () => {
    await dissolve();
    planning.clock.set(at('2020-07-15T01:00'));
    await passOn();
    await planning.openReports();
    const august = await planning.database.report.findMany({ where: { periodKey: '2020-08' }, include: { agency: true } });
    expect(august.map((report) => report.agency.code).filter((code) => code.startsWith('SCT'))).toEqual(['SCTM']);
  });

  it('does not owe twice: what the successor owes itself is cancelled, and what it handed in is not owed again', async () => {
    await dissolve({ endsOn: '2020-06-12', successor: 'STC' });
    expect(await june('SCT', 'STC')).toEqual(['SCT cancelled', 'STC open']);
    expect((await planning.report('SCT')).obligation.settledReason).toBe('passed to the successor');
    const { id: reportId } = await planning.report('TTKC');
    await planning.get(SubmitReport).execute({ reportId, note: '' }, planning.message());
    await dissolve({ agency: 'TTKC', endsOn: '2020-06-12' });
    await planning.openReports();
    expect(await june('TTKC', 'SCTM')).toEqual(['TTKC fulfilled']);
  });

  it('owes nothing any more to the agency that it becomes part of: nobody owes to themselves', async () => {
    await dissolve({ endsOn: '2020-06-12', successor: 'SNNPTNT' });
    expect(await june('SCT')).toEqual(['SCT cancelled']);
  });

  it('passes on through a successor that has ended too', async () => {
    await dissolve({ endsOn: '2020-06-10', successor: 'STC' });
    await dissolve({ agency: 'STC', endsOn: '2020-06-12' });
    expect(await june('SCT', 'STC', 'SCTM')).toEqual(['SCT cancelled', 'SCTM open']);
  });

  it('passes on the thing of which more time was asked for, without the question', async () => {
    const { obligationId } = await planning.report('SCT');
    const { extensionId } = await planning
      .get(AskExtension)
      .execute({ obligationId, wishedFor: '2020-06-26', reason: 'Chờ số liệu' }, planning.message());
    await dissolve({ endsOn: '2020-06-12' });
    expect((await planning.get(ExtensionRepository).find(extensionId)).state).toBe('withdrawn');
    expect(await findings()).toEqual([]);
  });

  it('is ended once by a message that comes twice, and by one of two people at once', async () => {
    const first = await dissolve({ seenVersion: 1 }, ID);
    expect(await dissolve({ seenVersion: 1 }, ID)).toEqual(first);
    const outcomes = await Promise.allSettled([
      dissolve({ endsOn: '2020-06-26', seenVersion: 2 }),
      dissolve({ endsOn: '2020-06-30', seenVersion: 2 }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'changed-meanwhile' } });
  });

  it('passes on once, though two replicas do it in the same night', async () => {
    await dissolve();
    planning.clock.set(at('2020-06-20T00:30'));
    const owed = await openOf('SCT');
    const passed = await Promise.all([passOn(), passOn()]);
    expect(passed[0] + passed[1]).toBe(owed);
    expect((await planning.report('SCTM')).obligation.generation).toBe(2);
  });
});

describe('what may not be', () => {
  it('an agency or a successor that nobody knows, or an end before the beginning', async () => {
    await refused(() => dissolve({ agency: 'KHONGCO' }), 'agency-not-found');
    await refused(() => dissolve({ successor: 'KHONGCO' }), 'agency-not-found');
    await refused(() => dissolve({ agency: 'SCTM', successor: 'SCT', endsOn: '2019-12-31' }), 'ends-before-it-begins');
    await refused(() => dissolve({ seenVersion: 4 }), 'changed-meanwhile');
  });

  it('agencies that succeed each other in a circle, also when two people end them at once', async () => {
    await refused(() => dissolve({ successor: 'SCT' }), 'succession-circle');
    const outcomes = await Promise.allSettled([dissolve(), dissolve({ agency: 'SCTM', successor: 'SCT' })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await refused(() => dissolve({ agency: 'STC', successor: 'STC' }), 'succession-circle');
  });

  it('a successor that is over or not there yet on the day after', async () => {
    await dissolve({ agency: 'STC', endsOn: '2020-06-18', successor: 'SCTM' });
    await refused(() => dissolve({ successor: 'STC' }), 'successor-ended');
    await refused(() => dissolve({ successor: 'SNNMT' }), 'successor-not-begun');
  });

  it('another end for what has ended and passed on', async () => {
    await dissolve({ endsOn: '2020-06-12' });
    await refused(() => dissolve({ endsOn: '2020-06-12', successor: 'STC' }), 'agency-ended');
    await refused(() => dissolve({ endsOn: '2020-06-30' }), 'agency-ended');
  });
});

describe('an agency that ends without a successor', () => {
  it('leaves one case for each thing that it still owes, raised once, for the standing agency [SEED-40]', async () => {
    await orphan();
    const owed = await openOf('SCT');
    expect(owed).toBeGreaterThan(0);
    expect((await cases()).map(({ level, state }) => `${level} ${state}`)).toEqual(Array(owed).fill('standing-agency raised'));
    await Promise.all([passOn(), passOn()]);
    expect(await cases()).toHaveLength(owed);
    expect(await june('SCT')).toEqual(['SCT open']);
    expect(await findings()).toEqual([]);
  });

  it('has them resolved when each is reassigned or waived', async () => {
    const { obligationId } = await planning.report('SCT');
    await orphan();
    await planning.get(ReassignObligation).execute({ obligationId, toAgency: 'SCTM', reason: 'Giao lại' }, planning.message());
    const rest = (await cases()).filter((one) => one.state === 'raised');
    for (const one of rest) {
      await planning.get(WaiveObligation).execute({ obligationId: one.obligationId ?? '', reason: 'Miễn' }, planning.message());
    }
    expect((await cases()).map(({ state, resolution }) => `${state} ${resolution ?? ''}`).sort()).toEqual([
      'resolved reassigned',
      ...rest.map(() => 'resolved waived'),
    ]);
    await passOn();
    expect((await cases()).filter(({ state }) => state === 'raised')).toEqual([]);
  });

  it('may be given the successor that it lacks, who then takes over', async () => {
    await orphan();
    const owed = await openOf('SCT');
    await refused(() => dissolve({ endsOn: '2020-06-11' }), 'agency-ended');
    expect(await dissolve({ endsOn: '2020-06-12' })).toMatchObject({ passedOn: owed, successor: 'SCTM' });
    expect(new Set((await cases()).map(({ resolution }) => resolution))).toEqual(new Set(['reassigned']));
  });

  it('is the standing agency: the cases are for the city office, never for itself [SEED-40]', async () => {
    await planning.get(DissolveAgency).execute({ agency: 'SNNPTNT', endsOn: '2020-06-12', decision: '1234/QĐ-UBND' }, planning.message());
    expect(new Set((await cases()).map(({ level }) => level))).toEqual(new Set(['city-office']));
  });
});

it('an end that the plan file states passes on like one by decision', async () => {
  const sct = "    shortName: Sở Công Thương\n    kind: DEPARTMENT\n    reportsTo: UBNDTP\n    validFrom: '2008-08-01'\n";
  expect(PLAN_TEXT).toContain(sct);
  await planning.import(PLAN.replace(sct, `${sct}    validTo: '2020-06-12'\n    successor: SCTM\n`));
  const owed = await openOf('SCT');
  expect(await passOn()).toBe(owed);
  expect(await june('SCT', 'SCTM')).toEqual(['SCTM open']);
});
