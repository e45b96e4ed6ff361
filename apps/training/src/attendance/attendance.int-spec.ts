import { randomUUID } from 'node:crypto';
import { ClassViews } from '../classes/class-view.repository.js';
import { HistoryRepository } from '../history/history.repository.js';
import { AccessLinkRepository } from '../links/access-link.repository.js';
import type { LinkPurpose } from '../links/access-link.js';
import { heldClass, mark, marksOf, type HeldForTest } from '../held-class.int-fixture.js';
import { MarkUrgent } from '../notices/mark-urgent.js';
import { at, NOWHERE, refusal, TrainingFixture } from '../training.int-fixture.js';
import { AskForAttendance } from './ask-for-attendance.js';
import { AttendanceViews } from './attendance-view.repository.js';
import { MoveClassesOn } from './move-classes-on.js';
import { RecordAttendanceByLink } from './record-attendance-by-link.js';
import { RecordAttendanceSheet } from './record-attendance-sheet.js';
import { RecordAttendance } from './record-attendance.js';

let training: TrainingFixture;
beforeAll(async () => {
  training = await TrainingFixture.start('2020-06-01T09:00');
});
beforeEach(() => {
  training.clock.set(at('2020-06-01T09:00'));
});
afterAll(() => training.stop());

const now = (local: string) => {
  training.clock.set(at(local));
};
const reason = 'Giảng viên đính chính';
const state = async ({ classId }: HeldForTest) => (await training.get(ClassViews).view(classId)).state;
const enrolments = async ({ enrolments: ids }: HeldForTest) => {
  const rows = await training.database.enrolment.findMany({ where: { id: { in: [...ids] } } });
  return ids.map((id) => rows.find((row) => row.id === id)?.state);
};
const onRecord = (of: HeldForTest) => training.database.attendance.count({ where: { session: { classId: of.classId } } });
const moveOn = () => training.get(MoveClassesOn).execute();
const link = ({ classId, trainerId }: HeldForTest, purpose: LinkPurpose = 'class', personId = trainerId) =>
  training.database.$transaction((tx) =>
    training.get(AccessLinkRepository).issue(tx, {
      purpose,
      classId,
      personId,
      issuedAt: training.clock.now(),
      expiresAt: at('2020-08-01T00:00'),
    }),
  );
const byLink = (of: HeldForTest, token: string, session: number, letters: string) =>
  training
    .get(RecordAttendanceByLink)
    .execute({ token, marks: marksOf(of, letters).map((one) => ({ ...one, sessionId: of.sessions[session - 1]! })) }, training.message());

describe('a class', () => {
  it('begins with its first session, by the clock, once', async () => {
    const of = await heldClass(training);
    now('2020-07-07T07:59');
    await moveOn();
    expect(await state(of)).toBe('notified');
    now('2020-07-07T08:00');
    await Promise.all([moveOn(), moveOn()]);
    expect(await state(of)).toBe('in-progress');
    expect((await training.told(of.classId)).filter((what) => what === 'begun')).toHaveLength(1);
  });

  it('begins from a locked roster only when all who have an address were told', async () => {
    const of = await heldClass(training, { trainees: 2, state: 'roster-locked', firstDay: '2020-07-09' });
    now('2020-07-09T08:00');
    await moveOn();
    expect(await state(of)).toBe('roster-locked');
    await training.refuses('class-not-begun', () => mark(training, of, 1, 'xx'));
    const who = { classId: of.classId, personId: of.trainees[1]!, role: 'trainee' };
    const tell = (sessions: object[]) => ({ told: { venueId: null, sessions, rosterVersion: 0 }, toldAt: new Date() });
    // Told that it was postponed, and not of the days that it has now.
    await training.database.announcement.create({ data: { ...who, ...tell([]) } });
    await moveOn();
    expect(await state(of)).toBe('roster-locked');
    const [session] = of.sessions;
    const known = { sessionId: session!, ordinal: 1, day: '2020-07-09', part: 'morning', topic: 'Tổng quan' };
    await training.database.announcement.update({ where: { classId_personId_role: who }, data: tell([known]) });
    await moveOn();
    expect(await state(of)).toBe('in-progress');
  });

  it('begins untold when a person says that it is held all the same, also after its first day', async () => {
    const of = await heldClass(training, { trainees: 2, state: 'roster-locked', firstDay: '2020-07-09' });
    now('2020-07-10T08:00');
    await moveOn();
    expect(await state(of)).toBe('roster-locked');
    await training.get(MarkUrgent).execute({ classId: of.classId, reason: 'Học viên được mời qua điện thoại.' }, training.message());
    await moveOn();
    expect(await state(of)).toBe('in-progress');
  });
});

