import { randomUUID } from 'node:crypto';
import { ChangeClass } from '../classes/change-class.js';
import { at, NOWHERE, type TrainingFixture } from '../training.int-fixture.js';
import { LockDueRosters } from './lock-due.js';
import { RecordRosterDownload } from './record-download.js';
import { RosterViews } from './roster-view.repository.js';
import {
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
  startTraining,
  stateOf,
  sweep,
  teach,
} from '../notices/closed-class.int-fixture.js';

let training: TrainingFixture;
beforeAll(async () => {
  training = await startTraining();
});
afterAll(() => training.stop());

describe('the lock of a roster', () => {
  it('takes who is enrolled in the order of Vietnamese lists, once by a message that comes twice, and is told', async () => {
    const { classId, people } = await closed();
    const id = randomUUID();
    const locked = await lock(classId, id);
    expect(locked).toMatchObject({ classId, state: 'roster-locked', rosterVersion: 1, trainees: 3 });
    expect(await lock(classId, id)).toEqual(locked);
    const [roster, ...more] = await training.database.roster.findMany({ where: { classId } });
    expect(more).toEqual([]);
    const enrolled = await training.database.enrolment.findMany({ where: { classId } });
    // Given names E, D, C: the list has C first.
    expect(roster?.enrolmentIds).toEqual([...people].reverse().map((who) => enrolled.find(({ traineeId }) => traineeId === who)?.id));
    expect(await training.told(classId)).toContain('roster-locked');
    expect(await mails(classId)).toEqual([]);
  });

  it('is refused with what is missing, and changes nothing', async () => {
    const few = await closed({ people: 1 });
    expect((await training.refuses('class-step-refused', () => lock(few.classId))).message).toContain('1 are enrolled, 2 are the least');
    const many = await closed({ people: 5 });
    await join(many.classId, 'Học Viên Thừa');
    expect((await training.refuses('class-step-refused', () => lock(many.classId))).message).toContain('there are 5 places');
    const unsure = await closed({ accepted: false });
    expect((await training.refuses('class-step-refused', () => lock(unsure.classId))).message).toContain('4 sessions have no venue');
    const dayless = await closed();
    await training.database.classSession.deleteMany({ where: { classId: dayless.classId } });
    expect((await training.refuses('class-step-refused', () => lock(dayless.classId))).message).toContain('it has no days');
    await training.refuses('class-not-found', () => lock(NOWHERE));
    const open = await closed();
    await inState(open.classId, 'nomination-open');
    await training.refuses('class-step-refused', () => lock(open.classId));
    const seen = await closed();
    await training.refuses('changed-meanwhile', () => lock(seen.classId, undefined, 0));
  });

  it('happens by itself five working days before the first session, not earlier and not on a day off', async () => {
    const { classId } = await closed({ firstDay: '2020-08-11' });
    const [due, late] = [training.get(LockDueRosters), await closed({ firstDay: '2020-08-11', accepted: false })];
    for (const early of ['2020-08-03T08:00', '2020-08-02T08:00']) {
      training.clock.set(at(early));
      await due.execute();
      expect(await stateOf(classId)).toBe('nomination-closed');
    }
    training.clock.set(at('2020-08-04T08:00'));
    await Promise.all([due.execute(), due.execute()]);
    expect(await stateOf(classId)).toBe('roster-locked');
    expect(await training.database.roster.count({ where: { classId } })).toBe(1);
    // Whoever was not ready stands in the list of conflicts, and is tried again.
    expect(await stateOf(late.classId)).toBe('nomination-closed');
    expect(await conflicts(late.classId)).toEqual(['roster-not-ready 4 sessions have no venue, or no trainer who accepted']);
    await training.database.engagement.deleteMany({ where: { classId: late.classId } });
    await teach(late.classId, late.trainerId);
    training.clock.set(at('2020-08-05T08:00'));
    await due.execute();
    expect(await stateOf(late.classId)).toBe('roster-locked');
    training.clock.set(at('2020-06-25T09:00'));
  });
});

