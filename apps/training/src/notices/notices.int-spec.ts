import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { ChangeClass } from '../classes/change-class.js';
import { LockDueRosters } from '../rosters/lock-due.js';
import { MoveSession } from '../sessions/move-session.js';
import { at, NOWHERE, TASK, type TrainingFixture } from '../training.int-fixture.js';
import { AnnouncementViews } from './announcement-view.repository.js';
import { MarkUrgent } from './mark-urgent.js';
import { TellClasses } from './tell-classes.js';
import {
  cancel,
  accept,
  closed,
  conflicts,
  inState,
  join,
  leave,
  lock,
  mails,
  notices,
  postpone,
  reason,
  rosters,
  said,
  startTraining,
  stateOf,
  sweep,
} from './closed-class.int-fixture.js';

let training: TrainingFixture;
beforeAll(async () => {
  training = await startTraining();
});
afterAll(() => training.stop());

describe('trainees', () => {
  it('are invited once, four working days before, when the roster is locked; reminded once, on the working day before', async () => {
    const { classId, people } = await closed();
    const [silent, left] = [
      await join(classId, 'Học Viên Không Thư', { email: null }),
      await join(classId, 'Học Viên Y', { restricted: true }),
    ];
    await sweep('2020-06-30T09:00');
    expect(await mails(classId)).toEqual([]);
    await lock(classId);
    await sweep('2020-06-30T09:30');
    expect(await mails(classId)).toEqual([]);
    for (const time of ['2020-07-01T08:00', '2020-07-01T08:30', '2020-07-02T10:00']) await sweep(time);
    await Promise.all([sweep('2020-07-02T10:30'), sweep('2020-07-02T10:30')]);
    const invited = await notices(classId);
    expect(invited.map(({ recipientId }) => recipientId).sort()).toEqual([...people].sort());
    expect(invited[0]).toMatchObject({ occasion: 'invitation', reader: 'trainee', sequence: 0, cancelled: [], urgent: null });
    expect(invited[0]?.sessions.map(({ date, startsAt }) => `${date} ${startsAt}`)).toEqual([
      '2020-07-07 08:00',
      '2020-07-07 13:30',
      '2020-07-08 08:00',
      '2020-07-08 13:30',
    ]);
    expect(await stateOf(classId)).toBe('notified');
    // The fifth is a Sunday.
    await sweep('2020-07-05T10:00');
    for (const time of ['2020-07-06T07:30', '2020-07-06T09:00']) await sweep(time);
    await Promise.all([sweep('2020-07-06T09:30'), sweep('2020-07-06T09:30')]);
    for (const who of people) expect(await said(classId, who)).toEqual(['invitation 0', 'reminder 1']);
    for (const who of [silent, left]) expect(await said(classId, who)).toEqual([]);
    await sweep('2020-07-07T08:00');
    expect(await said(classId, people[0]!)).toHaveLength(2);
  });

  it('are not invited later than three working days before, unless the class is urgent; then the mail says why', async () => {
    training.clock.set(at('2020-07-03T08:00'));
    const { classId, people } = await closed();
    await lock(classId);
    await sweep('2020-07-03T08:30');
    expect([await mails(classId), await stateOf(classId)]).toEqual([[], 'roster-locked']);
    expect(await conflicts(classId)).toEqual([
      'invitation-late only 2 working days are left, 3 are the least; mark it urgent if it must be',
    ]);
    const id = randomUUID();
    const mark = () => training.get(MarkUrgent).execute({ classId, reason: 'Quyết định có muộn' }, training.message(id));
    expect(await mark()).toEqual(await mark());
    expect(await conflicts(classId)).toEqual([]);
    expect(await training.told(classId)).toContain('marked-urgent: Quyết định có muộn');
    await sweep('2020-07-03T08:35');
    expect(await notices(classId, people[0])).toMatchObject([{ occasion: 'invitation', urgent: 'Quyết định có muộn' }]);
    expect(await stateOf(classId)).toBe('notified');
    await cancel(classId);
    await training.refuses('class-not-standing', () => training.get(MarkUrgent).execute({ classId, reason }, training.message()));
    await training.refuses('class-not-found', () => training.get(MarkUrgent).execute({ classId: NOWHERE, reason }, training.message()));
  });

  it('hear of days and places that change, of a seat that became theirs, and of one that is no more', async () => {
    training.clock.set(at('2020-06-30T08:00'));
    const { classId, people, sessions } = await closed();
    await lock(classId);
    await sweep('2020-07-01T08:00');
    const { venueId } = await training.venue({ code: randomUUID().toUpperCase() });
    await training.get(ChangeClass).execute({ classId, changes: { venueId }, reason }, training.message());
    const promoted = await join(classId, 'Học Viên Mới');
    const { id: subjectId } = await training.database.enrolment.findFirstOrThrow({ where: { classId, traineeId: promoted } });
    const line = {
      subject: 'enrolment',
      subjectId,
      at: new Date(),
      what: 'promoted',
      actor: 'service:training',
      correlationId: randomUUID(),
    };
    await training.database.history.create({ data: line });
    await leave(classId, people[0]!);
    await sweep('2020-07-01T09:00');
    await sweep('2020-07-01T09:30');
    expect(await said(classId, people[0]!)).toEqual(['invitation 0', 'withdrawn 1']);
    expect(await said(classId, people[1]!)).toEqual(['invitation 0', 'changed 1']);
    expect(await said(classId, promoted)).toEqual(['promoted 0']);
    const [, gone] = await notices(classId, people[0]);
    expect(gone?.sessions).toEqual([]);
    expect(gone?.cancelled.map(({ sessionId }) => sessionId)).toEqual(sessions);
    expect((await notices(classId, people[1])).at(-1)).toMatchObject({ changed: ['venue'], cancelled: [], decision: null });
    await training
      .get(MoveSession)
      .execute({ classId, sessionId: sessions[3]!, day: '2020-07-09', part: 'morning', reason }, training.message());
    await sweep('2020-07-01T10:00');
    expect((await notices(classId, people[1])).at(-1)).toMatchObject({ occasion: 'changed', changed: ['sessions'], sequence: 2 });
    expect(await said(classId, people[0]!)).toHaveLength(2);
  });
});

