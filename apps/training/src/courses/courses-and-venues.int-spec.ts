import { randomUUID } from 'node:crypto';
import type { changeCourse, changeVenue, PayloadOf } from '#contracts';
import { HistoryRepository } from '../history/history.repository.js';
import { COURSE, NOWHERE, PLAN, TASK, TrainingFixture } from '../training.int-fixture.js';
import { ChangeVenue } from '../venues/change-venue.js';
import { RetireVenue } from '../venues/retire-venue.js';
import { VenueRepository } from '../venues/venue.repository.js';
import { ChangeCourse } from './change-course.js';
import { CourseRepository } from './course.repository.js';
import { EndCourse } from './end-course.js';

let training: TrainingFixture;
beforeAll(async () => {
  training = await TrainingFixture.start('2020-06-01T09:00');
});
afterAll(() => training.stop());

const code = () => randomUUID().toUpperCase();
const course = async () => (await training.course({ code: code() })).courseId;
const venue = async () => (await training.venue({ code: code() })).venueId;
const change = (courseId: string, changes: PayloadOf<typeof changeCourse>['changes'], seenVersion?: number, id?: string) =>
  training
    .get(ChangeCourse)
    .execute({ courseId, changes, reason: 'Lùi do dịch', ...(seenVersion === undefined ? {} : { seenVersion }) }, training.message(id));
const end = (courseId: string, as: 'closed' | 'cancelled' = 'cancelled', id?: string) =>
  training.get(EndCourse).execute({ courseId, as, decision: '15/QĐ-SDL', reason: 'Hết kinh phí' }, training.message(id));
const changeSeats = (venueId: string, changes: PayloadOf<typeof changeVenue>['changes'], seenVersion?: number) =>
  training
    .get(ChangeVenue)
    .execute({ venueId, changes, reason: 'Sửa hội trường', ...(seenVersion === undefined ? {} : { seenVersion }) }, training.message());
const retire = (venueId: string, id?: string) =>
  training.get(RetireVenue).execute({ venueId, reason: 'Trả mặt bằng' }, training.message(id));

describe('a course of training on culture and tourism [SEED-32]', () => {
  it('is recorded under its plan with what is taught, once by a message that comes twice', async () => {
    const id = randomUUID();
    const given = { code: code(), taskId: TASK.taskId, seedId: 'SEED-32', assumption: 'Số lớp theo dự thảo' };
    const recorded = await training.course(given, id);
    expect(recorded).toEqual({ courseId: id, state: 'open', version: 1 });
    expect(await training.course(given, id)).toEqual(recorded);
    const { courseId, ...view } = await training.get(CourseRepository).view(id);
    expect(courseId).toBe(id);
    expect(view).toEqual({ ...COURSE, ...given, taskCode: 'T2.4', state: 'open', decision: null, classes: 0, version: 1 });
    expect(await training.told(id)).toEqual(['recorded']);
    const [line] = await training.get(HistoryRepository).list({ subject: 'course', subjectId: id, limit: 5, after: undefined });
    expect(line?.entry).toMatchObject({ at: '2020-06-01T02:00:00Z', detail: { planId: PLAN, taskId: TASK.taskId, plannedClasses: 5 } });
  });

  it('is refused with a code that is taken, sizes or a window that make no sense, or an agency that is not there', async () => {
    const taken = code();
    await training.course({ code: taken });
    await training.refuses('course-code-taken', () => training.course({ code: taken }));
    await training.refuses('size-backwards', () => training.course({ code: code(), minSize: 71 }));
    await training.refuses('window-backwards', () => training.course({ code: code(), windowTo: '2020-05-31' }));
    await training.refuses('agency-not-found', () => training.course({ code: code(), leadAgency: 'NOBODY' }));
    await training.refuses('agency-ended', () => training.course({ code: code(), leadAgency: 'SVHTT-CU' }));
  });

  it('stands on a task of its plan, whose days bound it and are its own where it says none [SEED-32]', async () => {
    const { taskId } = TASK;
    const open = { windowFrom: null, windowTo: null };
    const id = (await training.course({ code: code(), taskId, ...open })).courseId;
    expect(await training.get(CourseRepository).view(id)).toMatchObject({ taskId, windowFrom: '2020-06-01', windowTo: '2020-09-30' });
    const free = (await training.course({ code: code(), ...open })).courseId;
    expect(await training.get(CourseRepository).view(free)).toMatchObject({ taskId: null, windowFrom: null, windowTo: null });
    await training.refuses('plan-not-known', () => training.course({ code: code(), planId: NOWHERE }));
    await training.refuses('task-not-known', () => training.course({ code: code(), taskId: NOWHERE }));
    const foreign = randomUUID();
    await training.task({ taskId: foreign, code: 'X.1', plan: { ...TASK.plan, planId: randomUUID() } });
    await training.refuses('task-of-another-plan', () => training.course({ code: code(), taskId: foreign }));
    await training.refuses('outside-task-window', () => training.course({ code: code(), taskId, windowFrom: '2020-05-31' }));
    await training.refuses('outside-task-window', () => change(id, { windowTo: '2020-10-01' }));
    await change(id, { windowTo: '2020-08-31' });
    await change(id, { windowTo: null });
    expect(await training.get(CourseRepository).view(id)).toMatchObject({ windowFrom: '2020-06-01', windowTo: '2020-09-30' });
  });

  it('is changed with a reason: what is left out stays, a bound may be taken away', async () => {
    const id = await course();
    expect(await change(id, { windowTo: null, capacity: 60 }, 1)).toEqual({ courseId: id, state: 'open', version: 2 });
    const { windowFrom, windowTo, capacity, minSize, title } = await training.get(CourseRepository).view(id);
    expect({ windowFrom, windowTo, capacity, minSize, title }).toEqual({
      windowFrom: '2020-06-01',
      windowTo: null,
      capacity: 60,
      minSize: 30,
      title: COURSE.title,
    });
    expect(await training.told(id)).toEqual(['recorded', 'changed: Lùi do dịch']);
  });

  it('lets one of two who change it at once win, and tells the other', async () => {
    const id = await course();
    const outcomes = await Promise.allSettled([change(id, { capacity: 50 }, 1), change(id, { capacity: 60 }, 1)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'changed-meanwhile', details: [{ seenVersion: 1, version: 2, state: 'open' }] },
    });
    await training.refuses('changed-meanwhile', () => change(id, { capacity: 40 }, 1));
    await training.refuses('size-backwards', () => change(id, { capacity: 20 }));
    await training.refuses('window-backwards', () => change(id, { windowFrom: '2020-10-01' }));
    await training.refuses('agency-ended', () => change(id, { leadAgency: 'SVHTT-CU' }));
    await training.refuses('course-not-found', () => change(NOWHERE, { capacity: 40 }));
  });

  it('ends by a decision, once, and is not changed after', async () => {
    const [id, messageId] = [await course(), randomUUID()];
    const ended = await end(id, 'cancelled', messageId);
    expect(ended).toEqual({ courseId: id, state: 'cancelled', version: 2 });
    expect(await end(id, 'cancelled', messageId)).toEqual(ended);
    expect(await training.get(CourseRepository).view(id)).toMatchObject({ state: 'cancelled', decision: '15/QĐ-SDL' });
    await training.refuses('course-ended', () => end(id, 'closed'));
    await training.refuses('course-ended', () => change(id, { capacity: 60 }));
    expect(await training.told(id)).toEqual(['recorded', 'cancelled: Hết kinh phí']);
  });

  it('is listed by plan, task and state, page by page', async () => {
    const planId = randomUUID();
    const ids = [];
    const [one, other] = [randomUUID(), randomUUID()];
    for (const taskId of [one, other]) await training.task({ taskId, plan: { ...TASK.plan, planId } });
    for (const taskId of [one, other, other]) ids.push((await training.course({ code: code(), planId, taskId })).courseId);
    await end(ids[2]!);
    const list = async (filter: object, limit = 10, after?: string) =>
      (await training.get(CourseRepository).list({ planId, limit, ...filter }, limit, after)).map(({ courseId }) => courseId);
    expect(await list({})).toEqual([...ids].sort());
    expect(await list({ taskId: one })).toEqual([ids[0]]);
    expect(await list({ state: 'cancelled' })).toEqual([ids[2]]);
    const [first] = await list({}, 1);
    expect(await list({}, 10, first)).toEqual([...ids].sort().slice(1));
  });
});

