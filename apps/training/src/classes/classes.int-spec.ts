import { randomUUID } from 'node:crypto';
import type { changeClass, PayloadOf, planClass } from '#contracts';
import { ChangeCourse } from '../courses/change-course.js';
import { EndCourse } from '../courses/end-course.js';
import { AssignTrainer } from '../engagements/assign-trainer.js';
import { MoveSession } from '../sessions/move-session.js';
import { RecordAbsence } from '../trainers/record-absence.js';
import { RetireTrainer } from '../trainers/retire-trainer.js';
import { at, NOWHERE, TrainingFixture } from '../training.int-fixture.js';
import { ChangeVenue } from '../venues/change-venue.js';
import { RetireVenue } from '../venues/retire-venue.js';
import { CancelClass } from './cancel-class.js';
import { ChangeClass } from './change-class.js';
import { ClassViews } from './class-view.repository.js';
import { PlanClass } from './plan-class.js';
import { PostponeClass } from './postpone-class.js';

let training: TrainingFixture;
let courseId: string;
beforeAll(async () => {
  training = await TrainingFixture.start('2020-06-01T09:00');
  ({ courseId } = await training.course({ windowTo: '2020-12-31' }));
});
afterAll(() => training.stop());

const reason = 'Dịch Covid-19';
const venue = async (capacity = 120) => (await training.venue({ code: randomUUID().toUpperCase(), capacity })).venueId;
const plan = (changes: Partial<PayloadOf<typeof planClass>> = {}, id?: string) =>
  training.get(PlanClass).execute(
    // Tuesday and Wednesday.
    { courseId, code: randomUUID().toUpperCase(), title: 'Lớp Bát Tràng', district: 'UBND-GIALAM', firstDay: '2020-07-07', ...changes },
    training.message(id),
  );
const change = (classId: string, changes: PayloadOf<typeof changeClass>['changes'], seenVersion?: number) =>
  training
    .get(ChangeClass)
    .execute({ classId, changes, reason, ...(seenVersion === undefined ? {} : { seenVersion }) }, training.message());
const assign = (classId: string, trainerId: string | null, sessionIds?: string[]) =>
  training.get(AssignTrainer).execute({ classId, trainerId, ...(sessionIds ? { sessionIds } : {}) }, training.message());
const move = (classId: string, sessionId: string, day: string, part: 'morning' | 'afternoon') =>
  training.get(MoveSession).execute({ classId, sessionId, day, part, reason }, training.message());
const postpone = (classId: string, firstDay?: string, id?: string) =>
  training.get(PostponeClass).execute({ classId, decision: '09/TB-SDL', reason, ...(firstDay ? { firstDay } : {}) }, training.message(id));
const cancel = (classId: string, id?: string) =>
  training.get(CancelClass).execute({ classId, decision: '09/TB-SDL', reason }, training.message(id));
const view = (classId: string) => training.get(ClassViews).view(classId);
const days = async (classId: string) => (await view(classId)).sessions.map(({ day, part }) => `${day} ${part}`);