describe('trainers', () => {
  it('are sent the roster at nine, two working days before the first session, once a version, with what is different first', async () => {
    training.clock.set(at('2020-06-30T08:00'));
    const { classId, trainerId, people, sessions } = await closed();
    await lock(classId);
    for (const early of ['2020-07-01T08:00', '2020-07-02T16:30', '2020-07-03T08:30']) await sweep(early);
    expect(await rosters(classId)).toEqual([]);
    await Promise.all([sweep('2020-07-03T09:00'), sweep('2020-07-03T09:00')]);
    await sweep('2020-07-03T09:30');
    const [first, ...more] = await rosters(classId, trainerId);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ rosterVersion: 1, delta: null, trainees: 3, sequence: 0, expiresOn: '2020-07-15', cancelled: [] });
    expect(first?.sessions.map(({ sessionId, own, part }) => `${sessionId} ${part} ${String(own)}`)).toEqual(
      sessions.map((id, index) => `${id} ${index % 2 === 0 ? 'morning' : 'afternoon'} true`),
    );
    const roster = JSON.parse(first!.roster) as { trainees: { name: string }[]; trainers: Record<string, string> };
    expect(roster.trainees.map(({ name }) => name)).toEqual(['Học Viên C', 'Học Viên D', 'Học Viên E']);
    expect(roster.trainers[sessions[0]!]).toBe('TS Nguyễn Văn Mẫu');
    expect(JSON.stringify(await training.database.outbox.findMany({ select: { envelope: true } }))).not.toContain('Học Viên C');

    await join(classId, 'Học Viên Một');
    await join(classId, 'Học Viên Hai');
    await leave(classId, people[0]!);
    const { venueId } = await training.venue({ code: randomUUID().toUpperCase() });
    await training.get(ChangeClass).execute({ classId, changes: { venueId }, reason }, training.message());
    await sweep('2020-07-03T10:00');
    await sweep('2020-07-03T10:30');
    expect((await rosters(classId, trainerId)).slice(1)).toMatchObject([
      { rosterVersion: 2, delta: { joined: 2, left: 1, changed: ['venue'] }, trainees: 4, sequence: 1 },
    ]);
    expect(await training.told(classId)).toContain('roster-renewed');

    // Somebody leaves and comes back between two sweeps, and a name is corrected: nothing that anybody is written to about.
    await leave(classId, people[1]!);
    await training.database.enrolment.updateMany({ where: { classId, traineeId: people[1]! }, data: { state: 'enrolled' } });
    await training.database.trainee.update({ where: { id: people[1]! }, data: { fullName: 'Học Viên Ă' } });
    await sweep('2020-07-03T11:00');
    expect(await rosters(classId, trainerId)).toHaveLength(2);
    // A version that is the same as the one that was sent last is not sent either.
    await leave(classId, people[1]!);
    await training.database.engagement.updateMany({ where: { classId, trainerId }, data: { state: 'proposed' } });
    await sweep('2020-07-03T11:30');
    await training.database.enrolment.updateMany({ where: { classId, traineeId: people[1]! }, data: { state: 'enrolled' } });
    await training.database.engagement.updateMany({ where: { classId, trainerId }, data: { state: 'accepted' } });
    await sweep('2020-07-03T14:00');
    expect(await training.database.roster.count({ where: { classId } })).toBe(4);
    expect(await rosters(classId, trainerId)).toHaveLength(2);
  });

  it('lose sessions: those are taken out of their calendar, and no others', async () => {
    training.clock.set(at('2020-06-30T08:00'));
    const { classId, trainerId, sessions } = await closed();
    await lock(classId);
    await sweep('2020-07-03T09:00');
    const { trainerId: other } = await training.trainer();
    await teach(classId, other, true, sessions.slice(2));
    await sweep('2020-07-03T09:30');
    const [, second] = await rosters(classId, trainerId);
    expect(second).toMatchObject({ delta: { joined: 0, left: 0, changed: ['trainers'] }, sequence: 1 });
    expect(second?.cancelled.map(({ sessionId }) => sessionId)).toEqual(sessions.slice(2));
    expect(await rosters(classId, other)).toMatchObject([{ delta: null, sequence: 0 }]);
    await teach(classId, null, true, sessions.slice(0, 2));
    await training.database.engagement.updateMany({ where: { classId, trainerId }, data: { state: 'ended' } });
    await sweep('2020-07-03T10:00');
    await sweep('2020-07-03T10:30');
    const [gone, ...more] = await notices(classId, trainerId);
    expect(more).toEqual([]);
    expect(gone).toMatchObject({ occasion: 'withdrawn', reader: 'trainer', sessions: [], sequence: 2 });
    expect(gone?.cancelled.map(({ sessionId, startsAt }) => `${sessionId} ${startsAt}`)).toEqual([
      `${sessions[0]!} 08:00`,
      `${sessions[1]!} 13:30`,
    ]);
  });

  it('open their roster by its link until it is replaced or over; what they keep is on record', async () => {
    training.clock.set(at('2020-06-30T08:00'));
    const { classId, trainerId, people } = await closed();
    await lock(classId);
    await sweep('2020-07-03T09:00');
    const open = (token: string) => training.get(RosterViews).open({ token }, training.clock.now());
    const keep = (token: string, id?: string) => training.get(RecordRosterDownload).execute({ token, form: 'pdf' }, training.message(id));
    const [first] = await rosters(classId, trainerId);
    expect(await open(first!.token)).toMatchObject({
      rosterVersion: 1,
      expiresOn: '2020-07-15',
      trainees: [{ name: 'Học Viên C', unit: 'Hợp tác xã Mẫu', position: '', needs: '' }, {}, {}],
    });
    const id = randomUUID();
    expect(await keep(first!.token, id)).toEqual(await keep(first!.token, id));
    expect(await training.database.accessLinkUse.findMany({ where: { link: { classId } } })).toMatchObject([{ what: 'roster-pdf' }]);
    await leave(classId, people[0]!);
    await sweep('2020-07-03T10:00');
    await training.refuses('link-revoked', () => open(first!.token));
    await training.refuses('link-revoked', () => keep(first!.token));
    const second = (await rosters(classId, trainerId))[1]!;
    expect((await open(second.token)).trainees).toHaveLength(2);
    training.clock.set(at('2020-07-15T23:59'));
    await open(second.token);
    training.clock.set(at('2020-07-16T00:00'));
    await training.refuses('link-expired', () => open(second.token));
    await training.refuses('link-unknown', () => keep('nobody-was-sent-this-token'));
    training.clock.set(at('2020-07-03T11:00'));
    await postpone(classId, '2020-07-21');
    await training.refuses('link-revoked', () => open(second.token));
  });
});