describe('a venue', () => {
  it('is recorded in a district, changed with a reason and retired, each once', async () => {
    const [id, messageId] = [await venue(), randomUUID()];
    expect(await changeSeats(id, { capacity: 100 }, 1)).toEqual({ venueId: id, retired: false, version: 2 });
    const retired = await retire(id, messageId);
    expect(retired).toEqual({ venueId: id, retired: true, version: 3 });
    expect(await retire(id, messageId)).toEqual(retired);
    expect(await training.get(VenueRepository).view(id)).toMatchObject({ name: 'Nhà văn hóa xã Bát Tràng', capacity: 100, retired: true });
    expect(await training.told(id)).toEqual(['recorded', 'changed: Sửa hội trường', 'retired: Trả mặt bằng']);
    await training.refuses('venue-retired', () => retire(id));
    await training.refuses('venue-retired', () => changeSeats(id, { capacity: 90 }));
    await training.refuses('changed-meanwhile', () => changeSeats(id, { capacity: 90 }, 2));
  });

  it('is refused with a code that is taken or in a district that is not there', async () => {
    const taken = code();
    await training.venue({ code: taken });
    await training.refuses('venue-code-taken', () => training.venue({ code: taken }));
    await training.refuses('agency-not-found', () => training.venue({ code: code(), district: 'NOBODY' }));
    const id = await venue();
    await training.refuses('agency-ended', () => changeSeats(id, { district: 'SVHTT-CU' }));
    await training.refuses('venue-not-found', () => retire(NOWHERE));
    await training.refuses('venue-not-found', () => training.get(VenueRepository).view(NOWHERE));
  });

  it('is listed by district, seats and whether it is in use', async () => {
    const [small, large, gone] = [
      await training.venue({ code: code(), district: 'SDL', capacity: 40 }),
      await training.venue({ code: code(), district: 'SDL', capacity: 90 }),
      await training.venue({ code: code(), district: 'SDL', capacity: 90 }),
    ];
    await retire(gone.venueId);
    const list = async (filter: object) =>
      (await training.get(VenueRepository).list({ district: 'SDL', limit: 10, ...filter }, 10, undefined)).map(({ venueId }) => venueId);
    expect(await list({})).toEqual([small.venueId, large.venueId, gone.venueId].sort());
    expect(await list({ seats: 70, retired: false })).toEqual([large.venueId]);
  });
});
