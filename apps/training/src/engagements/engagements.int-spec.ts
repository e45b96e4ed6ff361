import { randomUUID } from 'node:crypto';
import { ChangeClass } from '../classes/change-class.js';
import { MoveSession } from '../sessions/move-session.js';
import { at, NOWHERE, type TrainingFixture } from '../training.int-fixture.js';
import { EngagementViews } from './engagement-view.repository.js';
import { EngagementsFixture, halfDays, MONDAY, reason } from './engagements.int-fixture.js';

let of: EngagementsFixture;
let training: TrainingFixture;
beforeAll(async () => {
  of = await EngagementsFixture.start();
  ({ training } = of);
});
afterAll(() => training.stop());
beforeEach(() => {
  training.clock.set(MONDAY);
});

describe('a trainer of a class on culture and tourism [SEED-32]', () => {
  it('is proposed with their sessions, over without them, and proposed again with them', async () => {
    const { classId, id, sessions } = await of.proposed();
    expect(await of.row(id)).toMatchObject({ state: 'proposed', invitation: 0, asks: 0, asked: null });
    await of.assign(classId, null, sessions.slice(1));
    expect(await of.state(id)).toBe('proposed');
    await of.assign(classId, null);
    expect(await of.state(id)).toBe('ended');
    const { trainerId: other } = await training.trainer();
    await of.assign(classId, other, [sessions[0]!]);
    await of.assign(classId, (await of.row(id)).trainerId, [sessions[1]!]);
    const rows = await training.database.engagement.findMany({ where: { classId } });
    expect(rows.map((one) => one.state)).toEqual(['proposed', 'proposed']);
    expect(await training.told(id)).toEqual(['proposed', 'ended', 'proposed']);
  });

  it('is invited by a person, once, with calendar entries and a link of which only a digest is kept', async () => {
    const [{ classId, id, trainerId, code, sessions }, message] = [await of.proposed(), randomUUID()];
    const told = await of.invite(id, message, 1);
    expect(told).toEqual({ engagementId: id, state: 'invited', answerBy: '2020-06-08', version: 2 });
    expect(await of.invite(id, message, 1)).toEqual(told);
    const sent = await of.mails(trainerId);
    expect(sent).toMatchObject([
      {
        businessKey: `trainer-invitation.${id}.1`,
        stream: `class.${classId}`,
        obligationIds: [],
        mail: {
          plan: { documentNumber: '100/KH-UBND', programme: 'OCOP 2020' },
          class: { code, title: 'Lớp Bát Tràng' },
          venue: { name: 'Nhà văn hóa xã Bát Tràng' },
          answerBy: '2020-06-08',
          sequence: 0,
        },
      },
    ]);
    expect(sent[0]!.mail.sessions.map((one) => [one.sessionId, one.ordinal, one.date, one.startsAt])).toEqual([
      [sessions[0], 1, '2020-07-07', '08:00'],
      [sessions[1], 2, '2020-07-07', '13:30'],
      [sessions[2], 3, '2020-07-08', '08:00'],
      [sessions[3], 4, '2020-07-08', '13:30'],
    ]);
    const links = await training.database.accessLink.findMany({ where: { classId } });
    expect(links).toMatchObject([{ purpose: 'answer', personId: trainerId, expiresAt: new Date('2020-07-07T01:00:00Z'), revokedAt: null }]);
    const { token } = sent[0]!.mail;
    const kept = JSON.stringify([links, await training.database.outbox.findMany({ select: { envelope: true } })]);
    expect(kept).not.toContain(token);
    expect(await training.database.announcement.findMany({ where: { classId } })).toMatchObject([
      {
        personId: trainerId,
        role: 'trainer',
        sequence: 0,
        told: { sessions: [{ sessionId: sessions[0], day: '2020-07-07' }, {}, {}, {}] },
      },
    ]);
    expect(await training.told(id)).toEqual(['proposed', 'invited']);
  });

  it('is not invited where that makes no sense, and by one of two people at once', async () => {
    const { classId, id, trainerId } = await of.proposed();
    await training.refuses('engagement-not-found', () => of.invite(NOWHERE));
    await training.refuses('changed-meanwhile', () => of.invite(id, undefined, 7));
    const hall = (await training.database.trainingClass.findUniqueOrThrow({ where: { id: classId } })).venueId;
    const change = (venueId: string | null) =>
      training.get(ChangeClass).execute({ classId, changes: { venueId }, reason }, training.message());
    await change(null);
    await training.refuses('venue-missing', () => of.invite(id));
    await change(hall);
    training.clock.set(at('2020-07-07T07:00'));
    await training.refuses('too-late-to-ask', () => of.invite(id));
    training.clock.set(at('2020-06-01T09:00'));
    await of.postpone(classId);
    await training.refuses('class-not-standing', () => of.invite(id));
    await of.postpone(classId, '2020-07-14');
    const outcomes = await Promise.allSettled([of.invite(id), of.invite(id)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'engagement-not-proposed' });
    expect(await of.mails(trainerId)).toHaveLength(1);
    await training.refuses('engagement-not-proposed', () => of.invite(id));
  });

  it('is invited by the schedule 20 working days before, asked once more, and then stands in the list of conflicts', async () => {
    const { classId, id, trainerId, sessions } = await of.proposed();
    const { classId: hallless, id: waiting } = await of.proposed();
    await training.get(ChangeClass).execute({ classId: hallless, changes: { venueId: null }, reason }, training.message());
    const count = async () => (await of.mails(trainerId)).length;
    training.clock.set(at('2020-06-08T08:00'));
    await of.cron();
    expect(await count()).toBe(0);
    training.clock.set(at('2020-06-09T08:00'));
    await Promise.all([of.cron(), of.cron()]);
    await of.cron();
    expect(await count()).toBe(1);
    expect(await of.row(id)).toMatchObject({ state: 'invited', asks: 1, invitation: 1, answerBy: new Date('2020-06-16') });
    expect(await of.state(waiting)).toBe('proposed');
    expect(await of.conflicts(classId)).toEqual([]);
    training.clock.set(at('2020-06-16T08:00'));
    await of.cron();
    expect(await count()).toBe(1);
    training.clock.set(at('2020-06-17T08:00'));
    await of.cron();
    await of.cron();
    const [first, second, ...more] = await of.mails(trainerId);
    expect([second?.businessKey, second?.mail.sequence, second?.mail.answerBy, more]).toEqual([
      `trainer-invitation.${id}.2`,
      1,
      '2020-06-24',
      [],
    ]);
    await training.refuses('link-revoked', () => of.open(first!.mail.token));
    expect((await of.open(second!.mail.token)).state).toBe('invited');
    training.clock.set(at('2020-06-24T18:00'));
    expect(await of.conflicts(classId)).toEqual([]);
    training.clock.set(at('2020-06-25T08:00'));
    await of.cron();
    expect(await count()).toBe(2);
    expect(await of.conflicts(classId)).toEqual(halfDays.map((when) => `trainer-unanswered ${when}`));
    // Late is better than never.
    await of.answer(second!.mail.token, 'accepted');
    expect(await of.conflicts(classId)).toEqual([]);
    expect(await of.conflicts(hallless)).toEqual(
      sessions.map((_, n) => `venue-missing 2020-07-0${n < 2 ? '7' : '8'} ${n % 2 ? 'afternoon' : 'morning'}`),
    );
    expect(await training.told(id)).toEqual(['proposed', 'invited', 'invited-again', 'accepted']);
  });

  it('is invited on no day off', async () => {
    const { trainerId } = await of.proposed('2020-06-15');
    for (const off of ['2020-06-06T08:00', '2020-06-07T08:00']) {
      training.clock.set(at(off));
      await of.cron();
      expect(await of.mails(trainerId)).toEqual([]);
    }
    training.clock.set(at('2020-06-08T08:00'));
    await of.cron();
    expect(await of.mails(trainerId)).toHaveLength(1);
  });
});

