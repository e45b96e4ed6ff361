import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from '#calendar';
import { dueAfter, mustBeOwed, mustBeSubmitted, progressOf, type HeldReport } from './class-report.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../../plans/calendar'));

describe('the report on a class', () => {
  it.each([
    ['2020-07-08', '2020-07-13'],
    ['2020-07-10', '2020-07-15'],
    // The 2nd of September is a day off.
    ['2020-08-31', '2020-09-04'],
  ])('on a class that ended on %s is due by %s', (lastDay, dueOn) => {
    expect(dueAfter(Temporal.PlainDate.from(lastDay), calendar).toString()).toBe(dueOn);
  });

  it.each([
    [0, 5, 0],
    [1, 5, 20],
    [1, 3, 33],
    [2, 3, 66],
    [5, 5, 99],
    [6, 5, 99],
    [0, 0, 0],
  ])('of %i classes among %i makes %i per cent of the task', (reported, planned, progress) => {
    expect(progressOf(reported, planned)).toBe(progress);
  });

  it('is handed in while it is owed, and returned after that', () => {
    const held = (state: HeldReport['state']): HeldReport => ({
      classId: 'c',
      state,
      dueOn: Temporal.PlainDate.from('2020-07-13'),
      version: 1,
    });
    const refused = (report: HeldReport | null, must: (report: HeldReport | null, code: string) => void) => {
      try {
        must(report, 'LOP-01');
        return null;
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    const reports = [null, held('owed'), held('submitted'), held('cancelled')];
    const [owed, submitted] = ['class-report-not-owed', 'class-report-not-submitted'];
    expect(reports.map((report) => refused(report, mustBeOwed))).toEqual([owed, null, owed, owed]);
    expect(reports.map((report) => refused(report, mustBeSubmitted))).toEqual([submitted, submitted, null, submitted]);
  });
});
