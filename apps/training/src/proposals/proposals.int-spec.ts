import type { PayloadOf, proposeSchedule, ReplyOf } from '#contracts';
import { ClassViews } from '../classes/class-view.repository.js';
import { at, TASK, TrainingFixture } from '../training.int-fixture.js';
import { ConfirmSchedule } from './confirm-schedule.js';
import { ProposeSchedule } from './propose-schedule.js';

let training: TrainingFixture;
let courseId: string;

beforeAll(async () => {
  training = await TrainingFixture.start('2020-06-01T09:00');
  ({ courseId } = await training.course({ taskId: TASK.taskId }));
  for (const code of ['LOP-A-01', 'LOP-A-02', 'LOP-A-03']) {
    await training.database.trainingClass.create({
      data: { id: crypto.randomUUID(), courseId, code, title: code, district: 'UBND-GIALAM', capacity: 70, minSize: 30 },
    });
  }
  await training.venue();
  await training.trainer({ specialities: ['du lịch'] });
});
afterAll(() => training.stop());

const propose = (ask: PayloadOf<typeof proposeSchedule> = {}) => training.get(ProposeSchedule).execute(ask);
const confirm = (items: ReplyOf<typeof proposeSchedule>['items'], id?: string) =>
  training
    .get(ConfirmSchedule)
    .execute(
      { classes: items.map(({ classId, venueId, sessions, seenVersion }) => ({ classId, venueId, sessions, seenVersion })) },
      training.message(id),
    );

describe('help with the schedule', () => {
  it('proposes the same twice, 20 working days ahead at the earliest, and changes nothing', async () => {
    const before = await training.contents();
    const { items, unplaced } = await propose();
    expect(unplaced).toEqual([]);
    expect(items.map(({ code }) => code)).toEqual(['LOP-A-01', 'LOP-A-02', 'LOP-A-03']);
    expect(items[0]!.sessions.map(({ day, part }) => `${day} ${part}`)[0]! >= '2020-06-30').toBe(true);
    expect(await propose({ courseId })).toEqual({ items, unplaced });
    expect(await training.contents()).toEqual(before);
  });

  it('says what stands in the way of days that are asked for', async () => {
    const { items, unplaced } = await propose({ from: '2020-09-29', to: '2020-09-30' });
    expect(items).toHaveLength(1);
    expect(unplaced.map(({ why }) => why[0]?.textEn)).toEqual(Array(2).fill('Week 40/2020: no venue of 70 places is free at UBND-GIALAM'));
  });

  it('books all that is confirmed or nothing, and once for a message that comes twice', async () => {
    const { items } = await propose();
    const clashing = items.map((one) => ({ ...one, sessions: items[0]!.sessions }));
    const { details } = await training.refuses('trainer-taken', () => confirm(clashing));
    expect(details).toContainEqual(expect.objectContaining({ day: items[0]!.sessions[0]!.day }));
    await training.refuses('changed-meanwhile', () => confirm(items.map((one) => ({ ...one, seenVersion: 9 }))));
    const id = crypto.randomUUID();
    const [once, again] = [await confirm(items, id), await confirm(items, id)];
    expect(again).toEqual(once);
    expect(once.classes).toHaveLength(3);
    const views = await training.get(ClassViews).list({ courseId, limit: 10 }, 10, undefined);
    expect(views.map(({ sessions }) => sessions.length)).toEqual([4, 4, 4]);
    expect(await training.get(ClassViews).conflicts({}, at('2020-06-01T09:00'))).toEqual([]);
    expect(await propose()).toEqual({ items: [], unplaced: [] });
  });
});
