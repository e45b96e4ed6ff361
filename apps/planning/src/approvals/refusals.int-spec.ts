import { PlanningFixture, refusal } from '../obligations/planning.int-fixture.js';
import { ApprovalsDesk, EVENT, NOWHERE, PROJECT } from './approvals.int-fixture.js';
let planning: PlanningFixture;
let desk: ApprovalsDesk;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-07-01T09:00');
  await planning.import();
  desk = new ApprovalsDesk(planning);
});
afterEach(() => planning.stop());

describe('a refusal', () => {
  it('follows from the state, and changes nothing', async () => {
    expect(
      await desk.refused(
        () => desk.submit(),
        () => desk.giveBack(),
        () => desk.approve(),
      ),
    ).toEqual(['dossier-empty', 'dossier-not-submitted', 'dossier-not-submitted']);
    await desk.handIn();
    expect(
      await desk.refused(
        () => desk.save(),
        () => desk.submit(),
        () => desk.approve(EVENT, { documentDate: '2020-07-02' }),
        () => desk.giveBack(EVENT, { resubmitBy: '2020-06-30' }),
      ),
    ).toEqual(['dossier-not-open', 'dossier-already-submitted', 'day-in-future', 'deadline-passed']);
    await desk.giveBack();
    expect(await desk.refused(() => desk.submit())).toEqual(['dossier-unchanged']);
    await desk.handIn();
    await desk.approve();
    expect(
      await desk.refused(
        () => desk.save(),
        () => desk.submit(),
        () => desk.withdraw(),
        () => desk.approve(),
      ),
    ).toEqual(['dossier-not-open', 'dossier-not-open', 'dossier-not-open', 'dossier-not-submitted']);
  });

  it('of what is not there names it', async () => {
    expect(
      await desk.refused(
        () => desk.submit(EVENT, { dossierId: NOWHERE }),
        () => desk.views.find(NOWHERE),
        () => desk.open({ planId: NOWHERE }),
        () => desk.open({ task: 'II.9' }),
        () => desk.open({ gates: ['II.1', 'II.9'] }),
        () => desk.open({ submitter: 'XXX' }),
      ),
    ).toEqual(['dossier-not-found', 'dossier-not-found', 'plan-not-found', 'task-not-found', 'task-not-found', 'agency-not-found']);
  });

  it('meets who would answer to itself, who cannot be written to, and a code that is taken', async () => {
    expect(
      await desk.refused(
        () => desk.open({ approver: 'SNNPTNT' }),
        () => desk.open({ submitter: 'VPUBND' }),
        () => desk.open({ submitter: 'SNNMT' }),
        () => desk.open({ approver: 'SNNMT' }),
        () => desk.open({ code: EVENT }),
      ),
    ).toEqual(['approver-is-submitter', 'approver-is-submitter', 'nobody-to-write-to', 'nobody-to-write-to', 'dossier-code-taken']);
  });

  it('of what somebody changed meanwhile says what it is now', async () => {
    await desk.save();
    const seenVersion = 1;
    expect(
      await desk.refused(
        () => desk.save(EVENT, { seenVersion }),
        () => desk.submit(EVENT, { seenVersion }),
        () => desk.giveBack(EVENT, { seenVersion }),
        () => desk.approve(EVENT, { seenVersion }),
        () => desk.withdraw(EVENT, { seenVersion }),
      ),
    ).toEqual(Array(5).fill('changed-meanwhile'));
  });
});

describe('at once', () => {
  it('two answers are one, and the other is told', async () => {
    await desk.handIn();
    const outcomes = await Promise.all([refusal(desk.approve()), refusal(desk.giveBack()), refusal(desk.approve())]);
    expect(outcomes.filter((outcome) => outcome === 'not refused')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'dossier-not-submitted')).toHaveLength(2);
    expect(await desk.told()).toHaveLength(1);
    expect(await desk.audit()).toEqual([]);
  });

  it('two openings of one code are one', async () => {
    const outcomes = await Promise.all([refusal(desk.open()), refusal(desk.open())]);
    expect(outcomes.sort()).toEqual(['dossier-code-taken', 'not refused']);
    expect(await planning.database.approvalVersion.count({ where: { dossier: { code: 'KH-SK-THEM' } } })).toBe(1);
  });
});

describe('the same message', () => {
  it('has one effect and one answer, for every command', async () => {
    const twice = async <Reply>(work: (message: ReturnType<typeof planning.message>) => Promise<Reply>) => {
      const message = planning.message();
      const first = await work(message);
      const before = await planning.contents();
      expect(await work(message)).toEqual(first);
      expect(await planning.contents()).toEqual(before);
    };
    await twice((message) => desk.open({ submitBy: '2020-07-10' }, message));
    await twice((message) => desk.save(EVENT, {}, message));
    await twice((message) => desk.submit(EVENT, {}, message));
    await twice((message) => desk.giveBack(EVENT, {}, message));
    await twice((message) => desk.save(EVENT, {}, message));
    await desk.submit();
    await twice((message) => desk.approve(EVENT, {}, message));
    await twice((message) => desk.withdraw(PROJECT, {}, message));
  });
});
