import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getPlan, summarisePlan } from '#contracts';
import { AskExtension } from '../extensions/ask-extension.js';
import { PlanInspection } from '../inspections/plan-inspection.js';
import { at, PLAN_TEXT, PlanningFixture } from '../obligations/planning.int-fixture.js';
import { PlansConsumer } from '../plans/plans.consumer.js';
import { SubmitReport } from '../reports/submit-report.js';

/** Kế hoạch 2223/KH-SCT below Kế hoạch 100/KH-UBND, both as they lie in `plans/`. The tests follow one another. */
const SUB_TEXT = readFileSync(join(import.meta.dirname, '../../../../plans/2223-kh-sct-2020.yaml'), 'utf8');
const PARENT_LINE = "  parent: { number: 100/KH-UBND, issuedOn: '2020-05-15' }\n";

/** A plan file with passages replaced; each must be there, or the test proves nothing. */
function changed(text: string, ...passages: readonly (readonly [from: string, to: string])[]): string {
  return passages.reduce((now, [from, to]) => {
    expect(now).toContain(from);
    return now.replace(from, () => to);
  }, text);
}
const lineOf = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1;
/** A plan of TTKC below 2223/KH-SCT. */
const THIRD_TEXT = changed(
  SUB_TEXT,
  ['  number: 2223/KH-SCT', '  number: 15/KH-TTKC'],
  [PARENT_LINE, "  parent: { number: 2223/KH-SCT, issuedOn: '2020-05-27' }\n"],
  ['  issuer: SCT\n  standingAgency: SCT', '  issuer: TTKC\n  standingAgency: TTKC'],
  ['receiver: SCT\n    reporters: [TTKC, ', 'receiver: TTKC\n    reporters: ['],
);

let planning: PlanningFixture;
let city: string;
let own: string;

beforeAll(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
});
afterAll(() => planning.stop());

const consumer = () => planning.get(PlansConsumer);
/** As whoever asks gets them: the contract lets nothing else through. */
const seen = async (planId: string) => getPlan.reply.parse(await consumer().getPlan({ planId }));
const figures = async (planId: string) => summarisePlan.reply.parse(await consumer().summarise({ planId }));
const told = async (planId: string) =>
  (await planning.database.history.findMany({ where: { subject: 'plan', subjectId: planId }, orderBy: { id: 'asc' } })).map(
    ({ what, detail }) => [what, detail],
  );
/** The faults of a file that is refused, `line path`, after having made sure that it changed nothing. */
async function faultsOf(text: string): Promise<string[]> {
  const before = await planning.contents();
  const refused: unknown = await planning.import(text).then(
    () => 'not refused',
    (error: unknown) => error,
  );
  expect(refused).toMatchObject({ code: 'plan-file-invalid' });
  expect(await planning.contents()).toEqual(before);
  return (refused as { details: { line: number; path: string }[] }).details.map(({ line, path }) => `${String(line)} ${path}`);
}

describe('importing an agency’s own plan', () => {
  it('before the plan that it carries out is refused at the line that names it', async () => {
    expect(await faultsOf(SUB_TEXT)).toEqual([`${String(lineOf(SUB_TEXT, '  parent:'))} document.parent`]);
  });

  it('after it opens what is owed in it, and changes no agency of the city’s plan', async () => {
    ({ planId: city } = await planning.import());
    const { planId, changes, reportsOpened } = await planning.import(SUB_TEXT);
    own = planId;
    expect(reportsOpened).toBe(5);
    expect(new Set(changes.map(({ what, change }) => `${what} ${change}`))).toEqual(
      new Set(['plan added', 'task added', 'report requirement added']),
    );
    const leads = await planning.database.task.findMany({ where: { planId }, include: { lead: true }, orderBy: { code: 'asc' } });
    expect(leads.map((task) => [task.code, task.lead.code, task.seedId])).toEqual([
      ['1', 'SCT', 'SEED-28, SEED-29'],
      ...['2.1', '2.2', '2.3', '2.4'].map((code) => [code, 'SCT', 'SEED-27, SEED-29, SEED-30']),
      ['2.5', 'TTKC', 'SEED-27, SEED-29, SEED-30'],
    ]);
    expect(await told(planId)).toEqual([['imported', { parentId: city }]]);
  });

  it('again changes nothing, and neither does the city’s plan again', async () => {
    const before = await planning.contents();
    for (const text of [SUB_TEXT, PLAN_TEXT])
      expect(await planning.import(text)).toMatchObject({ changed: false, changes: [], reportsOpened: 0 });
    expect({ ...(await planning.contents()), inbox: '' }).toEqual({ ...before, inbox: '' });
  });

  it('that says something else of an agency changes it for both plans, and names what it changed', async () => {
    const other = changed(SUB_TEXT, ['phone: 024 0000 1006', 'phone: 024 0000 9999']);
    expect((await planning.import(other)).changes).toEqual([
      expect.objectContaining({ what: 'contact', change: 'changed', fields: ['phone'] }),
    ]);
    expect((await planning.import()).changes).toEqual([expect.objectContaining({ what: 'contact', change: 'changed', fields: ['phone'] })]);
  });

  it.each([
    [
      'itself',
      changed(SUB_TEXT, ["parent: { number: 100/KH-UBND, issuedOn: '2020-05-15'", "parent: { number: 2223/KH-SCT, issuedOn: '2020-05-27'"]),
      '  parent:',
      'document.parent',
    ],
    [
      'another year’s plan of the same number',
      changed(SUB_TEXT, ["issuedOn: '2020-05-15' }\n  issuePlace", "issuedOn: '2019-05-15' }\n  issuePlace"]),
      '  parent:',
      'document.parent',
    ],
    [
      'a plan below it',
      changed(PLAN_TEXT, ['  issuePlace:', "  parent: { number: 2223/KH-SCT, issuedOn: '2020-05-27' }\n  issuePlace:"]),
      '  parent:',
      'document.parent',
    ],
    [
      'one that has no part for its issuer',
      changed(
        THIRD_TEXT,
        ['  issuer: TTKC\n', '  issuer: STC\n'],
        [
          'agencies:\n',
          'agencies:\n  - { code: STC, name: Sở Tài chính, nameEn: Department of Finance, shortName: Sở Tài chính, kind: DEPARTMENT, validFrom: 2008-08-01, seed: SEED-39 }\n',
        ],
      ),
      '  issuer: STC',
      'document.issuer',
    ],
  ])('below %s is refused', async (_, text, part, path) => {
    expect(await faultsOf(text)).toContain(`${String(lineOf(text, part))} ${path}`);
  });
});

