import type { PayloadOf, answerExtension } from '#contracts';
import { AuditLedger } from '../obligations/audit-ledger.js';
import { ExtendObligation } from '../obligations/extend-obligation.js';
import { ObligationViews } from '../obligations/obligation-view.repository.js';
import { at, PlanningFixture } from '../obligations/planning.int-fixture.js';
import { WaiveObligation } from '../obligations/waive-obligation.js';
import { ReturnReport } from '../reports/return-report.js';
import { SubmitReport } from '../reports/submit-report.js';
import { AnswerExtension } from './answer-extension.js';
import { AskExtension } from './ask-extension.js';
import { ExtensionRepository } from './extension.repository.js';
import { WithdrawExtension } from './withdraw-extension.js';

const ID = '7b1f8a52-0b57-4a34-9d0e-6f4f3f7c1f10';
const NOWHERE = '11111111-1111-4111-8111-111111111111';
let planning: PlanningFixture;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-15T09:00');
  await planning.import();
});
afterEach(() => planning.stop());

const obligationIdOf = async (agency: string, requirement?: string, period?: string) =>
  (await planning.report(agency, requirement, period)).obligationId;
const ask = async (changes: { obligationId?: string; wishedFor?: string; seenVersion?: number } = {}, id?: string) =>
  planning
    .get(AskExtension)
    .execute(
      { obligationId: await obligationIdOf('SCT'), wishedFor: '2020-06-26', reason: 'Chờ số liệu', ...changes },
      planning.message(id),
    );
const answer = (extensionId: string, changes: Partial<PayloadOf<typeof answerExtension>> = {}, id?: string) =>
  planning
    .get(AnswerExtension)
    .execute({ extensionId, verdict: 'grant', answer: 'Đồng ý', ground: 'ordinary', ...changes }, planning.message(id));
const withdraw = (extensionId: string, seenVersion?: number) =>
  planning
    .get(WithdrawExtension)
    .execute({ extensionId, reason: 'Đã đủ số liệu', ...(seenVersion === undefined ? {} : { seenVersion }) }, planning.message());
const submit = async (agency = 'SCT') => {
  const { id: reportId } = await planning.report(agency);
  return planning.get(SubmitReport).execute({ reportId, note: '' }, planning.message());
};
const story = async (obligationId: string) => planning.get(ObligationViews).story(obligationId, planning.clock.now());
const owedAnswer = async (extensionId: string) => {
  const { answerObligationId } = await planning.get(ExtensionRepository).find(extensionId);
  return story(answerObligationId ?? '');
};
const findings = async () => (await planning.get(AuditLedger).execute()).findings;
/** Refused with the code, and nothing has changed. */
const refused = async (work: () => Promise<unknown>, code: string) => {
  expect(await planning.refused(work)).toBe(code);
};

describe('a question for more time', () => {
  it('is owed an answer by the creditor within two working days, and is chased for it like anything else', async () => {
    const asked = await ask();
    expect(asked).toMatchObject({ state: 'asked', version: 1, dueOn: '2020-06-17', answerDueOn: '2020-06-17' });
    expect(await owedAnswer(asked.extensionId)).toMatchObject({
      kind: 'extension-answer',
      debtor: 'SNNPTNT',
      creditor: 'SCT',
      dueOn: '2020-06-17',
      state: 'open',
      title: 'Trả lời đề nghị gia hạn: Báo cáo tháng tình hình thực hiện Kế hoạch',
    });
    expect(await findings()).toEqual([]);
    const mails = await planning.sweepAt('2020-06-17T08:00');
    const told = await Promise.all(
      mails.filter(({ mail }) => mail.items.some((item) => item.title.startsWith('Trả lời'))).map((mail) => planning.recipient(mail)),
    );
    expect(told).toContain('SNNPTNT/FOCAL');
    // Who owes the answer is the standing agency itself: those above it are the city office [SEED-40].
    const above = (await planning.sweepAt('2020-06-19T08:00')).filter(({ mail }) =>
      mail.items.some((item) => item.title.startsWith('Trả lời') && item.section === 'escalated'),
    );
    expect([...new Set(await Promise.all(above.map((mail) => planning.recipient(mail))))].sort()).toEqual(['VPUBND/FOCAL', 'VPUBND/HEAD']);
  });

  it('does not stop the ladder of the thing itself', async () => {
    await ask();
    const mails = await planning.sweepAt('2020-06-18T08:00');
    expect(mails.flatMap(({ mail }) => mail.items).filter((item) => item.debtor.code === 'SCT' && item.level === 'chase-1')).not.toEqual(
      [],
    );
  });

  it('about what is owed to the issuer of the plan is answered by its city office', async () => {
    const asked = await ask({ obligationId: await obligationIdOf('SNNPTNT', 'R1-UBNDTP') });
    expect(await owedAnswer(asked.extensionId)).toMatchObject({ debtor: 'VPUBND', creditor: 'SNNPTNT' });
  });

  it('may be asked when the deadline is over', async () => {
    planning.clock.set(at('2020-06-22T09:00'));
    await planning.sweepAt('2020-06-22T09:00');
    const { extensionId } = await ask();
    expect(await answer(extensionId)).toMatchObject({ state: 'granted', dueOn: '2020-06-26' });
  });

  it('is asked once by a message that comes twice', async () => {
    const [first, second] = [await ask({}, ID), await ask({}, ID)];
    expect(second).toEqual(first);
    expect(await planning.database.extension.count()).toBe(1);
  });

  it('is one at a time, also when two ask at once', async () => {
    const outcomes = await Promise.allSettled([ask(), ask({ wishedFor: '2020-06-29' })]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'extension-pending' } });
    await refused(() => ask(), 'extension-pending');
  });

  it('is refused for a day that is no later than the deadline, or over, for what is settled, and for an answer', async () => {
    await refused(() => ask({ wishedFor: '2020-06-17' }), 'deadline-not-later');
    await refused(() => ask({ obligationId: NOWHERE }), 'obligation-not-found');
    await refused(() => ask({ seenVersion: 7 }), 'changed-meanwhile');
    const { extensionId } = await ask({ obligationId: await obligationIdOf('STC') });
    const { obligationId } = await owedAnswer(extensionId);
    await refused(() => ask({ obligationId }), 'answer-not-extendable');
    planning.clock.set(at('2020-06-24T09:00'));
    await refused(() => ask({ wishedFor: '2020-06-23' }), 'deadline-passed');
    await submit();
    await refused(() => ask(), 'obligation-settled');
  });
});

