import { randomUUID } from 'node:crypto';
import { CancelClass } from '../classes/cancel-class.js';
import { ChangeClass } from '../classes/change-class.js';
import { ClassRepository } from '../classes/class.repository.js';
import { MoveSession } from '../classes/move-session.js';
import { PostponeClass } from '../classes/postpone-class.js';
import { TraineeConflicts } from '../classes/trainee-conflicts.repository.js';
import { AddQuota } from '../quotas/add-quota.js';
import { ChangeQuota } from '../quotas/change-quota.js';
import { CloseNominations } from '../quotas/close-nominations.js';
import { CompleteNominations } from '../quotas/complete-nominations.js';
import { QuotaRepository } from '../quotas/quota.repository.js';
import { RemoveQuota } from '../quotas/remove-quota.js';
import { at, NOWHERE, TrainingFixture } from '../training.int-fixture.js';
import { EnrolmentViews } from './enrolment-view.repository.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { Nominations, REASON } from './nominations.int-fixture.js';

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
const otherCourse = async () => (await training.course({ code: randomUUID().toUpperCase() })).courseId;
const quota = async (classId: string, agency = 'SDL') =>
  (await training.get(QuotaRepository).views(classId)).find((one) => one.agency === agency)!;
const change = (classId: string, changes: object, more: object = {}) =>
  training.get(ChangeQuota).execute({ classId, agency: 'SDL', changes, reason, ...more }, training.message());
const complete = (classId: string, more: object = {}, id?: string) =>
  training.get(CompleteNominations).execute({ classId, agency: 'SDL', reason, ...more }, training.message(id));
const remove = (classId: string, agency = 'SDL') => training.get(RemoveQuota).execute({ classId, agency, reason }, training.message());
const close = (classId: string) => training.get(CloseNominations).execute({ classId, reason }, training.message());
const closeDue = (local: string) => training.get(CloseNominations).closeDue(at(local));
const postpone = (classId: string, firstDay?: string) =>
  training.get(PostponeClass).execute({ classId, decision: '09/TB-SDL', reason, ...(firstDay ? { firstDay } : {}) }, training.message());
const cancel = (classId: string) => training.get(CancelClass).execute({ classId, decision: '09/TB-SDL', reason }, training.message());
const state = async (classId: string) => (await training.database.trainingClass.findUniqueOrThrow({ where: { id: classId } })).state;
const busy = async (classId: string) =>
  training.database.$queryRaw<{ times: string | null; clashes: boolean }[]>`
    SELECT busy::text AS times, clashes FROM enrolment WHERE class_id = ${classId}::uuid ORDER BY seq`;