describe('both plans', () => {
  it('are seen with each other, and each counts its own', async () => {
    const sub = await seen(own);
    expect(sub).toMatchObject({
      parent: { planId: city, documentNumber: '100/KH-UBND', issuedOn: '2020-05-15' },
      obligations: { total: 5, open: 5, overdue: 0 },
      subPlans: [],
    });
    expect(await seen(city)).toMatchObject({
      parent: null,
      obligations: { total: 18, open: 18, overdue: 0 },
      subPlans: [
        {
          planId: own,
          documentNumber: '2223/KH-SCT',
          issuedOn: '2020-05-27',
          title: sub.title,
          issuer: 'SCT',
          obligations: sub.obligations,
        },
      ],
    });
    const { items } = await consumer().listPlans({ limit: 50 });
    expect(items).toHaveLength(2);
    expect(items.find((plan) => plan.planId === own)).toEqual(sub);
  });

  it('chase at once: who owes in both gets one mail that names the plan of each thing', async () => {
    await planning.sweepAt('2020-06-09T08:00');
    const reminded = await planning.sweepAt('2020-06-10T08:00');
    const toCentre = [];
    for (const sent of reminded) if ((await planning.recipient(sent)) === 'TTKC/FOCAL') toCentre.push(sent.mail);
    expect(toCentre).toHaveLength(1);
    const [mail] = toCentre;
    const named = mail?.items.map((item) => [item.title.split(' ').slice(0, 3).join(' '), (item.plan ?? mail.plan).documentNumber]);
    expect(named?.sort()).toEqual([
      ['Báo cáo tháng', '100/KH-UBND'],
      ['Báo cáo tiến', '2223/KH-SCT'],
    ]);
  });

  it('escalate each to its own standing agency', async () => {
    const { id: reportId } = await planning.report('TTKC', 'BC-DIEM');
    planning.clock.set(at('2020-06-16T09:00'));
    await planning.get(SubmitReport).execute({ reportId, note: '' }, planning.message());
    for (const day of [16, 17, 18, 19, 22]) await planning.sweepAt(`2020-06-${String(day)}T08:00`);
    const cases = await planning.database.escalation.findMany({ where: { state: 'raised' }, include: { obligation: true } });
    const levels = (planId: string) => [...new Set(cases.filter((one) => one.obligation?.planId === planId).map((one) => one.level))];
    expect([levels(city), levels(own)]).toEqual([['standing-agency'], ['standing-agency']]);
    const toTrade = [];
    for (const sent of await planning.mails())
      if ((await planning.recipient(sent)) === 'SCT/HEAD') toTrade.push(...sent.mail.items.filter((item) => item.section === 'escalated'));
    expect(new Set(toTrade.map((item) => item.debtor.code))).toEqual(
      new Set(['UBND-HADONG', 'UBND-GIALAM', 'UBND-QUOCOAI', 'UBND-SONTAY']),
    );
    expect(toTrade.every((item) => item.title.startsWith('Báo cáo tiến độ điểm'))).toBe(true);
  });

  it('are answered by their issuers: the city office for the City, Sở Công Thương for itself', async () => {
    const ask = async (agency: string, requirement: string) => {
      const { obligationId } = await planning.report(agency, requirement);
      const { extensionId } = await planning
        .get(AskExtension)
        .execute({ obligationId, wishedFor: '2020-07-10', reason: 'Mưa bão.' }, planning.message());
      const { answerObligationId } = await planning.database.extension.findUniqueOrThrow({ where: { id: extensionId } });
      const answer = await planning.database.obligation.findUniqueOrThrow({
        where: { id: answerObligationId! },
        include: { debtor: true },
      });
      return answer.debtor.code;
    };
    expect([await ask('SNNPTNT', 'R1-UBNDTP'), await ask('UBND-GIALAM', 'BC-DIEM')]).toEqual(['VPUBND', 'SCT']);
  });

  it('are inspected by whoever answers for them, and nobody inspects itself', async () => {
    const leadOf = async (planId: string, agency: string) => {
      const { inspectionId } = await planning.get(PlanInspection).execute({ planId, agency, plannedOn: '2020-06-25' }, planning.message());
      const { leadId } = await planning.database.inspection.findUniqueOrThrow({ where: { id: inspectionId } });
      return (await planning.database.agency.findUniqueOrThrow({ where: { id: leadId } })).code;
    };
    expect([await leadOf(own, 'TTKC'), await leadOf(own, 'SCT'), await leadOf(city, 'SCT')]).toEqual(['SCT', 'VPUBND', 'SNNPTNT']);
  });

  it('roll up without counting twice', async () => {
    await planning.openReports();
    const [ofCity, ofOwn] = [await figures(city), await figures(own)];
    const [whole] = await planning.sql<{ total: number }>('SELECT count(*)::int AS total FROM obligation');
    expect(ofCity.subPlans).toEqual({ count: 1, obligations: ofOwn.obligations });
    expect(ofCity.obligations.total + ofCity.subPlans.obligations.total).toBe(whole?.total);
    expect(ofOwn).toMatchObject({
      subPlans: { count: 0, obligations: { total: 0 } },
      escalationsToStanding: 4,
      obligations: { fulfilledOnTime: 1, overdue: 4 },
    });
    const { planId: third } = await planning.import(THIRD_TEXT);
    const { total } = (await figures(third)).obligations;
    // June and July, from four agencies.
    expect(total).toBe(8);
    expect((await figures(city)).subPlans).toMatchObject({ count: 2, obligations: { total: ofOwn.obligations.total + total } });
    expect((await seen(city)).subPlans.map((plan) => plan.documentNumber)).toEqual(['2223/KH-SCT']);
    // The circle may be as long as it likes: the city's plan cannot come under the third.
    const circle = changed(PLAN_TEXT, ['  issuePlace:', "  parent: { number: 15/KH-TTKC, issuedOn: '2020-05-27' }\n  issuePlace:"]);
    expect(await faultsOf(circle)).toContain(`${String(lineOf(circle, '  parent:'))} document.parent`);
  });
});