describe('a class that is not held on its days', () => {
  it('is postponed by a week: the same sessions in every calendar, a higher sequence, a reminder of the new day alone', async () => {
    training.clock.set(at('2020-06-30T08:00'));
    const { classId, trainerId, people, sessions } = await closed();
    await lock(classId);
    await sweep('2020-07-03T09:00').then(() => undefined);
    await training.get(MarkUrgent).execute({ classId, reason }, training.message());
    await sweep('2020-07-03T09:30');
    await postpone(classId, '2020-07-14');
    const moved = (await notices(classId, people[0])).at(-1)!;
    expect(moved).toMatchObject({ occasion: 'changed', changed: ['sessions'], decision: '09/TB-SDL', reason, sequence: 1, cancelled: [] });
    expect(moved.sessions.map(({ sessionId }) => sessionId)).toEqual(sessions);
    expect(moved.sessions[0]?.date).toBe('2020-07-14');
    for (const time of ['2020-07-03T10:00', '2020-07-06T09:00', '2020-07-07T08:00']) await sweep(time);
    expect(await said(classId, people[0]!)).toEqual(['invitation 0', 'changed 1']);
    expect(await rosters(classId, trainerId)).toHaveLength(1);
    // The trainer, too, knows at once that nothing is held on the days of the roster; the invitation to the new ones may come weeks later.
    expect(await notices(classId, trainerId)).toMatchObject([
      { occasion: 'changed', reader: 'trainer', decision: '09/TB-SDL', reason, sequence: 1, sessions: moved.sessions, cancelled: [] },
    ]);
    // Asked anew, and they said yes; nominations are closed again.
    await accept(classId, trainerId);
    await inState(classId, 'nomination-closed');
    expect(await lock(classId)).toMatchObject({ rosterVersion: 2 });
    await sweep('2020-07-08T09:00');
    expect(await stateOf(classId)).toBe('notified');
    expect(await said(classId, people[0]!)).toHaveLength(2);
    await sweep('2020-07-10T09:00');
    expect((await rosters(classId, trainerId))[1]).toMatchObject({
      rosterVersion: 2,
      delta: { joined: 0, left: 0, changed: ['sessions'] },
      sequence: 2,
    });
    await sweep('2020-07-13T09:00');
    expect(await said(classId, people[0]!)).toEqual(['invitation 0', 'changed 1', 'reminder 2']);
    expect(await training.get(AnnouncementViews).list(classId)).toContainEqual(
      expect.objectContaining({ personId: people[0], role: 'trainee', sequence: 2, remindedFor: '2020-07-14' }),
    );
  });

  it('is cancelled, or postponed without days: whoever was told has exactly that taken out, at once and once; no roster follows', async () => {
    for (const end of ['cancelled', 'postponed'] as const) {
      training.clock.set(at('2020-06-30T08:00'));
      const { classId, trainerId, people, sessions } = await closed();
      await lock(classId);
      await sweep('2020-07-01T09:00');
      const late = await join(classId, 'Học Viên Muộn');
      // A Sunday: it waits for office hours, after whatever waits there already.
      training.clock.set(at('2020-07-05T20:00'));
      await (end === 'cancelled' ? cancel(classId) : postpone(classId));
      for (const time of ['2020-07-06T07:30', '2020-07-06T09:00', '2020-07-07T08:00']) await sweep(time);
      for (const who of people) {
        const [, over, ...more] = await notices(classId, who);
        expect(more).toEqual([]);
        expect(over).toMatchObject({ occasion: end, sessions: [], venue: null, decision: '09/TB-SDL', reason, sequence: 1 });
        expect(over?.cancelled.map(({ sessionId }) => sessionId)).toEqual(sessions);
      }
      expect(await notices(classId, late)).toEqual([]);
      expect([await rosters(classId), await notices(classId, trainerId)]).toEqual([[], []]);
    }
  });

  it('has no roster sent when it is cancelled while the sweep wants to send it, whoever is first', async () => {
    for (const order of [0, 1]) {
      training.clock.set(at('2020-06-30T08:00'));
      const { classId, trainerId } = await closed();
      await lock(classId);
      training.clock.set(at('2020-07-03T09:00'));
      const both = [() => cancel(classId), () => training.get(TellClasses).execute()];
      await Promise.all((order === 0 ? both : both.reverse()).map((work) => work()));
      const about = await mails(classId);
      const last = about.filter(({ recipientId }) => recipientId === trainerId).map(({ mail }) => mail.template);
      expect([[], ['class-roster', 'class-notice']]).toContainEqual(last);
      await sweep('2020-07-03T09:30');
      expect(await mails(classId)).toHaveLength(about.length);
    }
  });
});

