import { Temporal } from 'temporal-polyfill';
import { WorkingCalendar } from '#calendar';
import type { ClassState } from '#contracts';
import type { Announcement, Told } from '../announcements/announcement.js';
import type { FactSession } from '../announcements/class-facts.repository.js';
import { isDayToRemind, isTimeToInvite, lostBy, noticeOfTrainee, noticeOfTrainer, type ClassNow } from './notice.js';

const day = (text: string) => Temporal.PlainDate.from(text);
const calendar = WorkingCalendar.from([{ year: 2020, days: [] }]);
const session = (sessionId: string, date: string, trainerId: string | null = 'T'): FactSession => ({
  sessionId,
  ordinal: 1,
  date,
  part: 'morning',
  startsAt: '08:00',
  endsAt: '11:30',
  topic: 'Tổng quan',
  trainerId,
});
const tuesday = session('a', '2020-07-07');
const wednesday = session('b', '2020-07-08');
const now = (state: ClassState, more: Partial<ClassNow> = {}): ClassNow => ({
  state,
  venueId: 'v',
  sessions: [tuesday, wednesday],
  today: day('2020-07-02'),
  ...more,
});
const told = (sessions: readonly FactSession[], venueId = 'v'): Told => ({
  venueId,
  rosterVersion: 0,
  sessions: sessions.map(({ sessionId, ordinal, date, part, topic }) => ({ sessionId, ordinal, day: date, part, topic })),
});
const knows = (what: Told): Announcement => ({
  told: what,
  sequence: 0,
  toldAt: Temporal.Instant.from('2020-07-01T01:00:00Z'),
  remindedFor: null,
});
const notice = (comes: boolean, known: Told | null, at: ClassNow, { promoted = false, reminds = false } = {}) =>
  noticeOfTrainee({ comes, promoted, announcement: known && knows(known) }, at, reminds);

describe('what a trainee is told', () => {
  const both = told([tuesday, wednesday]);

  it('is an invitation once everybody is notified, and nothing before', () => {
    for (const state of ['planned', 'nomination-closed', 'roster-locked'] as const) expect(notice(true, null, now(state))).toBeNull();
    expect(notice(true, null, now('notified'))?.occasion).toBe('invitation');
    expect(notice(true, null, now('notified'), { promoted: true })?.occasion).toBe('promoted');
    // Told of a postponement without days, and invited anew.
    expect(notice(true, told([]), now('notified'), { promoted: true })?.occasion).toBe('invitation');
    expect(notice(false, null, now('notified'))).toBeNull();
  });

  it('is what changed, with what fell away; nothing where nothing did, and then a reminder', () => {
    expect(notice(true, both, now('notified'))).toBeNull();
    expect(notice(true, both, now('notified'), { reminds: true })?.occasion).toBe('reminder');
    expect(notice(true, both, now('planned'), { reminds: true })).toBeNull();
    expect(notice(true, both, now('notified', { venueId: 'other' }))).toMatchObject({
      occasion: 'changed',
      changed: ['venue'],
      cancelled: [],
    });
    expect(notice(true, both, now('notified', { sessions: [tuesday] }))).toMatchObject({
      changed: ['sessions'],
      cancelled: [{ sessionId: 'b' }],
    });
    const moved = now('planned', { sessions: [session('a', '2020-07-14'), session('b', '2020-07-15')] });
    expect(notice(true, both, moved, { reminds: true })).toMatchObject({ occasion: 'changed', cancelled: [], sessions: moved.sessions });
  });

  it('is that there is nothing to come to, for days to come that they know of', () => {
    for (const state of ['cancelled', 'postponed'] as const)
      expect(notice(true, both, now(state))).toMatchObject({ occasion: state, sessions: [], cancelled: both.sessions });
    expect(notice(false, both, now('notified'))).toMatchObject({ occasion: 'withdrawn', cancelled: both.sessions });
    expect(notice(false, both, now('in-progress', { today: day('2020-07-08') }))?.cancelled).toMatchObject([{ sessionId: 'b' }]);
    expect(notice(true, both, now('cancelled', { today: day('2020-07-09') }))).toBeNull();
    expect(notice(true, told([]), now('cancelled'))).toBeNull();
  });
});

describe('what a trainer is told', () => {
  const both = told([tuesday, wednesday]);
  const of = (at: ClassNow) => noticeOfTrainer(both, lostBy('T', both, at), at);

  it('is which sessions are no longer theirs, and which are as they know them', () => {
    expect(of(now('planned'))).toBeNull();
    const taken = now('planned', { sessions: [tuesday, session('b', '2020-07-08', 'other')] });
    expect(of(taken)).toMatchObject({ occasion: 'withdrawn', cancelled: [{ sessionId: 'b' }], sessions: [tuesday] });
    const moved = [session('a', '2020-07-14'), wednesday];
    expect(of(now('planned', { sessions: moved }))).toMatchObject({
      occasion: 'changed',
      changed: ['sessions'],
      cancelled: [],
      sessions: moved,
    });
    expect(of(now('planned', { sessions: moved.slice(0, 1) }))).toMatchObject({ occasion: 'changed', cancelled: [{ sessionId: 'b' }] });
    // They stand there at the same times, for other topics.
    expect(of(now('planned', { sessions: [session('a', '2020-07-08'), session('b', '2020-07-07')] }))).toBeNull();
    expect(of(now('planned', { sessions: [session('a', '2020-07-14'), wednesday], today: day('2020-07-08') }))).toBeNull();
    expect(of(now('postponed', { sessions: [] }))).toMatchObject({ occasion: 'postponed', cancelled: both.sessions, sessions: [] });
  });
});

describe('days of a class on Tuesday', () => {
  const on = (text: string) => [
    isTimeToInvite(day('2020-07-07'), day(text), calendar),
    isDayToRemind(day('2020-07-07'), day(text), calendar),
  ];

  it('are the fourth working day before for invitations, and Monday for reminders', () => {
    expect(on('2020-06-30')).toEqual([false, false]);
    expect(on('2020-07-01')).toEqual([true, false]);
    expect(on('2020-07-03')).toEqual([true, false]);
    expect(on('2020-07-06')).toEqual([true, true]);
    expect(on('2020-07-07')).toEqual([true, false]);
    expect(on('2020-07-08')).toEqual([false, false]);
  });
});