describe('the plan above', () => {
  it('can be another one later, or none, and that is told', async () => {
    const alone = changed(SUB_TEXT, [PARENT_LINE, '']);
    expect((await planning.import(alone)).changes).toEqual([{ what: 'plan', key: '2223/KH-SCT', change: 'changed', fields: ['parentId'] }]);
    expect([(await seen(own)).parent, (await seen(city)).subPlans]).toEqual([null, []]);
    expect((await figures(city)).subPlans).toMatchObject({ count: 0, obligations: { total: 0 } });
    await planning.import(changed(THIRD_TEXT, ["parent: { number: 2223/KH-SCT, issuedOn: '2020-05-27' }", PARENT_LINE.trim()]));
    expect((await seen(city)).subPlans.map((plan) => plan.documentNumber)).toEqual(['15/KH-TTKC']);
    await planning.import(SUB_TEXT);
    expect((await seen(city)).subPlans.map((plan) => plan.documentNumber)).toEqual(['15/KH-TTKC', '2223/KH-SCT']);
    expect((await told(own)).map(([what, detail]) => [what, (detail as { parentId: string | null }).parentId])).toEqual([
      ['imported', city],
      ['changed', null],
      ['changed', city],
    ]);
  });

  it('makes no circle when two files would close it together: one of them is refused', async () => {
    const third = { number: '15/KH-TTKC', issuedOn: '2020-05-27' };
    const alone = changed(THIRD_TEXT, ["  parent: { number: 2223/KH-SCT, issuedOn: '2020-05-27' }\n", '']);
    await planning.import(alone);
    const below = changed(SUB_TEXT, [
      "number: 100/KH-UBND, issuedOn: '2020-05-15' }\n  issuePlace",
      `number: ${third.number}, issuedOn: '${third.issuedOn}' }\n  issuePlace`,
    ]);
    const outcomes = await Promise.allSettled([planning.import(below), planning.import(THIRD_TEXT)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'plan-file-invalid' } });
    const placed = await planning.database.plan.findMany({ where: { documentNumber: { in: ['2223/KH-SCT', third.number] } } });
    const bySelf = (id: string) => placed.find((plan) => plan.id === id)?.parentId ?? null;
    for (const plan of placed) expect(bySelf(plan.parentId ?? '')).not.toBe(plan.id);
  });
});
