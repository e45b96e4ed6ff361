import { join } from 'node:path';
import { formatDateTime, loadWorkingCalendar, resolveDeadline } from '#calendar';
import { Temporal } from 'temporal-polyfill';
import { forecast } from './forecast.js';
import { loadLadders } from './ladder-files.js';
import type { Rung } from './ladder.js';
import { steps } from './steps.js';

const PLANS = join(import.meta.dirname, '../../../plans');
const calendar = loadWorkingCalendar(join(PLANS, 'calendar'));
const ladder = loadLadders(join(PLANS, 'ladders')).get('default')!;

function obligation(key: string, date: string, openedAt = '2020-05-15T00:00+07:00') {
  const deadline = resolveDeadline({ word: 'NO_LATER_THAN', date: Temporal.PlainDate.from(date), roll: 'FORWARD' }, calendar);
  return { key, steps: steps(ladder, deadline, Temporal.Instant.from(openedAt), calendar) };
}
const byRole = (_: string, rung: Rung) => rung.audiences.map(({ who }) => who);
const mailsTo = (who: string, ...obligations: ReturnType<typeof obligation>[]) =>
  (forecast(obligations, byRole).get(who) ?? []).map(
    ({ slot, level, items }) => `${formatDateTime(slot)} ${level}: ${items.map(({ key, rung }) => `${key} ${rung.code}`).join(', ')}`,
  );

describe('the forecast', () => {
  it('lists every mail of an obligation by recipient, in order of time', () => {
    expect(mailsTo('head', obligation('A', '2020-06-17'))).toEqual([
      '08:00 16/06/2020 reminder: A REMIND_2',
      '08:00 18/06/2020 chase-1: A CHASE_1',
      '08:00 22/06/2020 chase-2: A CHASE_2',
      '08:00 24/06/2020 chase-3: A CHASE_3',
    ]);
    expect(mailsTo('standing-agency', obligation('A', '2020-06-17')).at(-1)).toBe('08:00 25/06/2020 escalated-city: A ESCALATE_CITY');
    expect(mailsTo('city-office', obligation('A', '2020-06-17'))).toEqual([]);
  });

  it('puts what falls into one slot into one mail, at the most serious level', () => {
    expect(mailsTo('standing-agency', obligation('A', '2020-06-17'), obligation('B', '2020-06-16'))).toEqual([
      '08:00 17/06/2020 chase-1: B CHASE_1',
      '08:00 18/06/2020 escalated-standing: A CHASE_1, B ESCALATE_STANDING',
      '08:00 19/06/2020 escalated-standing: A ESCALATE_STANDING, B CHASE_2',
      '08:00 22/06/2020 chase-2: A CHASE_2',
      '08:00 23/06/2020 chase-3: B CHASE_3',
      '08:00 24/06/2020 escalated-city: A CHASE_3, B ESCALATE_CITY',
      '08:00 25/06/2020 escalated-city: A ESCALATE_CITY',
    ]);
  });

  it('leaves out what was skipped', () => {
    expect(mailsTo('focal', obligation('A', '2020-06-17', '2020-06-16T09:00+07:00'))[0]).toBe('08:00 17/06/2020 due: A DUE');
  });

  it('of nothing is nothing', () => {
    expect(forecast([], byRole).size).toBe(0);
  });
});