describe('a class of training on culture and tourism [SEED-32]', () => {
  it('is planned from a first day on: two days, four sessions, topics in order; once by a message that comes twice', async () => {
    const [id, venueId] = [randomUUID(), await venue()];
    const given = { code: randomUUID().toUpperCase(), venueId, coHost: 'UBND-GIALAM' };
    const planned = await plan(given, id);
    expect(planned).toMatchObject({ classId: id, state: 'planned', firstDay: '2020-07-07', version: 1 });
    expect(await plan(given, id)).toEqual(planned);
    expect(await view(id)).toMatchObject({ course: 'KHOA-A', capacity: 70, minSize: 30, venueId, coHost: 'UBND-GIALAM', rosterVersion: 0 });
    expect((await view(id)).sessions).toMatchObject([
      {
        ordinal: 1,
        day: '2020-07-07',
        part: 'morning',
        startsAt: '2020-07-07T01:00:00Z',
        endsAt: '2020-07-07T04:30:00Z',
        topic: 'Tổng quan về du lịch',
      },
      { ordinal: 2, day: '2020-07-07', part: 'afternoon', startsAt: '2020-07-07T06:30:00Z', topic: 'Du lịch cộng đồng' },
      { ordinal: 3, day: '2020-07-08', part: 'morning', topic: 'Quy tắc ứng xử' },
      { ordinal: 4, day: '2020-07-08', part: 'afternoon', topic: 'Xử lý tình huống', active: true },
    ]);
    // Friday, then Monday; and days off only when a reason says so.
    expect(await days((await plan({ firstDay: '2020-07-10' })).classId)).toContain('2020-07-13 afternoon');
    const weekend = await plan({ firstDay: '2020-07-11', daysOff: 'Tiểu thương bận ngày thường' });
    expect(await days(weekend.classId)).toContain('2020-07-12 afternoon');
  });

  it('is refused where days, sizes, course, agencies or venue do not allow it', async () => {
    const { courseId: ended } = await training.course({ code: randomUUID().toUpperCase() });
    await training.get(EndCourse).execute({ courseId: ended, as: 'closed', decision: '1/QĐ', reason }, training.message());
    const taken = await plan();
    const { code } = await view(taken.classId);
    const small = await venue(60);
    const twice = [
      { day: '2020-07-07', part: 'morning' as const },
      { day: '2020-07-07', part: 'morning' as const },
    ];
    const refused: [string, Partial<PayloadOf<typeof planClass>>][] = [
      ['day-off', { firstDay: '2020-07-11' }],
      ['day-passed', { firstDay: '2020-05-29' }],
      ['outside-window', { firstDay: '2020-12-31' }],
      ['sessions-overlap', { sessions: twice }],
      ['days-missing', { firstDay: undefined }],
      ['size-backwards', { capacity: 20, minSize: 30 }],
      ['course-ended', { courseId: ended }],
      ['course-not-found', { courseId: NOWHERE }],
      ['class-code-taken', { code }],
      ['agency-not-found', { district: 'NOBODY' }],
      ['agency-ended', { coHost: 'SVHTT-CU' }],
      ['venue-not-found', { venueId: NOWHERE }],
      ['venue-too-small', { venueId: small }],
    ];
    for (const [why, changes] of refused) await training.refuses(why, () => plan(changes));
    const { courseId: boundless } = await training.course({ code: randomUUID().toUpperCase(), windowTo: null });
    await training.refuses('calendar-year-missing', () => plan({ courseId: boundless, firstDay: '2031-01-06' }));
    await training.get(RetireVenue).execute({ venueId: small, reason }, training.message());
    await training.refuses('venue-retired', () => plan({ venueId: small, capacity: 50 }));
    await training.refuses('classes-unfinished', () =>
      training.get(EndCourse).execute({ courseId, as: 'closed', decision: '1/QĐ', reason }, training.message()),
    );
  });
});