it('asks and tells nobody to come while its task stands still, and tells whoever was told that it is cancelled [SEED-42] [SEED-47]', async () => {
  training.clock.set(at('2020-06-29T08:00'));
  const waiting = await closed();
  const locked = await closed();
  await lock(locked.classId);
  const told = await closed();
  await lock(told.classId);
  await sweep('2020-07-01T08:00');
  expect((await notices(told.classId)).length).toBe(3);
  const classes = [waiting, locked, told].map(({ classId }) => classId);
  await training.database.course.updateMany({ where: { classes: { some: { id: { in: classes } } } }, data: { taskId: TASK.taskId } });
  await training.task({ version: 900, status: 'suspended' });
  await training.refuses('task-suspended', () => lock(waiting.classId));
  await training.get(LockDueRosters).execute();
  for (const time of ['2020-07-03T09:00', '2020-07-06T09:00']) await sweep(time);
  expect([await stateOf(waiting.classId), await rosters(told.classId), (await notices(told.classId)).length]).toEqual([
    'nomination-closed',
    [],
    3,
  ]);
  await training.task({ version: 901, status: 'in-progress', approved: false });
  await training.refuses('approval-missing', () => lock(waiting.classId));
  await sweep('2020-07-06T09:30');
  expect(await rosters(told.classId)).toEqual([]);
  await cancel(locked.classId);
  expect(
    (await notices(locked.classId))
      .map(({ occasion }) => occasion)
      .sort()
      .slice(0, 3),
  ).toEqual(['cancelled', 'cancelled', 'cancelled']);
  await training.task({ version: 902, status: 'in-progress' });
  await sweep('2020-07-06T10:00');
  expect([(await rosters(told.classId)).length, await said(told.classId, told.people[0]!)]).toEqual([1, ['invitation 0', 'reminder 1']]);
  await lock(waiting.classId);
  expect(await stateOf(waiting.classId)).toBe('roster-locked');
});

it('tells nothing on a day off, nor outside office hours', async () => {
  training.clock.set(at('2020-06-30T08:00'));
  // Of a Saturday and a Sunday: two working days before are Thursday.
  const { classId } = await closed({ firstDay: '2020-07-11', daysOff: 'Tiểu thương bận ngày thường' });
  await lock(classId);
  for (const closedAt of ['2020-07-04T09:00', '2020-07-09T07:00', '2020-07-08T17:00', '2020-07-11T09:00']) await sweep(closedAt);
  expect(await mails(classId)).toEqual([]);
  expect(Temporal.PlainDate.from('2020-07-11').dayOfWeek).toBe(6);
});