describe('attendance', () => {
  it('of all sessions completes the class: present and late count, excused and absent do not, at 80 per cent of four sessions', async () => {
    const of = await heldClass(training, { firstDay: '2020-07-13' });
    now('2020-07-13T11:00');
    expect(await mark(training, of, 1, 'xmx--')).toMatchObject({ state: 'in-progress', recorded: 3, corrected: 0, missing: 2 });
    expect(await mark(training, of, 1, 'xmxpv')).toMatchObject({ recorded: 2, corrected: 0, missing: 0 });
    now('2020-07-14T17:00');
    await mark(training, of, 2, 'xxxxx');
    await mark(training, of, 3, 'xmxxx');
    expect(await state(of)).toBe('in-progress');
    await moveOn();
    expect(await state(of)).toBe('in-progress');
    expect(await mark(training, of, 4, 'xmvxx')).toMatchObject({ state: 'completed', missing: 0 });
    expect(await enrolments(of)).toEqual(['completed', 'completed', 'not-completed', 'not-completed', 'not-completed']);
    const view = await training.get(AttendanceViews).ofClass(of.classId, training.clock.now());
    expect(view.enrolments.map(({ attended }) => attended)).toEqual([4, 4, 3, 3, 3]);
    expect(view.sessions.every(({ attendedAt }) => attendedAt !== null)).toBe(true);
    expect(await training.told(of.classId)).toEqual(expect.arrayContaining(['begun', 'attendance-recorded', 'completed']));
    expect(await training.told(of.enrolments[2]!)).toEqual(['not-completed']);
  });

  it('is kept once by a message that comes twice, and changes nothing when it is said again', async () => {
    const of = await heldClass(training, { firstDay: '2020-07-15' });
    now('2020-07-15T09:00');
    const said = { sessionId: of.sessions[0]!, marks: marksOf(of, 'xxx') };
    const id = randomUUID();
    const record = () => training.get(RecordAttendance).execute(said, training.message(id));
    expect(await record()).toEqual(await record());
    const before = await training.told(of.classId);
    expect(await mark(training, of, 1, 'xxx')).toMatchObject({ recorded: 0, corrected: 0, missing: 2 });
    expect([await training.told(of.classId), await onRecord(of)]).toEqual([before, 3]);
  });

  it('of two who saw the same class is kept for one; the other is told that it changed', async () => {
    const of = await heldClass(training, { firstDay: '2020-07-16' });
    now('2020-07-16T09:00');
    await moveOn();
    const { version } = await training.get(ClassViews).view(of.classId);
    const say = (letters: string) =>
      refusal(
        training
          .get(RecordAttendance)
          .execute({ sessionId: of.sessions[0]!, marks: marksOf(of, letters), seenVersion: version }, training.message()),
      );
    const codes = (await Promise.all([say('xxxxx'), say('vvvvv')])).map((one) => (one as { code?: string }).code ?? 'kept');
    expect(codes.sort()).toEqual(['changed-meanwhile', 'kept']);
    expect(await onRecord(of)).toBe(5);
  });

  it('is refused, and nothing kept, for whom and what it cannot be of', async () => {
    const of = await heldClass(training, { firstDay: '2020-07-17' });
    now('2020-07-17T08:30');
    await moveOn();
    const say = (sessionId: string, marks: ReturnType<typeof marksOf>) => () =>
      training.get(RecordAttendance).execute({ sessionId, marks }, training.message());
    const [one] = marksOf(of, 'x');
    await training.refuses('session-not-found', say(NOWHERE, [one!]));
    await training.refuses('session-not-begun', say(of.sessions[1]!, [one!]));
    await training.refuses('not-enrolled', say(of.sessions[0]!, [one!, { enrolmentId: NOWHERE, status: 'present' }]));
    await training.refuses('marked-twice', say(of.sessions[0]!, [one!, { ...one!, status: 'absent' }]));
    await training.database.enrolment.update({ where: { id: of.enrolments[4]! }, data: { state: 'withdrawn' } });
    await training.refuses('not-enrolled', say(of.sessions[0]!, marksOf(of, 'xxxxx')));
  });

  it('is corrected freely for three working days, later with a reason, and counts again after the class is completed', async () => {
    const of = await heldClass(training, { firstDay: '2020-07-20' });
    now('2020-07-21T17:00');
    for (const session of [1, 2, 3, 4]) await mark(training, of, session, 'xxxxv');
    expect(await enrolments(of)).toEqual(['completed', 'completed', 'completed', 'completed', 'not-completed']);
    await training.refuses('reason-missing', () => mark(training, of, 1, 'v'));
    expect(await mark(training, of, 1, 'v---x', reason)).toMatchObject({ state: 'completed', corrected: 2 });
    for (const session of [2, 3, 4]) await mark(training, of, session, '----x', reason);
    expect(await enrolments(of)).toEqual(['not-completed', 'completed', 'completed', 'completed', 'completed']);
    expect(await training.told(of.classId)).toContain(`attendance-corrected: ${reason}`);
    expect(await training.told(of.enrolments[4]!)).toEqual(['not-completed', 'completed']);
  });

  it('does not count for somebody who sits in another class of the course meanwhile [SEED-41]', async () => {
    const of = await heldClass(training, { firstDay: '2020-07-20', trainees: 1 });
    now('2020-07-21T17:00');
    for (const session of [1, 2, 3, 4]) await mark(training, of, session, 'v');
    const other = await heldClass(training, { firstDay: '2020-08-20', trainees: 0 });
    const again = { classId: other.classId, courseId: of.courseId, traineeId: of.trainees[0]!, agency: 'UBND-GIALAM', state: 'enrolled' };
    await training.database.enrolment.create({ data: { id: randomUUID(), nominatedAt: new Date(), ...again } });
    for (const session of [1, 2, 3]) await mark(training, of, session, 'x', reason);
    await training.refuses('enrolled-elsewhere', () => mark(training, of, 4, 'x', reason));
  });

  it('is no longer missed by a class from which the last one missing withdrew', async () => {
    const of = await heldClass(training, { firstDay: '2020-07-22', trainees: 2 });
    now('2020-07-23T17:00');
    for (const session of [1, 2, 3, 4]) await mark(training, of, session, 'x');
    await moveOn();
    expect(await state(of)).toBe('in-progress');
    await training.database.enrolment.update({ where: { id: of.enrolments[1]! }, data: { state: 'withdrawn' } });
    await moveOn();
    expect([await state(of), await enrolments(of)]).toEqual(['completed', ['completed', 'withdrawn']]);
  });
});