const waitingList = async (classId: string) =>
  (await training.get(EnrolmentViews).list({ classId, state: 'waiting', limit: 50 }, 50, undefined)).map(({ view }) => view.enrolmentId);

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
    expect(await quota(classId)).toMatchObject({ seats: 3, leaderSeats: 1, deadline: '2020-06-26', state: 'open', nominated: 0 });
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
    await training.refuses('nominations-not-open', () => change(classId, { seats: 2 }));
    await nominations.open(late.classId, [{}], { deadline: '2020-06-03' });
    await training.refuses('class-step-refused', () => nominations.open(late.classId, [{}]));
    await training.refuses('quota-exists', () =>
      training.get(AddQuota).execute({ classId: late.classId, agency: 'SDL', seats: 1, leaderSeats: 0, reason }, training.message()),
    );
    await training.refuses('quota-not-found', () => remove(late.classId, 'UBND-GIALAM'));
    await training.refuses('changed-meanwhile', () => change(late.classId, { seats: 2 }, { seenVersion: 7 }));
    await postpone(late.classId);
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
    const completed = await complete(classId, {}, id);
    expect(completed).toMatchObject({ state: 'fulfilled' });
    expect(await complete(classId, {}, id)).toEqual(completed);
    await nominations.withdraw(one.enrolmentId);
    expect(await quota(classId)).toMatchObject({ state: 'open', reason: null, nominated: 0 });
    expect(await change(classId, { deadline: '2020-07-03', seats: 100 })).toMatchObject({ warnings: ['more-seats-than-places'] });
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
    const { obligationId } = await quota(classId);
    const versions = (await training.written('planning.track-obligation.v1')) as { obligationId: string; version: number }[];
    expect(versions.filter((word) => word.obligationId === obligationId).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('of two people who change one at once one wins, and the other is told what changed', async () => {
    const { classId } = await nominations.opened(courseId);
    const { version } = await quota(classId);
    const outcomes = await Promise.allSettled([2, 3].map((seats) => change(classId, { seats }, { seenVersion: version })));
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
    await training.refuses('class-step-refused', () => close(owing.classId));
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
});

describe('a nomination', () => {
  it('gets a seat in quota and class, or waits and is told why; seats for leaders are kept for them', async () => {
    const { classId } = await nominations.opened(courseId, [{ seats: 2, leaderSeats: 1 }, { agency: 'UBND-GIALAM' }], {
      capacity: 3,
      minSize: 1,
    });
    const id = randomUUID();
    const first = await nominations.nominate(classId, {}, id);
    expect(first).toMatchObject({ state: 'enrolled', why: null });
    expect(await nominations.nominate(classId, {}, id)).toEqual(first);
    expect(await nominations.nominate(classId)).toMatchObject({ state: 'waiting', why: 'leader-seats' });
    expect(await nominations.nominate(classId, { leader: true })).toMatchObject({ state: 'enrolled' });
    expect(await nominations.nominate(classId, { leader: true })).toMatchObject({ state: 'waiting', why: 'quota-full' });
    expect(await nominations.nominate(classId, { agency: 'UBND-GIALAM' })).toMatchObject({ state: 'enrolled' });
    expect(await nominations.nominate(classId, { agency: 'UBND-GIALAM' })).toMatchObject({ state: 'waiting', why: 'class-full' });
    expect(await quota(classId)).toMatchObject({ nominated: 4, enrolled: 2, leaders: 1, waiting: 2, state: 'fulfilled' });
    expect(await training.database.$transaction((tx) => training.get(EnrolmentRepository).enrolled(tx, classId))).toBe(3);
    expect((await busy(classId)).map(({ times }) => times !== null)).toEqual([true, false, true, false, true, false]);
  });

  it('[SEED-41] of a person who is in another class of the course is refused and names that class, however their name is spelled; withdrawn they may go', async () => {
    const [one, two] = [await nominations.opened(courseId), await nominations.opened(courseId, [{}], { firstDay: '2020-07-14' })];
    const person = nominations.person({ fullName: 'Nguyễn Thị Hoà', phone: '0900 000 000' });
    const { enrolmentId, traineeId } = await nominations.nominate(one.classId, { person });
    const again = { ...person, fullName: '  NGUYỄN  thị hoà'.normalize('NFD'), position: 'Chủ tịch' };
    for (const { classId } of [two, one]) {
      const told = await training.refuses('already-nominated', () => nominations.nominate(classId, { person: again }));
      expect(told.details).toEqual([{ enrolmentId, class: one.code }]);
    }
    // A tone is a difference, and so is another agency.
    await nominations.nominate(two.classId, { person: { ...person, fullName: 'Nguyễn Thị Hoa' } });
    await nominations.withdraw(enrolmentId);
    expect(await nominations.nominate(two.classId, { person: again })).toMatchObject({ traineeId, state: 'enrolled' });
    const told = ((await training.written('training.person-changed.v1')) as { personId: string; version: number }[]).filter(
      (row) => row.personId === traineeId,
    );
    expect(told.map(({ version }) => version)).toEqual([1, 2]);
    expect(await training.told(traineeId)).toEqual(['recorded', 'changed']);
  });

  it('[SEED-41] of one new person for 20 classes of a course at once is taken once', async () => {
    const classes = await Promise.all(Array.from({ length: 20 }, () => nominations.opened(courseId)));
    const person = nominations.person();
    const outcomes = await Promise.allSettled(classes.map(({ classId }) => nominations.nominate(classId, { person })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const lost of outcomes.filter((one) => one.status === 'rejected'))
      expect(lost.reason).toMatchObject({ code: 'already-nominated' });
    expect(await training.database.trainee.count({ where: { fullName: person.fullName } })).toBe(1);
  });

  it('is refused when the person is elsewhere at that time, when the class takes none, or when they asked to be left out', async () => {
    const [other, person] = [await otherCourse(), nominations.person()];
    const [here, there] = [await nominations.opened(courseId), await nominations.opened(other, [{}], { firstDay: '2020-07-08' })];
    const { traineeId } = await nominations.nominate(here.classId, { person });
    const told = await training.refuses('trainee-taken', () => nominations.nominate(there.classId, { person }));
    expect(told.details).toEqual([{ class: here.code, day: '2020-07-08', part: 'morning' }]);
    const { classId } = await nominations.planned(courseId);
    await training.refuses('nominations-not-open', () => nominations.nominate(classId));
    await training.refuses('agency-without-quota', () => nominations.nominate(here.classId, { agency: 'SNNPTNT' }));
    await training.refuses('class-not-found', () => nominations.nominate(NOWHERE));
    await close(here.classId);
    await training.refuses('nominations-closed', () => nominations.nominate(here.classId));
    const late = await nominations.nominate(here.classId, { late: 'Bổ sung theo đề nghị của xã' });
    expect(await training.told(late.enrolmentId)).toEqual(['enrolled: Bổ sung theo đề nghị của xã']);
    await training.database.trainee.update({ where: { id: traineeId }, data: { restricted: true } });
    await training.refuses('trainee-restricted', () => nominations.nominate(there.classId, { person }));
  });

  it('of 200 at once for the last 10 places: 10 are enrolled, 190 wait, none is lost', async () => {
    const { classId } = await nominations.opened(courseId, [{ seats: 300 }], { capacity: 10, minSize: 1 });
    const people = Array.from({ length: 200 }, () => nominations.person());
    const replies = await Promise.all(people.map((person) => nominations.nominate(classId, { person })));
    expect(replies.filter((one) => one.state === 'enrolled')).toHaveLength(10);
    expect(replies.filter((one) => one.state === 'waiting' && one.why === 'class-full')).toHaveLength(190);
    expect(
      await training.database.enrolment.groupBy({ by: ['state'], where: { classId }, _count: true, orderBy: { state: 'asc' } }),
    ).toEqual([
      { state: 'enrolled', _count: 10 },
      { state: 'waiting', _count: 190 },
    ]);
  }, 60_000);

  it('leaves no name, address or phone in messages, history or figures', async () => {
    const { classId } = await nominations.opened(courseId);
    const person = nominations.person({
      fullName: 'Đặng Kín Đáo',
      email: 'kindao@xa.example',
      phone: '0911222333',
      position: 'Trưởng thôn Kín',
    });
    const { enrolmentId } = await nominations.nominate(classId, { person });
    await nominations.withdraw(enrolmentId);
    const kept = ['outbox', 'history', 'inbox', 'quota', 'obligation_word', 'nomination_import', 'enrolment'];
    for (const table of kept) {
      const rows = await training.database.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${table}" t`);
      expect(rows.filter(({ row }) => /Kín Đáo|kindao|0911222333|thôn Kín/.test(row))).toEqual([]);
    }
    expect((await training.get(EnrolmentViews).classList(classId, training.clock.now())).items).toEqual([]);
  });
});

describe('who waits', () => {
  it('moves up when somebody withdraws: first of the same agency, then by time; after the close by time alone', async () => {
    const { classId } = await nominations.opened(courseId, [{ seats: 1 }, { agency: 'UBND-GIALAM', seats: 2 }], {
      capacity: 2,
      minSize: 1,
    });
    const theirs = { agency: 'UBND-GIALAM' };
    const [first, second] = [await nominations.nominate(classId), await nominations.nominate(classId, theirs)];
    const waiting = [
      await nominations.nominate(classId, theirs),
      await nominations.nominate(classId),
      await nominations.nominate(classId, theirs),
      await nominations.nominate(classId),
    ].map(({ enrolmentId }) => enrolmentId);
    expect(await waitingList(classId)).toEqual(waiting);
    const id = randomUUID();
    const withdrawn = await nominations.withdraw(first.enrolmentId, id);
    expect(withdrawn).toMatchObject({ state: 'withdrawn', promoted: [waiting[1]] });
    expect(await nominations.withdraw(first.enrolmentId, id)).toEqual(withdrawn);
    await training.refuses('enrolment-settled', () => nominations.withdraw(first.enrolmentId));
    await training.refuses('enrolment-not-found', () => nominations.withdraw(NOWHERE));
    await close(classId);
    expect((await nominations.withdraw(waiting[1]!)).promoted).toEqual([waiting[0]]);
    expect((await nominations.withdraw(second.enrolmentId)).promoted).toEqual([waiting[2]]);
    expect(await waitingList(classId)).toEqual([waiting[3]]);
    expect(await training.told(waiting[0]!)).toEqual(['waiting', 'promoted']);
    expect((await training.told(classId)).slice(-2)).toEqual([`trainee-withdrawn: ${REASON}`, `trainee-withdrawn: ${REASON}`]);
  });

  it('moves up when quota or class get more seats, and when seats that were kept for leaders are free for all', async () => {
    const { classId } = await nominations.opened(courseId, [{ seats: 1 }, { agency: 'UBND-GIALAM', seats: 5, leaderSeats: 5 }], {
      capacity: 2,
      minSize: 1,
    });
    await nominations.nominate(classId);
    const mine = await nominations.nominate(classId);
    await change(classId, { seats: 2 });
    expect(await nominations.state(mine.enrolmentId)).toBe('enrolled');
    const staff = await nominations.nominate(classId, { agency: 'UBND-GIALAM' });
    await training.get(ChangeClass).execute({ classId, changes: { capacity: 3 }, reason }, training.message());
    expect(await nominations.state(staff.enrolmentId)).toBe('waiting');
    await close(classId);
    expect(await nominations.state(staff.enrolmentId)).toBe('enrolled');
    expect((await busy(classId)).every(({ times }) => times !== null)).toBe(true);
  });

  it('is passed over while another class of theirs is at that time', async () => {
    const { classId } = await nominations.opened(courseId, [{ seats: 9 }], { capacity: 1, minSize: 1 });
    const there = await nominations.opened(await otherCourse());
    const [first, person] = [await nominations.nominate(classId), nominations.person()];
    const [elsewhere, next] = [await nominations.nominate(classId, { person }), await nominations.nominate(classId)];
    await nominations.nominate(there.classId, { person });
    expect((await nominations.withdraw(first.enrolmentId)).promoted).toEqual([next.enrolmentId]);
    expect(await nominations.state(elsewhere.enrolmentId)).toBe('waiting');
  });
});

describe('nominations follow their class', () => {
  it('postponed: deadlines stay as many working days before, times move, and opening again keeps quotas and people', async () => {
    const { classId, code } = await nominations.opened(courseId, [{ seats: 2 }, { agency: 'UBND-GIALAM', seats: 1 }]);
    const { enrolmentId } = await nominations.nominate(classId);
    await postpone(classId);
    expect(await nominations.owed(code)).toEqual({ SDL: 'cancelled 2020-06-26', 'UBND-GIALAM': 'cancelled 2020-06-26' });
    expect(await busy(classId)).toEqual([{ times: null, clashes: false }]);
    await postpone(classId, '2020-07-14');
    expect(await nominations.owed(code)).toEqual({ SDL: 'open 2020-07-03', 'UBND-GIALAM': 'open 2020-07-03' });
    expect((await busy(classId))[0]?.times).toContain('2020-07-14 01:00');
    await training.refuses('nominations-not-open', () => nominations.nominate(classId));
    expect(await nominations.open(classId)).toMatchObject({ state: 'nomination-open', seats: 3 });
    expect(await nominations.state(enrolmentId)).toBe('enrolled');
    expect(await quota(classId)).toMatchObject({ deadline: '2020-07-03', nominated: 1, state: 'open' });
    await postpone(classId, '2020-06-03');
    expect(await nominations.owed(code)).toMatchObject({ SDL: 'open 2020-06-01' });
  });

  it('cancelled: nothing is owed any more, nobody is taken, and its people may go to another class of the course', async () => {
    const [one, two] = [await nominations.opened(courseId), await nominations.opened(courseId)];
    const person = nominations.person();
    const { enrolmentId } = await nominations.nominate(one.classId, { person });
    await cancel(one.classId);
    expect(await nominations.owed(one.code)).toEqual({ SDL: 'cancelled 2020-06-26' });
    expect(await busy(one.classId)).toEqual([{ times: null, clashes: false }]);
    expect((await quota(one.classId)).state).toBe('cancelled');
    await training.refuses('class-begun', () => nominations.withdraw(enrolmentId));
    expect(await nominations.nominate(two.classId, { person })).toMatchObject({ state: 'enrolled' });
    expect(await training.told(enrolmentId)).toEqual(['enrolled', 'withdrawn: Lớp không tổ chức']);
  });

  it('moved onto another class of a trainee: that one stands as a conflict, everybody else moves; it is solved when one of the two moves away', async () => {
    const here = await nominations.opened(courseId, [{ seats: 9 }]);
    const there = await nominations.opened(await otherCourse(), [{ seats: 9 }], { firstDay: '2020-07-14' });
    const person = nominations.person();
    const { enrolmentId } = await nominations.nominate(here.classId, { person });
    await nominations.nominate(here.classId);
    await nominations.nominate(there.classId, { person });
    const conflicts = async () => training.get(TraineeConflicts).list({ classId: here.classId }, training.clock.now());
    await postpone(here.classId, '2020-07-15');
    expect(await busy(here.classId)).toMatchObject([{ times: null, clashes: true }, { clashes: false }]);
    expect((await busy(here.classId))[1]?.times).toContain('2020-07-15');
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
    expect((await busy(here.classId))[0]?.clashes).toBe(true);
    await postpone(there.classId, '2020-07-28');
    expect((await busy(here.classId))[0]).toMatchObject({ clashes: false });
    expect((await busy(here.classId))[0]?.times).toContain('2020-07-15');
    expect(await conflicts()).toEqual([]);
  });
});
