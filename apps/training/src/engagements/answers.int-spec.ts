import { randomUUID } from 'node:crypto';
import type { ClassState } from '#contracts';
import { AccessLinkRepository } from '../links/access-link.repository.js';
import { at, NOWHERE, type TrainingFixture } from '../training.int-fixture.js';
import { EngagementsFixture, halfDays, MONDAY } from './engagements.int-fixture.js';

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

const inState = (id: string, to: ClassState) => training.database.trainingClass.update({ where: { id }, data: { state: to } });

describe('the answer by the link of an invitation', () => {
  it('is taken once: the same again changes nothing, and looking never does', async () => {
    const { id, token, classId, code, sessions } = await of.invited();
    const before = await training.contents();
    expect(await of.open(token)).toMatchObject({
      state: 'invited',
      trainer: 'TS Nguyễn Văn Mẫu',
      class: { code, state: 'planned' },
      venue: { name: 'Nhà văn hóa xã Bát Tràng' },
      answerBy: '2020-06-08',
      answeredAt: null,
      open: ['accepted', 'declined'],
    });
    expect((await of.open(token)).sessions.map(({ sessionId }) => sessionId)).toEqual(sessions);
    expect(await training.contents()).toEqual(before);
    const message = randomUUID();
    const taken = await of.answer(token, 'accepted', message);
    expect(taken).toEqual({ engagementId: id, state: 'accepted', answerBy: '2020-06-08', version: 3, changed: true });
    expect(await of.answer(token, 'accepted', message)).toEqual(taken);
    const accepted = await of.row(id);
    expect(accepted).toMatchObject({ state: 'accepted', answeredVia: 'link', answeredAt: new Date('2020-06-01T02:00:00Z'), reason: null });
    training.clock.advance({ hours: 1 });
    expect(await of.answer(token, 'accepted')).toEqual({ ...taken, changed: false });
    expect(await of.row(id)).toEqual(accepted);
    expect(await training.database.accessLinkUse.findMany({ where: { link: { classId } } })).toMatchObject([{ what: 'answered' }]);
    expect(await of.open(token)).toMatchObject({ state: 'accepted', open: ['declined'], answeredAt: '2020-06-01T02:00:00Z' });
  });

  it('accepted may become declined until the roster is locked: the sessions are given back and wanted; that is final', async () => {
    const { id, token, classId, trainerId } = await of.invited();
    await of.answer(token, 'accepted');
    await inState(classId, 'roster-locked');
    await training.refuses('answer-too-late', () => of.answer(token, 'declined'));
    await training.refuses('answer-too-late', () => of.record(id, 'declined'));
    await inState(classId, 'nomination-closed');
    expect(await of.answer(token, 'declined')).toMatchObject({ state: 'declined', changed: true });
    expect(await of.row(id)).toMatchObject({ state: 'declined', reason: 'Trùng lịch' });
    const sessions = await training.database.classSession.findMany({ where: { classId } });
    expect(sessions.map((one) => [one.trainerId, one.active])).toEqual(Array(4).fill([null, true]));
    expect(await of.conflicts(classId)).toEqual(halfDays.map((when) => `trainer-missing ${when}`));
    expect(await training.told(classId)).toEqual(['planned', 'trainer-assigned', 'trainer-declined']);
    expect(await of.answer(token, 'declined')).toMatchObject({ state: 'declined', changed: false });
    await training.refuses('answer-final', () => of.answer(token, 'accepted'));
    expect(await of.open(token)).toMatchObject({ state: 'declined', sessions: [], open: [] });
    // What the trainer said is theirs: no line of history has it.
    expect(
      JSON.stringify(await training.database.history.findMany(), (_, value: unknown) => (typeof value === 'bigint' ? null : value)),
    ).not.toContain('Trùng lịch');
    await of.assign(classId, trainerId);
    expect(await of.row(id)).toMatchObject({ state: 'proposed', asks: 0, invitation: 1, reason: null, answeredAt: null });
    await training.refuses('link-revoked', () => of.open(token));
    await of.invite(id);
    expect((await of.mails(trainerId)).map(({ businessKey, mail }) => [businessKey, mail.sequence])).toEqual([
      [`trainer-invitation.${id}.1`, 0],
      [`trainer-invitation.${id}.2`, 1],
    ]);
  });

  it('given twice at once is one answer: the sessions are given back once, or the trainer is counted on once', async () => {
    const same = await of.invited();
    const twice = await Promise.all([of.answer(same.token, 'accepted'), of.answer(same.token, 'accepted')]);
    expect(twice.map(({ changed }) => changed).sort()).toEqual([false, true]);
    const { id, classId, token } = await of.invited();
    const outcomes = await Promise.allSettled([of.answer(token, 'declined'), of.answer(token, 'accepted')]);
    // Whichever came first, declined stands: an acceptance after it is refused, one before it was taken back.
    expect(await of.state(id)).toBe('declined');
    expect(outcomes[0]).toMatchObject({ status: 'fulfilled', value: { state: 'declined', changed: true } });
    if (outcomes[1].status === 'rejected') expect(outcomes[1].reason).toMatchObject({ code: 'answer-final' });
    expect((await training.told(classId)).filter((what) => what === 'trainer-declined')).toHaveLength(1);
  });

  it('opens nothing when the link is wrong, of another purpose, or expired', async () => {
    const { classId, trainerId, token } = await of.invited();
    const issue = { classId, personId: trainerId, issuedAt: at('2020-06-01T08:00'), expiresAt: at('2020-08-01T08:00') };
    const roster = await training.database.$transaction((tx) =>
      training.get(AccessLinkRepository).issue(tx, { ...issue, purpose: 'class' }),
    );
    for (const wrong of [roster, `${token}x`, 'mau-0123456789-abcdef'])
      for (const given of ['accepted', 'declined'] as const) {
        await training.refuses('link-unknown', () => of.answer(wrong, given));
        await training.refuses('link-unknown', () => of.open(wrong));
      }
    training.clock.set(at('2020-07-07T08:00'));
    await training.refuses('link-expired', () => of.answer(token, 'accepted'));
    await training.refuses('link-expired', () => of.open(token));
    training.clock.set(at('2020-07-07T07:59'));
    expect(await of.answer(token, 'accepted')).toMatchObject({ changed: true });
  });

  it('heard by the office counts the same, also before any invitation left', async () => {
    const [{ id, classId }, message] = [await of.proposed(), randomUUID()];
    await training.refuses('changed-meanwhile', () => of.record(id, 'accepted', { seenVersion: 2 }));
    await training.refuses('engagement-not-found', () => of.record(NOWHERE, 'accepted'));
    const taken = await of.record(id, 'accepted', { seenVersion: 1 }, message);
    expect(taken).toEqual({ engagementId: id, state: 'accepted', answerBy: '2020-06-01', version: 2, changed: true });
    expect(await of.record(id, 'accepted', { seenVersion: 1 }, message)).toEqual(taken);
    expect(await of.row(id)).toMatchObject({ answeredVia: 'office', invitation: 0 });
    expect(await training.told(id)).toEqual(['proposed', 'accepted: Qua điện thoại']);
    expect(await of.record(id, 'declined')).toMatchObject({ changed: true });
    await training.refuses('answer-final', () => of.record(id, 'accepted'));
    await of.cancel(classId);
    const { id: other, classId: cancelled } = await of.invited();
    await of.cancel(cancelled);
    await training.refuses('engagement-over', () => of.record(other, 'accepted'));
  });
});