describe('nothing is booked twice', () => {
  it('of 200 who book one hall for one day at once one wins, and 199 are told with whom they collide', async () => {
    const venueId = await venue();
    const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => plan({ venueId })));
    const won = outcomes.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    const { code } = await view(won[0]!.value.classId);
    for (const lost of outcomes.filter((one) => one.status === 'rejected')) {
      expect(lost.reason).toMatchObject({ code: 'venue-taken' });
      expect((lost.reason as { details: unknown[] }).details[0]).toEqual({ venueId, class: code, day: '2020-07-07', part: 'morning' });
    }
    expect(await training.database.classSession.count({ where: { venueId, active: true } })).toBe(4);
  }, 60_000);

  it('of 20 classes that want one trainer at once one wins', async () => {
    const { trainerId } = await training.trainer();
    const classes = await Promise.all(Array.from({ length: 20 }, () => plan()));
    const outcomes = await Promise.allSettled(classes.map(({ classId }) => assign(classId, trainerId)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const lost of outcomes.filter((one) => one.status === 'rejected')) expect(lost.reason).toMatchObject({ code: 'trainer-taken' });
  });

  it('also by somebody who writes past every use case', async () => {
    const { trainerId } = await training.trainer();
    const { sessions } = await plan({ venueId: await venue() });
    await training.database.classSession.updateMany({ where: { id: { in: sessions } }, data: { trainerId } });
    const { id, ...row } = await training.database.classSession.findUniqueOrThrow({ where: { id: sessions[0]! } });
    const { classId } = await plan({ firstDay: '2020-07-20' });
    const again = (changes: object) => training.database.classSession.create({ data: { ...row, id: randomUUID(), classId, ...changes } });
    await expect(again({ trainerId: null })).rejects.toThrow(/venue_taken/);
    await expect(again({ venueId: null })).rejects.toThrow(/trainer_taken/);
    await expect(again({ venueId: null, trainerId: null })).resolves.toMatchObject({ active: true });
    expect(id).toBe(sessions[0]);
  });

  it('and a trainer is not to be had on a day of absence, or after the last', async () => {
    const { trainerId } = await training.trainer();
    const { classId, sessions } = await plan();
    await training.get(RecordAbsence).execute({ trainerId, fromOn: '2020-07-08', toOn: '2020-07-08', reason: 'Ốm' }, training.message());
    const told = await training.refuses('trainer-away', () => assign(classId, trainerId));
    expect(told.details).toMatchObject([{ day: '2020-07-08' }, { day: '2020-07-08' }]);
    expect(await assign(classId, trainerId, sessions.slice(0, 2))).toMatchObject({ version: 2 });
    await training.refuses('trainer-away', () =>
      move(classId, sessions[0]!, '2020-07-08', 'morning').catch((error: unknown) => {
        // The class has a session there itself.
        expect(error).toMatchObject({ code: 'sessions-overlap' });
        return assign(classId, trainerId, [sessions[3]!]);
      }),
    );
    await training.refuses('session-not-found', () => assign(classId, trainerId, [NOWHERE]));
    await training.get(RetireTrainer).execute({ trainerId, reason }, training.message());
    await training.refuses('trainer-retired', () => assign(classId, trainerId, [sessions[0]!]));
    expect(await assign(classId, null)).toMatchObject({ version: 3 });
    expect(await training.told(classId)).toEqual(['planned', 'trainer-assigned', 'trainer-released']);
  });
});

describe('a class that is changed', () => {
  it('takes another venue for every session, or is told what is there', async () => {
    const [first, second] = [await venue(), await venue(80)];
    const [mine, theirs] = [await plan({ venueId: first }), await plan({ venueId: second })];
    const { code } = await view(theirs.classId);
    const told = await training.refuses('venue-taken', () => change(mine.classId, { venueId: second }));
    expect(told.message).toContain(code);
    await training.refuses('venue-not-found', () => change(mine.classId, { venueId: NOWHERE }));
    await training.refuses('venue-too-small', () => change(theirs.classId, { capacity: 81 }));
    await training.refuses('size-backwards', () => change(mine.classId, { capacity: 10 }));
    await cancel(theirs.classId);
    expect(await change(mine.classId, { venueId: second, title: 'Lớp khác' }, 1)).toMatchObject({ version: 2 });
    await training.refuses('changed-meanwhile', () => change(mine.classId, { title: 'Lớp cũ' }, 1));
    const rows = await training.database.classSession.findMany({ where: { classId: mine.classId } });
    expect(rows.every((row) => row.venueId === second && row.active)).toBe(true);
  });

  it('moves a session with what it booked', async () => {
    const { classId, sessions } = await plan({ venueId: await venue() });
    await move(classId, sessions[0]!, '2020-07-09', 'morning');
    expect(await days(classId)).toEqual(['2020-07-07 afternoon', '2020-07-08 morning', '2020-07-08 afternoon', '2020-07-09 morning']);
    await training.refuses('sessions-overlap', () => move(classId, sessions[1]!, '2020-07-08', 'morning'));
    await training.refuses('day-off', () => move(classId, sessions[1]!, '2020-07-11', 'morning'));
    await training.refuses('session-not-found', () => move(classId, NOWHERE, '2020-07-09', 'morning'));
    expect(await training.told(classId)).toEqual(['planned', `session-moved: ${reason}`]);
  });
});

