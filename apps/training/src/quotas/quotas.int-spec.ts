import { randomUUID } from 'node:crypto';
import { ClassRepository } from '../classes/class.repository.js';
import { MoveSession } from '../sessions/move-session.js';
import { TraineeConflicts } from '../classes/trainee-conflicts.repository.js';
import { AddQuota } from './add-quota.js';
import { CloseNominations } from './close-nominations.js';
import { CompleteNominations } from './complete-nominations.js';
import { RemoveQuota } from './remove-quota.js';
import { at, NOWHERE, TrainingFixture } from '../training.int-fixture.js';
import { Nominations } from '../enrolments/nominations.int-fixture.js';

let training: TrainingFixture;
let nominations: Nominations;
let courseId: string;
beforeAll(async () => {
  training = await TrainingFixture.start('2020-06-01T09:00');
  nominations = new Nominations(training);
  ({ courseId } = await training.course({ windowTo: '2020-12-31' }));
});
afterAll(() => training.stop());
afterEach(() => {
  training.clock.set(at('2020-06-01T09:00'));
});

const reason = 'Theo đề nghị của đơn vị';
const complete = (classId: string, id?: string) =>
  training.get(CompleteNominations).execute({ classId, agency: 'SDL', reason }, training.message(id));
const remove = (classId: string, agency = 'SDL') => training.get(RemoveQuota).execute({ classId, agency, reason }, training.message());
const closeDue = (local: string) => training.get(CloseNominations).closeDue(at(local));
const state = async (classId: string) => (await training.database.trainingClass.findUniqueOrThrow({ where: { id: classId } })).state;

