import { randomUUID } from 'node:crypto';
import { ClassViews } from '../classes/class-view.repository.js';
import { PlanClass } from '../classes/plan-class.js';
import { NOWHERE, TrainingFixture } from '../training.int-fixture.js';
import { RecordAbsence } from '../trainers/record-absence.js';
import { ConfirmSchedule } from './confirm-schedule.js';
import { ProposeSchedule } from './propose-schedule.js';

let training: TrainingFixture;
let courseId: string;
const trainers: string[] = [];
beforeAll(async () => {
  training = await TrainingFixture.start('2020-06-01T09:00');
  ({ courseId } = await training.course());
  await training.venue();
  for (let at = 0; at < 2; at += 1) trainers.push((await training.trainer()).trainerId);
  for (const code of ['LOP-1', 'LOP-2', 'LOP-3']) await open(code);
});
afterAll(() => training.stop());

/** A class without days, as it is opened from its task. */
async function open(code: string): Promise<void> {
  const given = { courseId, code, title: code, district: 'UBND-GIALAM', firstDay: '2020-07-07' };
  const { classId } = await training.get(PlanClass).execute(given, training.message());
  await training.database.classSession.deleteMany({ where: { classId } });
}
const ask = (more: object = {}) => training.get(ProposeSchedule).execute({ courseId, ...more });
type Placed = Awaited<ReturnType<typeof ask>>['placed'];
const confirm = (placed: Placed, id?: string) =>
  training.get(ConfirmSchedule).execute(
    {
      classes: placed.map(({ classId, version, venueId, sessions }) => ({
        classId,
        seenVersion: version,
        venueId,
        sessions: sessions.map(({ day, part, topic, trainerId }) => ({ day, part, topic, trainerId })),
      })),
    },
    training.message(id),
  );

describe('scheduling help [SEED-32]', () => {
  it('proposes for classes without days, ten working days ahead, around what is booked and who is away; and books nothing', async () => {
    const away = { trainerId: trainers[0]!, fromOn: '2020-06-15', toOn: '2020-09-30', reason: 'Đi công tác' };
    await training.get(RecordAbsence).execute(away, training.message());
    const before = await training.contents();
    const { placed, unplaced } = await ask();
    expect([placed.map((one) => one.class), unplaced]).toEqual([['LOP-1', 'LOP-2', 'LOP-3'], []]);
    expect(await training.contents()).toEqual(before);
    expect(placed[0]!.sessions[0]!.day).toBe('2020-06-15');
    expect(placed.flatMap((one) => one.sessions).every((one) => one.trainerId === trainers[1])).toBe(true);
    expect(await ask()).toEqual({ placed, unplaced });
    expect((await ask({ from: '2020-08-03' })).placed[0]!.sessions[0]!.day).toBe('2020-08-03');
    await expect(ask({ courseId: NOWHERE })).rejects.toMatchObject({ code: 'course-not-found' });
  });

  it('books what a person confirms, all or nothing, once by a message that comes twice', async () => {
    const { placed } = await ask();
    const [first, second, third] = placed as [Placed[number], Placed[number], Placed[number]];
    // Two at one place at one time: the second collides, and the first is not booked either.
    const { details } = await training.refuses('trainer-taken', () => confirm([first, { ...second, sessions: first.sessions }]));
    expect(details).not.toEqual([]);
    await training.refuses('changed-meanwhile', () => confirm([first, { ...second, version: 9 }]));
    await training.refuses('class-not-found', () => confirm([first, { ...second, classId: NOWHERE }]));
    await training.refuses('trainer-away', () =>
      confirm([first, { ...second, sessions: second.sessions.map((one) => ({ ...one, trainerId: trainers[0]! })) }]),
    );
    const id = randomUUID();
    const confirmed = await confirm([first, second], id);
    expect(await confirm([first, second], id)).toEqual(confirmed);
    for (const one of [first, second])
      expect(
        (await training.get(ClassViews).view(one.classId)).sessions.map(({ day, part, trainerId }) => ({ day, part, trainerId })),
      ).toEqual(one.sessions.map(({ day, part, trainerId }) => ({ day, part, trainerId })));
    expect(await training.told(first.classId)).toEqual(['planned', 'scheduled']);
    expect((await ask()).placed.map((one) => one.class)).toEqual(['LOP-3']);
    await training.refuses('class-scheduled', () => confirm([{ ...first, version: first.version + 1 }]));
    // What one of two people confirmed meanwhile, the other is told.
    const outcomes = await Promise.allSettled([confirm([third]), confirm([third])]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