describe('a class that is postponed or cancelled', () => {
  it('moves its sessions and what they booked, or nothing at all', async () => {
    const [venueId, { trainerId }, id] = [await venue(), await training.trainer(), randomUUID()];
    const { classId, sessions } = await plan({ venueId, firstDay: '2020-07-09' });
    await assign(classId, trainerId);
    const blocking = await plan({ venueId, firstDay: '2020-07-17' });
    const told = await training.refuses('venue-taken', () => postpone(classId, '2020-07-16'));
    expect(told.details).toMatchObject([
      { day: '2020-07-17', part: 'morning' },
      { day: '2020-07-17', part: 'afternoon' },
    ]);
    await training.refuses('day-off', () => postpone(classId, '2020-07-18'));
    await training.refuses('outside-window', () => postpone(classId, '2021-01-04'));
    await cancel(blocking.classId);
    // Thursday and Friday become Friday and Monday.
    const moved = await postpone(classId, '2020-07-17', id);
    expect(moved).toEqual({ classId, state: 'planned', firstDay: '2020-07-17', version: 3 });
    expect(await postpone(classId, '2020-07-17', id)).toEqual(moved);
    expect(await days(classId)).toEqual(['2020-07-17 morning', '2020-07-17 afternoon', '2020-07-20 morning', '2020-07-20 afternoon']);
    const shown = await view(classId);
    expect(shown.sessions.map(({ sessionId }) => sessionId)).toEqual(sessions);
    expect(shown.sessions.every((one) => one.active && one.trainerId === trainerId)).toBe(true);
    expect(shown).toMatchObject({ decision: '09/TB-SDL', reason });
    // One day on: its own sessions meet on the way and nothing else.
    expect(await postpone(classId, '2020-07-20')).toMatchObject({ firstDay: '2020-07-20' });
    expect((await training.told(classId)).at(-1)).toBe(`postponed: ${reason}`);
  });

  it('gives back what it booked while it has no day, and takes it again when the day is said', async () => {
    const venueId = await venue();
    const { classId } = await plan({ venueId });
    expect(await postpone(classId)).toMatchObject({ state: 'postponed', firstDay: null, version: 2 });
    await training.refuses('class-not-standing', () => change(classId, { title: 'Lớp khác' }));
    const other = await plan({ venueId });
    await training.refuses('venue-taken', () => postpone(classId, '2020-07-07'));
    expect(await postpone(classId, '2020-07-14')).toMatchObject({ state: 'planned', firstDay: '2020-07-14', version: 3 });
    expect(await cancel(other.classId)).toMatchObject({ state: 'cancelled' });
  });

  it('is cancelled once and for good, and its hall is free again', async () => {
    const [venueId, id] = [await venue(), randomUUID()];
    const { classId } = await plan({ venueId });
    const cancelled = await cancel(classId, id);
    expect(cancelled).toEqual({ classId, state: 'cancelled', firstDay: null, version: 2 });
    expect(await cancel(classId, id)).toEqual(cancelled);
    expect(await plan({ venueId })).toMatchObject({ state: 'planned' });
    await training.refuses('class-step-refused', () => cancel(classId));
    await training.refuses('class-step-refused', () => postpone(classId, '2020-07-14'));
    await training.refuses('class-not-standing', () => assign(classId, null));
    await training.refuses('class-not-found', () => cancel(NOWHERE));
    const { classId: two } = await plan();
    const outcomes = await Promise.allSettled([cancel(two), postpone(two, '2020-07-14')]);
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect((await view(two)).state).toBe('cancelled');
  });
});