describe('an answer', () => {
  it('that grants begins the ladder anew by the day asked for, and fulfils what was owed', async () => {
    const { extensionId, obligationId } = await ask();
    planning.clock.set(at('2020-06-16T10:00'));
    expect(await answer(extensionId)).toMatchObject({ state: 'granted', version: 2, dueOn: '2020-06-26' });
    expect(await story(obligationId)).toMatchObject({ generation: 2, dueOn: '2020-06-26', originalDueOn: '2020-06-17', state: 'open' });
    expect(await owedAnswer(extensionId)).toMatchObject({ state: 'fulfilled', settledReason: 'granted' });
    expect(await planning.get(ExtensionRepository).find(extensionId)).toMatchObject({
      state: 'granted',
      granted: '2020-06-26',
      ground: 'ordinary',
      answeredBy: 'tester',
      answer: 'Đồng ý',
    });
    expect(await planning.sweepAt('2020-06-18T08:00')).not.toContainEqual(
      expect.objectContaining({ obligationIds: expect.arrayContaining([obligationId]) as unknown }),
    );
    expect(await findings()).toEqual([]);
  });

  it('that shortens gives the earlier day, and one that refuses gives none', async () => {
    const first = await ask();
    expect(await answer(first.extensionId, { verdict: 'shorten', date: '2020-06-19' })).toMatchObject({
      state: 'shortened',
      dueOn: '2020-06-19',
    });
    const second = await ask();
    expect(await answer(second.extensionId, { verdict: 'refuse', answer: 'Không có lý do chính đáng' })).toMatchObject({
      state: 'refused',
      dueOn: '2020-06-19',
    });
    expect(await owedAnswer(second.extensionId)).toMatchObject({ state: 'fulfilled', settledReason: 'refused' });
    expect(await story(second.obligationId)).toMatchObject({ generation: 2, dueOn: '2020-06-19' });
  });

  it('is given once by a message that comes twice, and by one of two who give it at once', async () => {
    const { extensionId, obligationId } = await ask();
    const outcomes = await Promise.allSettled([
      answer(extensionId, { seenVersion: 1 }, ID),
      answer(extensionId, { verdict: 'refuse', seenVersion: 1 }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'changed-meanwhile' } });
    const state = (await planning.get(ExtensionRepository).find(extensionId)).state;
    if (state === 'granted') expect(await answer(extensionId, { seenVersion: 1 }, ID)).toMatchObject({ state: 'granted' });
    expect((await story(obligationId)).generation).toBe(state === 'granted' ? 2 : 1);
  });

  it('is refused when it is not complete, when there is no question, and when it was answered', async () => {
    const { extensionId } = await ask();
    await refused(() => answer(NOWHERE), 'extension-not-found');
    await refused(() => answer(extensionId, { verdict: 'shorten' }), 'date-missing');
    await refused(() => answer(extensionId, { verdict: 'shorten', date: '2020-06-26' }), 'deadline-not-shorter');
    await refused(() => answer(extensionId, { verdict: 'shorten', date: '2020-06-17' }), 'deadline-not-later');
    await refused(() => answer(extensionId, { ground: 'force-majeure' }), 'decision-missing');
    await refused(() => answer(extensionId, { date: '2020-06-20' }), 'date-unexpected');
    await refused(() => answer(extensionId, { seenVersion: 9 }), 'changed-meanwhile');
    planning.clock.set(at('2020-06-29T09:00'));
    await refused(() => answer(extensionId), 'deadline-passed');
    await answer(extensionId, { verdict: 'refuse' });
    await refused(() => answer(extensionId), 'extension-answered');
    await refused(() => withdraw(extensionId), 'extension-answered');
  });
});

