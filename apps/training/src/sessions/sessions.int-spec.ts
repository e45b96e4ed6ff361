import { randomUUID } from 'node:crypto';
import type { PayloadOf, planClass, scheduleClass } from '#contracts';
import { CancelClass } from '../classes/cancel-class.js';
import { ClassViews } from '../classes/class-view.repository.js';
import { PlanClass } from '../classes/plan-class.js';
import { at, TrainingFixture } from '../training.int-fixture.js';
import { AddSession } from './add-session.js';
import { RemoveSession } from './remove-session.js';
import { ScheduleClass } from './schedule-class.js';

let training: TrainingFixture;
let courseId: string;
beforeAll(async () => {
  training = await TrainingFixture.start('2020-06-01T09:00');
  ({ courseId } = await training.course({ windowTo: '2020-12-31' }));
});
afterAll(() => training.stop());

const reason = 'Dịch Covid-19';
const venue = async () => (await training.venue({ code: randomUUID().toUpperCase() })).venueId;
const plan = (changes: Partial<PayloadOf<typeof planClass>> = {}) =>
  training.get(PlanClass).execute(
    // Tuesday and Wednesday.
    { courseId, code: randomUUID().toUpperCase(), title: 'Lớp Bát Tràng', district: 'UBND-GIALAM', firstDay: '2020-07-07', ...changes },
    training.message(),
  );
const cancel = (classId: string) => training.get(CancelClass).execute({ classId, decision: '09/TB-SDL', reason }, training.message());
const view = (classId: string) => training.get(ClassViews).view(classId);
const days = async (classId: string) => (await view(classId)).sessions.map(({ day, part }) => `${day} ${part}`);

describe('a class without days', () => {
  /** As one that was opened from its task. @returns its id */
  const open = async (venueId: string | null = null) => {
    const { classId } = await plan();
    await training.database.classSession.deleteMany({ where: { classId } });
    await training.database.trainingClass.update({ where: { id: classId }, data: { venueId } });
    return classId;
  };
  const schedule = (classId: string, given: Omit<PayloadOf<typeof scheduleClass>, 'classId'>, id?: string) =>
    training.get(ScheduleClass).execute({ classId, ...given }, training.message(id));

  it('gets them at once, with venue and trainers, once by a message that comes twice', async () => {
    const [venueId, { trainerId }, id] = [await venue(), await training.trainer(), randomUUID()];
    const classId = await open();
    const sessions = [
      { day: '2020-07-08', part: 'morning' as const, topic: 'Ôn tập', trainerId },
      { day: '2020-07-07', part: 'afternoon' as const, trainerId: null },
    ];
    const scheduled = await schedule(classId, { sessions, venueId, seenVersion: 1 }, id);
    expect(scheduled).toMatchObject({ classId, state: 'planned', firstDay: '2020-07-07', version: 2 });
    expect(await schedule(classId, { sessions, venueId, seenVersion: 1 }, id)).toEqual(scheduled);
    expect(await view(classId)).toMatchObject({
      venueId,
      sessions: [
        {
          sessionId: scheduled.sessions[0],
          day: '2020-07-07',
          part: 'afternoon',
          topic: 'Tổng quan về du lịch',
          trainerId: null,
          active: true,
        },
        { sessionId: scheduled.sessions[1], day: '2020-07-08', part: 'morning', topic: 'Ôn tập', trainerId },
      ],
    });
    expect(await training.told(classId)).toEqual(['planned', 'scheduled']);
    await training.refuses('class-scheduled', () => schedule(classId, { firstDay: '2020-07-09' }));
    const other = await open();
    await training.refuses('trainer-taken', () => schedule(other, { sessions }));
    await training.refuses('venue-taken', () => schedule(other, { firstDay: '2020-07-07', venueId }));
    await training.refuses('days-missing', () => schedule(other, {}));
    await training.refuses('changed-meanwhile', () => schedule(other, { firstDay: '2020-07-07', seenVersion: 7 }));
    await training.refuses('outside-window', () => schedule(other, { firstDay: '2021-01-05' }));
    await cancel(other);
    await training.refuses('class-not-standing', () => schedule(other, { firstDay: '2020-07-07' }));
  });

  it('keeps the venue that it has, and takes as many days as its course says', async () => {
    const venueId = await venue();
    const classId = await open(venueId);
    await schedule(classId, { firstDay: '2020-07-10' });
    expect(await days(classId)).toEqual(['2020-07-10 morning', '2020-07-10 afternoon', '2020-07-13 morning', '2020-07-13 afternoon']);
    expect(await view(classId)).toMatchObject({ venueId });
  });

  it('is scheduled by one of two who do so at once', async () => {
    const classId = await open();
    const outcomes = await Promise.allSettled([
      schedule(classId, { firstDay: '2020-07-07' }),
      schedule(classId, { firstDay: '2020-07-09' }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await days(classId)).toHaveLength(4);
  });
});

describe('sessions one by one', () => {
  const add = (classId: string, day: string, trainerId: string | null = null, id?: string) =>
    training.get(AddSession).execute({ classId, day, part: 'morning', topic: 'Ôn tập', trainerId, reason }, training.message(id));
  const remove = (classId: string, sessionId: string, id?: string) =>
    training.get(RemoveSession).execute({ classId, sessionId, reason }, training.message(id));

  it('are added with venue and trainer, and removed: what they booked is free', async () => {
    const [venueId, { trainerId }, id] = [await venue(), await training.trainer(), randomUUID()];
    const { classId } = await plan({ venueId });
    const added = await add(classId, '2020-07-06', trainerId, id);
    expect(added).toMatchObject({ classId, sessionId: id, firstDay: '2020-07-06', version: 2 });
    expect(await add(classId, '2020-07-06', trainerId, id)).toEqual(added);
    expect((await view(classId)).sessions[0]).toMatchObject({ sessionId: id, day: '2020-07-06', topic: 'Ôn tập', trainerId });
    const other = await plan();
    await training.refuses('trainer-taken', () => add(other.classId, '2020-07-06', trainerId));
    await training.refuses('sessions-overlap', () => add(classId, '2020-07-07'));
    await training.refuses('day-off', () => add(classId, '2020-07-11'));
    const message = randomUUID();
    const removed = await remove(classId, id, message);
    expect(removed).toMatchObject({ firstDay: '2020-07-07', version: 3 });
    expect(await remove(classId, id, message)).toEqual(removed);
    expect((await view(classId)).sessions).toHaveLength(4);
    expect(await add(other.classId, '2020-07-06', trainerId)).toMatchObject({ firstDay: '2020-07-06' });
    expect(await training.told(classId)).toEqual(['planned', `session-added: ${reason}`, `session-removed: ${reason}`]);
    await training.refuses('session-not-found', () => remove(classId, id));
  });

  it('stay when they have begun, and of a class that is not to be held', async () => {
    const { classId, sessions } = await plan();
    training.clock.set(at('2020-07-07T08:00'));
    await training.refuses('session-begun', () => remove(classId, sessions[0]!));
    await expect(remove(classId, sessions[1]!)).resolves.toMatchObject({ firstDay: '2020-07-07' });
    training.clock.set(at('2020-06-01T09:00'));
    await cancel(classId);
    await training.refuses('class-not-standing', () => remove(classId, sessions[2]!));
    await training.refuses('class-not-standing', () => add(classId, '2020-07-09'));
  });
});