describe('the list of conflicts', () => {
  it('shows what changed after a class was planned, from today on, and is empty before', async () => {
    const { courseId: own } = await training.course({ code: randomUUID().toUpperCase() });
    const [venueId, { trainerId }] = [await venue(), await training.trainer()];
    const { classId, sessions } = await plan({ courseId: own, venueId });
    await assign(classId, trainerId, [sessions[0]!]);
    const list = async (filter: object = {}) =>
      (await training.get(ClassViews).conflicts({ classId, ...filter }, training.clock.now())).map(
        ({ kind, day, part }) => `${kind} ${day} ${part}`,
      );
    expect(await list()).toEqual([]);
    await training.get(RecordAbsence).execute({ trainerId, fromOn: '2020-07-07', toOn: '2020-07-07', reason: 'Ốm' }, training.message());
    await training.get(RetireTrainer).execute({ trainerId, reason }, training.message());
    expect(await list()).toEqual(['trainer-retired 2020-07-07 morning', 'trainer-away 2020-07-07 morning']);
    await training.get(ChangeVenue).execute({ venueId, changes: { capacity: 69 }, reason }, training.message());
    await training.get(ChangeCourse).execute({ courseId: own, changes: { windowTo: '2020-07-07' }, reason }, training.message());
    expect(await list({ kind: 'venue-too-small' })).toHaveLength(4);
    expect(await list({ kind: 'outside-window' })).toEqual(['outside-window 2020-07-08 morning', 'outside-window 2020-07-08 afternoon']);
    await training.get(RetireVenue).execute({ venueId, reason }, training.message());
    expect(await list({ kind: 'venue-retired' })).toHaveLength(4);
    await change(classId, { venueId: null });
    expect(await list({ kind: 'venue-missing' })).toHaveLength(4);
    await training.database.trainingClass.update({
      where: { id: (await plan({ firstDay: '2020-07-11', daysOff: reason })).classId },
      data: { daysOff: null },
    });
    expect(await training.get(ClassViews).conflicts({ kind: 'day-off' }, training.clock.now())).toHaveLength(4);
    const now = at('2020-07-08T06:00');
    expect(await training.get(ClassViews).conflicts({ classId, kind: 'venue-missing' }, now)).toHaveLength(2);
  });

  it('shows when the task of its course stands still, is given up, waits for an approval or gets other days [SEED-42, SEED-47]', async () => {
    const taskId = randomUUID();
    let version = 0;
    const task = (changes: Parameters<typeof training.task>[0] = {}) => training.task({ taskId, version: (version += 1), ...changes });
    await task();
    const { courseId: own } = await training.course({ code: randomUUID().toUpperCase(), taskId });
    const { classId } = await plan({ courseId: own, venueId: await venue() });
    const list = async () =>
      (await training.get(ClassViews).conflicts({ classId }, training.clock.now())).map(({ kind, day }) => `${kind} ${String(day)}`);
    expect(await list()).toEqual([]);
    const elsewhere = () => plan({ courseId: own });
    await task({ status: 'suspended' });
    expect(await list()).toEqual(['task-suspended null']);
    await training.refuses('task-suspended', elsewhere);
    await task({ approved: false });
    expect(await list()).toEqual(['approval-missing null']);
    await training.refuses('approval-missing', elsewhere);
    await task({ status: 'cancelled' });
    expect(await list()).toEqual(['task-cancelled null']);
    await training.refuses('task-cancelled', elsewhere);
    await task({ window: { from: '2020-06-01', to: '2020-07-07' } });
    expect(await list()).toEqual(['outside-task-window 2020-07-08', 'outside-task-window 2020-07-08']);
    await training.database.classSession.deleteMany({ where: { classId } });
    expect(await list()).toEqual(['unscheduled null']);
  });
});