describe('when the class changes', () => {
  it('moved by a week, who accepted is asked again: the entries of the calendar stay and go up, the old link is dead', async () => {
    const { id, classId, trainerId, token, sessions } = await of.invited();
    await of.answer(token, 'accepted');
    await of.postpone(classId, '2020-07-14');
    expect(await of.row(id)).toMatchObject({ state: 'proposed', asks: 0, asked: null, answeredAt: null, invitation: 1 });
    await training.refuses('link-revoked', () => of.open(token));
    await training.refuses('link-revoked', () => of.answer(token, 'accepted'));
    training.clock.set(at('2020-06-16T08:00'));
    await of.cron();
    const [first, second] = await of.mails(trainerId);
    expect(second!.mail.sessions.map((one) => [one.sessionId, one.date])).toEqual(
      sessions.map((sessionId, index) => [sessionId, index < 2 ? '2020-07-14' : '2020-07-15']),
    );
    expect(first!.mail.sessions.map(({ sessionId }) => sessionId)).toEqual(sessions);
    // Between them they were told that the days moved.
    expect([first!.mail.sequence, second!.mail.sequence]).toEqual([0, 2]);
    expect(await of.answer(second!.mail.token, 'accepted')).toMatchObject({ changed: true });
    expect(await training.told(id)).toEqual(['proposed', 'invited', 'accepted', `proposed: ${reason}`, 'invited', 'accepted']);
  });

  it('takes out of the calendar what the trainer is not asked for any more', async () => {
    const { id, classId, trainerId, sessions } = await of.invited();
    await of.assign(classId, null, [sessions[1]!]);
    expect(await of.state(id)).toBe('invited');
    await training
      .get(MoveSession)
      .execute({ classId, sessionId: sessions[3]!, day: '2020-07-09', part: 'morning', reason }, training.message());
    await of.invite(id);
    const [, { mail }] = (await of.mails(trainerId)) as [unknown, Awaited<ReturnType<typeof of.mails>>[number]];
    expect(mail.sessions.map(({ sessionId }) => sessionId)).toEqual([sessions[0], sessions[2], sessions[3]]);
    expect(mail.cancelled).toMatchObject([{ sessionId: sessions[1], ordinal: 2, date: '2020-07-07', startsAt: '13:30', endsAt: '17:00' }]);
    expect(mail.sequence).toBe(1);
  });

  it('in its days, its hall or its sessions, the trainer is asked anew; in anything else, or for less of the same, they are not', async () => {
    const { id, classId, token, sessions, trainerId } = await of.invited();
    await of.answer(token, 'accepted');
    const change = (changes: { title?: string; capacity?: number; venueId?: string }) =>
      training.get(ChangeClass).execute({ classId, changes, reason }, training.message());
    await change({ title: 'Lớp khác', capacity: 80 });
    expect(await of.state(id)).toBe('accepted');
    const again = async (what: () => Promise<unknown>) => {
      await of.record(id, 'accepted');
      await what();
      expect(await of.state(id)).toBe('proposed');
    };
    await again(async () => change({ venueId: await of.venue() }));
    await again(() =>
      training
        .get(MoveSession)
        .execute({ classId, sessionId: sessions[0]!, day: '2020-07-09', part: 'morning', reason }, training.message()),
    );
    await of.record(id, 'accepted');
    await of.assign(classId, null, [sessions[3]!]);
    expect(await of.state(id)).toBe('accepted');
    await of.assign(classId, trainerId, [sessions[3]!]);
    expect(await of.state(id)).toBe('accepted');
    await again(() => of.postpone(classId));
    await of.cron();
    expect(await of.state(id)).toBe('proposed');
    await training.refuses('link-revoked', () => of.open(token));
  });

  it('is cancelled, the engagement is over and its link dead, whoever comes first', async () => {
    const { id, classId, token } = await of.invited();
    await of.cancel(classId);
    expect(await of.state(id)).toBe('ended');
    await training.refuses('link-revoked', () => of.answer(token, 'accepted'));
    const other = await of.invited();
    await Promise.allSettled([of.cancel(other.classId), of.answer(other.token, 'accepted')]);
    expect(await of.state(other.id)).toBe('ended');
    training.clock.set(at('2020-06-30T08:00'));
    await of.cron();
    expect(await of.mails(other.trainerId)).toHaveLength(1);
  });

  it('is listed with all that is known of its trainers', async () => {
    const { id, classId, trainerId, sessions, code } = await of.invited();
    const list = (filter: object) => training.get(EngagementViews).list({ limit: 50, ...filter }, training.clock.now(), 50, undefined);
    const [shown, ...more] = await list({ classId });
    expect(more).toEqual([]);
    expect(shown).toEqual({
      engagementId: id,
      classId,
      class: code,
      trainerId,
      state: 'invited',
      sessionIds: sessions,
      invitedAt: '2020-06-01T02:00:00Z',
      answerBy: '2020-06-08',
      answeredAt: null,
      answeredVia: null,
      reason: null,
      invitation: 1,
      asks: 1,
      unanswered: false,
      version: 2,
    });
    expect(await list({ trainerId, state: 'invited' })).toEqual([shown]);
    expect(await list({ trainerId, state: 'accepted' })).toEqual([]);
  });
});
