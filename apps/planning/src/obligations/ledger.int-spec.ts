import { AcknowledgeEscalation } from '../escalations/acknowledge-escalation.js';
import { ReportUnreachable } from '../escalations/report-unreachable.js';
import { AcceptReport } from '../reports/accept-report.js';
import { ReturnReport } from '../reports/return-report.js';
import { SubmitReport } from '../reports/submit-report.js';
import { messageAt } from '#testing';
import { AuditLedger } from './audit-ledger.js';
import { ExtendObligation } from './extend-obligation.js';
import { ForecastPlan } from '../sweep/forecast-plan.js';
import { at, PLAN_TEXT, PlanningFixture } from './planning.int-fixture.js';
import { SweepRepository } from '../sweep/sweep.repository.js';
import { SweepSteps } from '../sweep/sweep-steps.js';
import { WaiveObligation } from './waive-obligation.js';

let planning: PlanningFixture;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
  await planning.import();
});
afterEach(() => planning.stop());

const submit = async (agency: string, id?: string) => {
  const { id: reportId } = await planning.report(agency);
  return planning.get(SubmitReport).execute({ reportId, note: '' }, messageAt(planning.clock.now(), id));
};
const audit = () => planning.get(AuditLedger).execute();

describe('an obligation', () => {
  it('opens with every step of its ladder at its moment', async () => {
    const { obligationId } = await planning.report('SCT');
    const steps = await planning.steps(obligationId);
    expect(steps.map((step) => [step.rung, step.dueAt.toISOString(), step.state])).toEqual([
      ['REMIND_1', '2020-06-10T01:00:00.000Z', 'pending'],
      ['REMIND_2', '2020-06-16T01:00:00.000Z', 'pending'],
      ['DUE', '2020-06-17T01:00:00.000Z', 'pending'],
      ['CHASE_1', '2020-06-18T01:00:00.000Z', 'pending'],
      ['ESCALATE_STANDING', '2020-06-19T01:00:00.000Z', 'pending'],
      ['CHASE_2', '2020-06-22T01:00:00.000Z', 'pending'],
      ['CHASE_3', '2020-06-24T01:00:00.000Z', 'pending'],
      ['ESCALATE_CITY', '2020-06-25T01:00:00.000Z', 'pending'],
    ]);
    expect((await audit()).findings).toEqual([]);
  });

  it('is chased rung by rung, once each, to the people that the ladder names', async () => {
    const heard: Record<string, string[]> = {};
    for (const day of ['10', '16', '17', '18', '19', '22', '24', '25']) {
      const mails = await planning.sweepAt(`2020-06-${day}T08:00`);
      const about = mails.filter((mail) =>
        mail.mail.items.some((item) => item.debtor.code === 'SCT' && item.level !== 'due' && item.section !== 'copied'),
      );
      heard[day] = (await Promise.all(about.map((mail) => planning.recipient(mail)))).sort();
    }
    expect(heard).toEqual({
      '10': ['SCT/FOCAL'],
      '16': ['SCT/FOCAL', 'SCT/HEAD'],
      '17': [],
      '18': ['SCT/FOCAL', 'SCT/HEAD'],
      '19': ['SNNPTNT/FOCAL', 'SNNPTNT/HEAD'],
      '22': ['SCT/FOCAL', 'SCT/HEAD'],
      '24': ['SCT/FOCAL', 'SCT/HEAD'],
      // An item for the city office is prepared; the standing agency decides whether it is sent.
      '25': ['SNNPTNT/FOCAL', 'SNNPTNT/HEAD'],
    });
    expect((await audit()).findings).toEqual([]);
  });

  it('is told of once, though the sweep runs again and in two places at once', async () => {
    await planning.sweepAt('2020-06-10T08:00');
    const first = (await planning.mails()).length;
    await Promise.all([planning.get(SweepSteps).execute(), planning.get(SweepSteps).execute()]);
    expect((await planning.mails()).length).toBe(first);
    const keys = (await planning.mails()).map((mail) => mail.businessKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is not chased any more once it is fulfilled', async () => {
    await planning.sweepAt('2020-06-10T08:00');
    await submit('SCT');
    const mails = [...(await planning.sweepAt('2020-06-16T08:00')), ...(await planning.sweepAt('2020-06-18T08:00'))];
    expect(mails.flatMap((mail) => mail.mail.items).filter((item) => item.debtor.code === 'SCT')).toEqual([]);
    const steps = await planning.steps((await planning.report('SCT')).obligationId);
    expect(new Set(steps.slice(1).map((step) => `${step.state} ${step.reason ?? ''}`))).toEqual(new Set(['superseded fulfilled']));
    expect((await audit()).findings).toEqual([]);
  });
});

describe('one mail per recipient and slot', () => {
  it('tells a debtor everything it owes and has heard of', async () => {
    // The standing agency owes its own report on the 22nd besides what it is copied on and what is escalated to it.
    const mails = await planning.sweepAt('2020-06-19T08:00');
    const perRecipient = mails.map((mail) => mail.recipientId);
    expect(new Set(perRecipient).size).toBe(perRecipient.length);
    const standing = await Promise.all(mails.map(async (mail) => [await planning.recipient(mail), mail] as const));
    const focal = standing.find(([who]) => who === 'SNNPTNT/FOCAL')?.[1];
    expect(new Set(focal?.mail.items.map((item) => item.section))).toEqual(new Set(['escalated', 'owes']));
    expect(focal?.mail.level).toBe('escalated-standing');
    expect(focal?.obligationIds.length).toBe(new Set(focal?.obligationIds).size);
  });

  it('brings after an outage one mail at the right level, and supersedes what was overtaken', async () => {
    await planning.sweepAt('2020-06-17T08:00');
    expect(await planning.sweepAt('2020-06-22T07:30')).toEqual([]);
    const mails = await planning.sweepAt('2020-06-22T09:10');
    const recipients = mails.map((mail) => mail.recipientId);
    expect(new Set(recipients).size).toBe(recipients.length);
    const steps = await planning.steps((await planning.report('SCT')).obligationId);
    expect(steps.slice(3).map((step) => [step.rung, step.state, step.reason])).toEqual([
      ['CHASE_1', 'superseded', 'overtaken'],
      ['ESCALATE_STANDING', 'fired', null],
      ['CHASE_2', 'fired', null],
      ['CHASE_3', 'pending', null],
      ['ESCALATE_CITY', 'pending', null],
    ]);
  });

  it('tells a debtor what it owes besides as it was told before, not as those above it were', async () => {
    planning.clock.set(at('2020-06-15T01:00'));
    await planning.openReports();
    for (const day of ['17', '18', '19', '22', '24', '25']) await planning.sweepAt(`2020-06-${day}T08:00`);
    // July's first reminder. June's report waits for the standing agency meanwhile, as an item for the city office.
    const mails = await planning.sweepAt('2020-07-10T08:00');
    const recipients = await Promise.all(mails.map((mail) => planning.recipient(mail)));
    const { mail } = mails[recipients.indexOf('SCT/FOCAL')]!;
    expect(mail.items.map((item) => [item.period, item.section, item.rung])).toEqual([
      ['tháng 6/2020', 'owes', 'CHASE_3'],
      ['tháng 7/2020', 'owes', 'REMIND_1'],
    ]);
    expect(mail.level).toBe('chase-3');
  });

  it('leaves on no day off and at no night', async () => {
    for (const moment of ['2020-06-20T08:00', '2020-06-21T10:00', '2020-06-18T05:00', '2020-06-18T17:00'])
      expect(await planning.sweepAt(moment)).toEqual([]);
  });
});

describe('escalation', () => {
  it('[SEED-40] of the standing agency itself goes to the city office, never to itself', async () => {
    await planning.sweepAt('2020-06-23T08:00');
    const mails = await planning.sweepAt('2020-06-24T08:00');
    const about = mails.filter((mail) => mail.mail.items.some((item) => item.debtor.code === 'SNNPTNT' && item.section !== 'owes'));
    expect([...new Set(await Promise.all(about.map((mail) => planning.recipient(mail))))].sort()).toEqual(['VPUBND/FOCAL', 'VPUBND/HEAD']);
    const cases = await planning.database.escalation.findMany({ where: { obligation: { debtor: { code: 'SNNPTNT' } } } });
    expect(cases.map((one) => one.level)).toEqual(['city-office']);
  });

  it('waits while it is acknowledged, and goes on by itself afterwards', async () => {
    await planning.sweepAt('2020-06-18T08:00');
    await planning.sweepAt('2020-06-19T08:00');
    const { obligationId } = await planning.report('SCT');
    const found = await planning.database.escalation.findFirstOrThrow({ where: { obligationId } });
    const answer = await planning
      .get(AcknowledgeEscalation)
      .execute({ escalationId: found.id, until: '2020-06-24', note: 'Đã làm việc.' }, messageAt(planning.clock.now()));
    expect(answer).toMatchObject({ state: 'acknowledged', stepsHeld: 2 });
    const quiet = [...(await planning.sweepAt('2020-06-22T08:00')), ...(await planning.sweepAt('2020-06-24T08:00'))];
    expect(quiet.flatMap((mail) => mail.obligationIds)).not.toContain(obligationId);
    expect((await audit()).findings).toEqual([]);
    const after = await planning.sweepAt('2020-06-25T08:00');
    expect(after.flatMap((mail) => mail.obligationIds)).toContain(obligationId);
    expect((await planning.database.escalation.findUniqueOrThrow({ where: { id: found.id } })).state).toBe('raised');
  });

  it('that is acknowledged while a sweep has read its steps holds them all the same', async () => {
    const [step] = await planning.steps((await planning.report('SCT')).obligationId);
    planning.clock.set(at('2020-06-10T08:00'));
    await planning.sql(`UPDATE step SET due_at = '2020-06-12T01:00Z' WHERE id = $1::uuid`, step!.id);
    const now = planning.clock.now();
    const fire = (moment = now) =>
      planning.database.$transaction((tx) => planning.get(SweepRepository).fire(tx, [step!.id], moment, moment));
    expect(await fire()).toEqual(new Set());
    expect(await fire(at('2020-06-12T08:00'))).toEqual(new Set([step!.id]));
    expect(await fire(at('2020-06-12T08:00'))).toEqual(new Set());
  });

  it('is raised for an address that its server refuses, once', async () => {
    const contact = await planning.database.contact.findFirstOrThrow({ where: { agency: { code: 'SCT' }, role: 'FOCAL' } });
    const event = {
      messageId: contact.id,
      contactId: contact.id,
      agencyId: contact.agencyId,
      obligationIds: [],
      status: '550',
      at: planning.clock.now().toString(),
    };
    for (const message of [messageAt(planning.clock.now()), messageAt(planning.clock.now())])
      await planning.get(ReportUnreachable).execute(event, message);
    expect(await planning.database.escalation.findMany({ where: { kind: 'unreachable' } })).toHaveLength(1);
    const mails = await planning.sweepAt('2020-06-10T08:00');
    expect(await Promise.all(mails.map((mail) => planning.recipient(mail)))).toContain('SCT/HEAD');
  });
});

describe('a deadline', () => {
  it('that is extended begins the next generation, before or after it has passed', async () => {
    await planning.sweepAt('2020-06-18T08:00');
    const { obligationId } = await planning.report('SCT');
    const extend = (date: string) =>
      planning
        .get(ExtendObligation)
        .execute({ obligationId, deadline: { word: 'NO_LATER_THAN', date }, reason: 'Dịch bệnh' }, messageAt(planning.clock.now()));
    await expect(extend('2020-06-30')).resolves.toMatchObject({ generation: 2, dueOn: '2020-06-30', state: 'open' });
    await expect(extend('2020-06-20')).rejects.toMatchObject({ code: 'deadline-not-later' });
    const [first, second] = [await planning.steps(obligationId, 1), await planning.steps(obligationId, 2)];
    expect(first.filter((step) => step.state === 'pending')).toEqual([]);
    expect(second).toHaveLength(8);
    expect(
      (await planning.sweepAt('2020-06-19T08:00'))
        .flatMap((mail) => mail.mail.items)
        .filter((item) => item.debtor.code === 'SCT' && item.section === 'escalated'),
    ).toEqual([]);
    expect((await audit()).findings).toEqual([]);
  });

  it('that ends with the office keeps its hour when it is extended', async () => {
    const cut = PLAN_TEXT.replace('dayOfLastMonth: 17, roll: FORWARD', "dayOfLastMonth: 17, roll: FORWARD, officeHourCutoff: '17:00'");
    planning.clock.set(at('2020-06-16T09:00'));
    await planning.import(cut);
    const july = await planning.report('SCT', 'BC-THANG', '2020-07');
    expect(july.obligation.overdueAt.toISOString()).toBe('2020-07-17T10:00:00.000Z');
    const asked = {
      obligationId: july.obligationId,
      deadline: { word: 'NO_LATER_THAN' as const, date: '2020-07-20' },
      reason: 'Dịch bệnh',
    };
    await planning.get(ExtendObligation).execute(asked, messageAt(planning.clock.now()));
    expect((await planning.report('SCT', 'BC-THANG', '2020-07')).obligation.overdueAt.toISOString()).toBe('2020-07-20T10:00:00.000Z');
  });

  it('that is waived ends it for good', async () => {
    const { obligationId } = await planning.report('SCT');
    const waive = () => planning.get(WaiveObligation).execute({ obligationId, reason: 'Không phát sinh' }, messageAt(planning.clock.now()));
    await expect(waive()).resolves.toMatchObject({ state: 'waived' });
    await expect(waive()).rejects.toMatchObject({ code: 'obligation-settled' });
    await expect(submit('SCT')).rejects.toMatchObject({ code: 'obligation-settled' });
  });
});

describe('a report', () => {
  it('that is returned is owed and chased again', async () => {
    await submit('SCT');
    const { id: reportId, obligationId } = await planning.report('SCT');
    await planning.get(ReturnReport).execute({ reportId, reason: 'Thiếu số liệu' }, messageAt(planning.clock.now()));
    // Early with its report, the agency has until its first deadline all the same.
    expect(await planning.report('SCT')).toMatchObject({
      state: 'returned',
      obligation: { state: 'open', generation: 2, dueOn: new Date('2020-06-17') },
    });
    const told = (await planning.sweepAt('2020-06-18T08:00'))
      .flatMap((mail) => mail.mail.items)
      .filter((item) => item.obligationId === obligationId);
    expect(told.map((item) => item.rung)).toContain('CHASE_1');
    await submit('SCT');
    await expect(planning.get(AcceptReport).execute({ reportId }, messageAt(planning.clock.now()))).resolves.toMatchObject({
      state: 'accepted',
    });
    await expect(planning.get(ReturnReport).execute({ reportId, reason: 'Muộn' }, messageAt(planning.clock.now()))).rejects.toMatchObject({
      code: 'report-not-submitted',
    });
  });

  it('that is returned close to its deadline or after it has three working days', async () => {
    planning.clock.set(at('2020-06-18T15:00'));
    await submit('SCT');
    const { id: reportId } = await planning.report('SCT');
    await planning.get(ReturnReport).execute({ reportId, reason: 'Thiếu số liệu' }, messageAt(planning.clock.now()));
    expect((await planning.report('SCT')).obligation.dueOn).toEqual(new Date('2020-06-23'));
  });

  it('submitted twice at once is submitted once, and the other is told', async () => {
    const { id: reportId, version } = await planning.report('SCT');
    const one = () => planning.get(SubmitReport).execute({ reportId, note: '', seenVersion: version }, messageAt(planning.clock.now()));
    const outcomes = await Promise.allSettled([one(), one()]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({ reason: { code: 'changed-meanwhile' } });
  });

  it('submitted again by the same message has the same answer and one effect', async () => {
    const id = '7b1f8a52-0b57-4a34-9d0e-6f4f3f7c1f10';
    const [first, second] = [await submit('SCT', id), await submit('SCT', id)];
    expect(second).toEqual(first);
    expect(
      await planning.database.history.count({
        where: { subjectId: (await planning.report('SCT')).obligationId, what: 'fulfilled' },
      }),
    ).toBe(1);
  });
});

describe('the forecast', () => {
  it('lists exactly the mails that leave when nobody submits anything', async () => {
    const plan = await planning.database.plan.findFirstOrThrow();
    const { mails } = await planning.get(ForecastPlan).execute({ planId: plan.id, from: '2020-06-10', to: '2020-06-25' });
    const left: string[] = [];
    for (const day of ['10', '15', '16', '17', '18', '19', '22', '23', '24', '25']) {
      for (const mail of await planning.sweepAt(`2020-06-${day}T08:00`)) left.push(`2020-06-${day} ${await planning.recipient(mail)}`);
    }
    expect(left.sort()).toEqual(mails.map((mail) => `${mail.slot.slice(0, 10)} ${mail.agency}/${mail.role}`).sort());
  });
});
