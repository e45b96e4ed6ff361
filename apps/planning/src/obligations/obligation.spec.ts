import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from '#calendar';
import { answeringAgency, owedAgainOn } from './obligation.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../../plans/calendar'));
const day = (text: string) => Temporal.PlainDate.from(text);

describe('who answers', () => {
  const plan = { issuer: 'committee', standingAgency: 'agriculture', cityOffice: 'office' };

  it('is whoever was asked, and the city office for the issuer of the plan', () => {
    expect([answeringAgency('finance', plan), answeringAgency('committee', plan)]).toEqual(['finance', 'office']);
  });

  it('is the issuer itself in a plan that it carries out itself', () => {
    expect(answeringAgency('trade', { issuer: 'trade', standingAgency: 'trade', cityOffice: 'office' })).toBe('trade');
  });
});

describe('what is owed again', () => {
  // A Friday before a weekend.
  const at = Temporal.Instant.from('2020-06-12T09:00+07:00');

  it.each([
    ['2020-06-10', '2020-06-17'],
    ['2020-06-17', '2020-06-17'],
    ['2020-06-22', '2020-06-22'],
  ])('and was due on %s is due on %s: three working days from now, or its own deadline when that is later', (due, again) => {
    expect(owedAgainOn({ dueOn: day(due) }, 3, at, calendar).toString()).toBe(again);
  });
});