describe('a question that nobody needs any more', () => {
  it('is withdrawn by whoever asked, and its answer is not owed', async () => {
    const { extensionId, obligationId } = await ask();
    await refused(() => withdraw(NOWHERE), 'extension-not-found');
    await refused(() => withdraw(extensionId, 5), 'changed-meanwhile');
    expect(await withdraw(extensionId, 1)).toMatchObject({ state: 'withdrawn', dueOn: '2020-06-17' });
    expect(await owedAnswer(extensionId)).toMatchObject({ state: 'cancelled' });
    expect((await story(obligationId)).history.map(({ what }) => what)).toEqual(['opened', 'extension-asked', 'extension-withdrawn']);
    expect((await ask()).state).toBe('asked');
  });

  it.each([
    ['submitted', 'fulfilled', () => submit()],
    [
      'waived',
      'waived',
      async () => planning.get(WaiveObligation).execute({ obligationId: await obligationIdOf('SCT'), reason: 'Miễn' }, planning.message()),
    ],
    [
      'extended by the creditor of its own accord',
      'extended',
      async () =>
        planning
          .get(ExtendObligation)
          .execute(
            { obligationId: await obligationIdOf('SCT'), deadline: { word: 'NO_LATER_THAN', date: '2020-06-22' }, reason: 'Lùi hạn' },
            planning.message(),
          ),
    ],
  ])('is withdrawn when the thing is %s meanwhile', async (_, cause, work) => {
    const { extensionId } = await ask();
    await work();
    expect(await planning.get(ExtensionRepository).find(extensionId)).toMatchObject({
      state: 'withdrawn',
      answer: `the obligation was ${cause} before an answer`,
    });
    expect(await owedAnswer(extensionId)).toMatchObject({ state: 'cancelled', settledReason: `the question is settled: ${cause}` });
    const settled = await planning.database.history.findMany({
      where: { subject: 'extension', subjectId: extensionId },
      orderBy: { id: 'asc' },
    });
    expect(settled.map(({ what }) => what)).toEqual(['asked', 'withdrawn']);
    expect(await findings()).toEqual([]);
  });

  it('is answered or withdrawn, never both, when the thing is submitted at the same time', async () => {
    const { extensionId, obligationId } = await ask();
    await Promise.allSettled([answer(extensionId), submit()]);
    const state = (await planning.get(ExtensionRepository).find(extensionId)).state;
    expect(await story(obligationId)).toMatchObject({ state: 'fulfilled', generation: state === 'granted' ? 2 : 1 });
    expect(await findings()).toEqual([]);
  });
});

describe('the three on-time figures', () => {
  const figures = async () => Object.values((await story(await obligationIdOf('SCT'))).onTime).join(' ');
  const extended = async (date: string, ground: 'ordinary' | 'force-majeure') => {
    const { extensionId } = await ask({ wishedFor: date });
    await answer(extensionId, { ground, ...(ground === 'force-majeure' ? { decision: '16/CT-TTg' } : {}) });
  };

  it('of what was extended by force majeure are late, late and in time [SEED-42]', async () => {
    await extended('2020-06-26', 'force-majeure');
    planning.clock.set(at('2020-06-25T09:00'));
    expect(await figures()).toBe('late late not-yet');
    await submit();
    expect(await figures()).toBe('late late on-time');
  });

  it('of what was extended ordinarily are late, in time and in time', async () => {
    await extended('2020-06-22', 'ordinary');
    planning.clock.set(at('2020-06-22T16:00'));
    await submit();
    expect(await figures()).toBe('late on-time on-time');
  });

  it('count each ground apart when both were given', async () => {
    await extended('2020-06-22', 'ordinary');
    await extended('2020-06-26', 'force-majeure');
    planning.clock.set(at('2020-06-23T09:00'));
    expect(await figures()).toBe('late late not-yet');
    const { originalOverdueAt, extendedOverdueAt, overdueAt } = (await planning.report('SCT')).obligation;
    expect([originalOverdueAt, extendedOverdueAt, overdueAt].map((one) => one.toISOString().slice(0, 10))).toEqual([
      '2020-06-17',
      '2020-06-22',
      '2020-06-26',
    ]);
  });

  it('stay those of the first submission when it is sent back, and an extension of the correction changes nothing', async () => {
    planning.clock.set(at('2020-06-18T09:00'));
    await submit();
    const { id: reportId } = await planning.report('SCT');
    await planning.get(ReturnReport).execute({ reportId, reason: 'Thiếu số liệu', resubmitOn: '2020-06-24' }, planning.message());
    expect(await figures()).toBe('late late late');
    await extended('2020-06-30', 'ordinary');
    expect(await figures()).toBe('late late late');
    await submit();
    expect(await figures()).toBe('late late late');
  });
});