describe('quotas of a class', () => {
  it('are opened with a deadline seven working days before, once by a message that comes twice, and owed to the lead agency', async () => {
    const { classId, code } = await nominations.planned(courseId);
    const [id, quotas] = [
      randomUUID(),
      [
        { seats: 3, leaderSeats: 1 },
        { agency: 'UBND-GIALAM', seats: 80, deadline: '2020-07-01' },
      ],
    ];
    const opened = await nominations.open(classId, quotas, {}, id);
    expect(opened).toEqual({
      classId,
      state: 'nomination-open',
      seats: 83,
      capacity: 70,
      warnings: ['more-seats-than-places'],
      version: 2,
    });
    expect(await nominations.open(classId, quotas, {}, id)).toEqual(opened);
    expect(await nominations.owed(code)).toEqual({ SDL: 'open 2020-06-26', 'UBND-GIALAM': 'open 2020-07-01' });
    const words = (await training.written('planning.track-obligation.v1')) as { period: string }[];
    expect(words.filter(({ period }) => period.includes(code))).toHaveLength(2);
    expect(words.find(({ period }) => period.includes(code))).toMatchObject({
      kind: 'nomination-list',
      creditor: 'SDL',
      debtor: 'SDL',
      version: 1,
    });
    expect(await nominations.quota(classId)).toMatchObject({
      seats: 3,
      leaderSeats: 1,
      deadline: '2020-06-26',
      state: 'open',
      nominated: 0,
    });
    expect(await training.told(classId)).toEqual(['planned', 'nominations-opened']);
  });

  it('are refused where agencies, seats, days or the state of the class do not allow them', async () => {
    const { classId } = await nominations.planned(courseId);
    const late = await nominations.planned(courseId, { firstDay: '2020-06-04' });
    await training.refuses('quotas-missing', () => nominations.open(classId));
    await training.refuses('agency-twice', () => nominations.open(classId, [{}, {}]));
    await training.refuses('agency-not-found', () => nominations.open(classId, [{ agency: 'NOBODY' }]));
    await training.refuses('agency-ended', () => nominations.open(classId, [{ agency: 'SVHTT-CU' }]));
    await training.refuses('seats-backwards', () => nominations.open(classId, [{ seats: 2, leaderSeats: 3 }]));
    await training.refuses('deadline-passed', () => nominations.open(late.classId, [{}]));
    await training.refuses('deadline-after-class', () => nominations.open(classId, [{ deadline: '2020-07-07' }]));
    await training.refuses('class-not-found', () => nominations.open(NOWHERE, [{}]));
    await training.refuses('nominations-not-open', () => nominations.change(classId, { seats: 2 }));
    await nominations.open(late.classId, [{}], { deadline: '2020-06-03' });
    await training.refuses('class-step-refused', () => nominations.open(late.classId, [{}]));
    await training.refuses('quota-exists', () =>
      training.get(AddQuota).execute({ classId: late.classId, agency: 'SDL', seats: 1, leaderSeats: 0, reason }, training.message()),
    );
    await training.refuses('quota-not-found', () => remove(late.classId, 'UBND-GIALAM'));
    await training.refuses('changed-meanwhile', () => nominations.change(late.classId, { seats: 2 }, { seenVersion: 7 }));
    await nominations.postpone(late.classId);
    await training.refuses('days-missing', () => nominations.open(late.classId, [{}]));
  });

  it('are fulfilled by nominations or by a reason, owed again when somebody is withdrawn, extended, added and taken out', async () => {
    const { classId, code } = await nominations.opened(courseId, [{ seats: 2 }]);
    const one = await nominations.nominate(classId);
    const two = await nominations.nominate(classId);
    expect(await nominations.owed(code)).toEqual({ SDL: 'fulfilled 2020-06-26' });
    await training.refuses('quota-fulfilled', () => complete(classId));
    await nominations.withdraw(two.enrolmentId);
    expect(await nominations.owed(code)).toEqual({ SDL: 'open 2020-06-26' });
    const id = randomUUID();
    const completed = await complete(classId, id);
    expect(completed).toMatchObject({ state: 'fulfilled' });
    expect(await complete(classId, id)).toEqual(completed);
    await nominations.withdraw(one.enrolmentId);
    expect(await nominations.quota(classId)).toMatchObject({ state: 'open', reason: null, nominated: 0 });
    expect(await nominations.change(classId, { deadline: '2020-07-03', seats: 100 })).toMatchObject({
      warnings: ['more-seats-than-places'],
    });
    await training.get(AddQuota).execute({ classId, agency: 'SNNPTNT', seats: 4, leaderSeats: 0, reason }, training.message());
    expect(await nominations.owed(code)).toEqual({ SDL: 'open 2020-07-03', SNNPTNT: 'open 2020-06-26' });
    const { enrolmentId } = await nominations.nominate(classId);
    await training.refuses('quota-in-use', () => remove(classId));
    await nominations.withdraw(enrolmentId);
    expect(await remove(classId)).toMatchObject({ state: 'cancelled' });
    expect(await nominations.owed(code)).toMatchObject({ SDL: 'cancelled 2020-07-03' });
    await training.refuses('agency-without-quota', () => nominations.nominate(classId));
    await training.get(AddQuota).execute({ classId, agency: 'SDL', seats: 1, leaderSeats: 0, reason }, training.message());
    expect(await nominations.owed(code)).toMatchObject({ SDL: 'open 2020-06-26' });
    const { obligationId } = await nominations.quota(classId);
    const versions = (await training.written('planning.track-obligation.v1')) as { obligationId: string; version: number }[];
    expect(versions.filter((word) => word.obligationId === obligationId).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('of two people who change one at once one wins, and the other is told what changed', async () => {
    const { classId } = await nominations.opened(courseId);
    const { version } = await nominations.quota(classId);
    const outcomes = await Promise.allSettled([2, 3].map((seats) => nominations.change(classId, { seats }, { seenVersion: version })));
    const [lost] = outcomes.filter((one) => one.status === 'rejected');
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(lost?.reason).toMatchObject({ code: 'changed-meanwhile' });
  });

  it('close by themselves on the working day after the last deadline, or when nothing is owed a week before; what is owed stays owed until the roster', async () => {
    const owing = await nominations.opened(courseId, [{ seats: 1 }, { agency: 'UBND-GIALAM', deadline: '2020-06-30' }]);
    const done = await nominations.opened(courseId, [{ seats: 1, deadline: '2020-07-03' }]);
    await nominations.nominate(done.classId);
    await closeDue('2020-06-25T08:00');
    expect(await state(done.classId)).toBe('nomination-open');
    await closeDue('2020-06-26T08:00');
    expect([await state(done.classId), await state(owing.classId)]).toEqual(['nomination-closed', 'nomination-open']);
    await closeDue('2020-06-30T08:00');
    expect(await state(owing.classId)).toBe('nomination-open');
    await closeDue('2020-07-01T08:00');
    expect(await state(owing.classId)).toBe('nomination-closed');
    expect(await nominations.owed(owing.code)).toEqual({ SDL: 'open 2020-06-26', 'UBND-GIALAM': 'open 2020-06-30' });
    expect((await training.told(owing.classId)).at(-1)).toBe('nominations-closed: Hết hạn cử học viên');
    await training.refuses('class-step-refused', () => nominations.close(owing.classId));
    await training.database.$transaction(async (tx) => {
      await training.get(ClassRepository).change(tx, owing.classId, { state: 'roster-locked' });
      await training.get(ClassRepository).tell(tx, owing.classId, training.clock.now(), 'roster-locked');
    });
    expect(await nominations.owed(owing.code)).toEqual({ SDL: 'waived 2020-06-26', 'UBND-GIALAM': 'waived 2020-06-30' });
  });

  it('stay open over a weekend, for nobody closes on a day off', async () => {
    const { classId } = await nominations.opened(courseId, [{ deadline: '2020-06-26' }]);
    await closeDue('2020-06-27T08:00');
    expect(await state(classId)).toBe('nomination-open');
    await closeDue('2020-06-29T08:00');
    expect(await state(classId)).toBe('nomination-closed');
  });

  it('stay open while all sessions of the class are removed, and no run fails for it', async () => {
    const { classId } = await nominations.opened(courseId, [{ deadline: '2020-06-26' }]);
    await training.database.classSession.deleteMany({ where: { classId } });
    await closeDue('2020-06-29T08:00');
    expect(await state(classId)).toBe('nomination-open');
  });
});

describe('nominations follow their class', () => {
  it('postponed: deadlines stay as many working days before, times move, and opening again keeps quotas and people', async () => {
    const { classId, code } = await nominations.opened(courseId, [{ seats: 2 }, { agency: 'UBND-GIALAM', seats: 1 }]);
    const { enrolmentId } = await nominations.nominate(classId);
    await nominations.postpone(classId);
    expect(await nominations.owed(code)).toEqual({ SDL: 'cancelled 2020-06-26', 'UBND-GIALAM': 'cancelled 2020-06-26' });
    expect(await nominations.times(classId)).toEqual([{ times: null, clashes: false }]);
    await nominations.postpone(classId, '2020-07-14');
    // It takes no nominations yet: nobody is chased for what they cannot do.
    expect(await nominations.owed(code)).toEqual({ SDL: 'cancelled 2020-07-03', 'UBND-GIALAM': 'cancelled 2020-07-03' });
    expect((await nominations.times(classId))[0]?.times).toContain('2020-07-14 01:00');
    await training.refuses('nominations-not-open', () => nominations.nominate(classId));
    expect(await nominations.open(classId)).toMatchObject({ state: 'nomination-open', seats: 3 });
    expect(await nominations.owed(code)).toEqual({ SDL: 'open 2020-07-03', 'UBND-GIALAM': 'open 2020-07-03' });
    expect(await nominations.state(enrolmentId)).toBe('enrolled');
    expect(await nominations.quota(classId)).toMatchObject({ deadline: '2020-07-03', nominated: 1, state: 'open' });
    await nominations.postpone(classId, '2020-06-03');
    expect(await nominations.owed(code)).toMatchObject({ SDL: 'cancelled 2020-06-01' });
  });

  it('cancelled: nothing is owed any more, nobody is taken, and its people may go to another class of the course', async () => {
    const [one, two] = [await nominations.opened(courseId), await nominations.opened(courseId)];
    const person = nominations.person();
    const { enrolmentId } = await nominations.nominate(one.classId, { person });
    await nominations.cancel(one.classId);
    expect(await nominations.owed(one.code)).toEqual({ SDL: 'cancelled 2020-06-26' });
    expect(await nominations.times(one.classId)).toEqual([{ times: null, clashes: false }]);
    expect((await nominations.quota(one.classId)).state).toBe('cancelled');
    await training.refuses('class-begun', () => nominations.withdraw(enrolmentId));
    expect(await nominations.nominate(two.classId, { person })).toMatchObject({ state: 'enrolled' });
    expect(await training.told(enrolmentId)).toEqual(['enrolled', 'withdrawn: Lớp không tổ chức']);
  });

  it('moved up, who is told of it in a mail that leaves on the day of reminders is not reminded once more', async () => {
    const { classId } = await nominations.opened(courseId, [{}], { capacity: 1, minSize: 1 });
    const { enrolmentId } = await nominations.nominate(classId);
    const next = [await nominations.nominate(classId), await nominations.nominate(classId)];
    await nominations.close(classId);
    const reminded = async (traineeId: string) =>
      (await training.database.announcement.findFirstOrThrow({ where: { classId, personId: traineeId } })).remindedFor;
    training.clock.set(at('2020-07-03T16:00'));
    await nominations.withdraw(enrolmentId);
    expect(await reminded(next[0]!.traineeId)).toBeNull();
    // A Sunday: the mail waits for Monday, and the class begins on Tuesday.
    training.clock.set(at('2020-07-05T20:00'));
    await nominations.withdraw(next[0]!.enrolmentId);
    expect(await reminded(next[1]!.traineeId)).toEqual(new Date('2020-07-07'));
  });

  it('moved onto another class of a trainee: that one stands as a conflict, everybody else moves; it is solved when one of the two moves away', async () => {
    const here = await nominations.opened(courseId, [{ seats: 9 }]);
    const there = await nominations.opened(await nominations.otherCourse(), [{ seats: 9 }], { firstDay: '2020-07-14' });
    const person = nominations.person();
    const { enrolmentId } = await nominations.nominate(here.classId, { person });
    await nominations.nominate(here.classId);
    await nominations.nominate(there.classId, { person });
    const conflicts = async () => training.get(TraineeConflicts).list({ classId: here.classId }, training.clock.now());
    await nominations.postpone(here.classId, '2020-07-15');
    expect(await nominations.times(here.classId)).toMatchObject([{ times: null, clashes: true }, { clashes: false }]);
    expect((await nominations.times(here.classId))[1]?.times).toContain('2020-07-15');
    expect(await conflicts()).toMatchObject([
      {
        kind: 'trainee-elsewhere',
        enrolmentId,
        class: here.code,
        day: '2020-07-15',
        part: 'morning',
        what: `a trainee is in class ${there.code} at that time`,
      },
      { part: 'afternoon' },
    ]);
    const [session] = await training.database.classSession.findMany({ where: { classId: there.classId }, orderBy: { startsAt: 'desc' } });
    await training
      .get(MoveSession)
      .execute({ classId: there.classId, sessionId: session!.id, day: '2020-07-16', part: 'morning', reason }, training.message());
    expect((await nominations.times(here.classId))[0]?.clashes).toBe(true);
    await nominations.postpone(there.classId, '2020-07-28');
    expect((await nominations.times(here.classId))[0]).toMatchObject({ clashes: false });
    expect((await nominations.times(here.classId))[0]?.times).toContain('2020-07-15');
    expect(await conflicts()).toEqual([]);
  });
});