describe('the link of a trainer', () => {
  it('shows and records their own sessions of the class, and is put on record', async () => {
    const of = await heldClass(training, { firstDay: '2020-07-27', trainees: 2 });
    const { trainerId } = await training.trainer();
    await training.database.classSession.update({ where: { id: of.sessions[3]! }, data: { trainerId } });
    const token = await link(of);
    now('2020-07-27T10:00');
    await moveOn();
    const before = await training.contents();
    const view = await training.get(AttendanceViews).ofLink(token, training.clock.now());
    expect(view.sessions.map(({ ordinal, begun }) => `${String(ordinal)} ${String(begun)}`)).toEqual(['1 true', '2 false', '3 false']);
    expect(view.trainees).toMatchObject([{ name: 'Học Viên <1>', marks: [] }, { name: 'Học Viên <2>' }]);
    expect(await training.contents()).toEqual(before);
    expect(await byLink(of, token, 1, 'xm')).toMatchObject({ recorded: 2, missing: 0 });
    expect(await training.database.attendance.findMany({ where: { sessionId: of.sessions[0]! } })).toMatchObject([
      { via: 'link', by: of.trainerId },
      { via: 'link', by: of.trainerId },
    ]);
    expect(await training.database.accessLinkUse.count({ where: { what: 'attendance' } })).toBe(1);
    now('2020-07-28T14:00');
    await training.refuses('session-not-found', () => byLink(of, token, 4, 'xx'));
  });

  it('opens nothing with another purpose, revoked or expired, and corrects for three working days only', async () => {
    const of = await heldClass(training, { firstDay: '2020-07-29', trainees: 1 });
    const [answer, revoked] = [await link(of, 'answer'), await link(of)];
    await training.database.$transaction((tx) =>
      training.get(AccessLinkRepository).revoke(tx, 'class', of.classId, of.trainerId, training.clock.now()),
    );
    const token = await link(of);
    now('2020-07-29T09:00');
    await moveOn();
    await training.refuses('link-unknown', () => byLink(of, answer, 1, 'x'));
    await training.refuses('link-revoked', () => byLink(of, revoked, 1, 'x'));
    await byLink(of, token, 1, 'x');
    now('2020-07-31T23:00');
    expect(await byLink(of, token, 1, 'm')).toMatchObject({ corrected: 1 });
    await training.database.accessLink.updateMany({ where: { classId: of.classId }, data: { expiresAt: new Date('2020-12-01') } });
    now('2020-08-04T00:00');
    await training.refuses('attendance-closed', () => byLink(of, token, 1, 'x'));
    now('2020-12-01T12:00');
    await training.refuses('link-expired', () => byLink(of, token, 1, 'x'));
  });
});

describe('the sheet of a class', () => {
  it('records what its boxes say, all of it or nothing', async () => {
    const of = await heldClass(training, { firstDay: '2020-07-30', trainees: 2 });
    now('2020-07-30T14:00');
    await moveOn();
    const view = await training.get(AttendanceViews).ofClass(of.classId, training.clock.now());
    const rows = (...texts: string[][]) =>
      texts.map((boxes, index) => ({
        number: { address: `A${String(index + 5)}`, text: String(view.enrolments[index]!.number) },
        marks: boxes.map((text, box) => ({ ordinal: box + 1, address: `${'EFGH'[box]!}${String(index + 5)}`, text })),
      }));
    const send = (...texts: string[][]) =>
      training.get(RecordAttendanceSheet).execute({ classId: of.classId, rows: rows(...texts) }, training.message());
    const { details } = await training.refuses('sheet-refused', () => send(['x', 'có mặt'], ['x', '?']));
    expect(details).toMatchObject([{ address: 'F6' }]);
    await training.refuses('session-not-begun', () => send(['x', 'x', 'x']));
    expect(await send(['x', 'có mặt'], ['v', ''])).toMatchObject({ recorded: 3, missing: 1 });
    expect(await training.database.attendance.count({ where: { via: 'sheet', by: 'tester' } })).toBe(3);
    const history = await training.get(HistoryRepository).list({ subject: 'class', subjectId: of.classId, limit: 50, after: undefined });
    expect(JSON.stringify(history)).not.toContain('Học Viên');
  });
});

describe('attendance that is missing', () => {
  const asked = async (of: HeldForTest) =>
    (
      (await training.written('notifications.send-mail.v1')) as {
        businessKey: string;
        stream: string;
        recipientId: string;
        mail: { template: string; token: string; sessions: { sessionId: string }[]; expiresOn: string };
      }[]
    ).filter(({ mail, recipientId }) => mail.template === 'attendance-missing' && recipientId === of.trainerId);
  const missing = async ({ classId }: HeldForTest) =>
    (await training.get(ClassViews).conflicts({ classId, kind: 'attendance-missing' }, training.clock.now())).map(
      ({ sessionId }) => sessionId,
    );

  it('is asked of the trainer at 18:00, once more later, and then a conflict until it is on record', async () => {
    const of = await heldClass(training, { firstDay: '2020-08-05', trainees: 1 });
    const ask = training.get(AskForAttendance);
    now('2020-08-05T17:30');
    await moveOn();
    await mark(training, of, 1, 'x');
    now('2020-08-05T18:00');
    await Promise.all([ask.first(), ask.first()]);
    await ask.first();
    const [mail, ...others] = await asked(of);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      businessKey: `attendance.${of.sessions[1]!}.${of.trainerId}`,
      stream: `attendance.${of.sessions[1]!}`,
      mail: { sessions: [{ sessionId: of.sessions[1] }], expiresOn: '2020-08-10' },
    });
    expect(mail?.mail.token).toMatch(/^sealed\./);
    expect(await training.database.accessLink.findFirst({ where: { classId: of.classId } })).toMatchObject({
      purpose: 'class',
      personId: of.trainerId,
      expiresAt: new Date('2020-08-10T17:00:00Z'),
    });
    now('2020-08-06T08:00');
    await ask.again(training.clock.now());
    expect(await asked(of)).toHaveLength(1);
    now('2020-08-06T18:00');
    await mark(training, of, 3, 'x');
    await mark(training, of, 4, 'x');
    now('2020-08-07T07:59');
    expect(await missing(of)).toEqual([]);
    now('2020-08-07T08:00');
    await ask.again(training.clock.now());
    expect((await asked(of)).map(({ businessKey }) => businessKey)).toEqual([mail?.businessKey, `${String(mail?.businessKey)}.again`]);
    expect(await missing(of)).toEqual([of.sessions[1]]);
    expect(await mark(training, of, 2, 'v')).toMatchObject({ state: 'completed' });
    await ask.again(training.clock.now());
    expect([(await asked(of)).length, await missing(of)]).toEqual([2, []]);
  });
});
