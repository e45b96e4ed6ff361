import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from '#calendar';
import { healthRules, taskStatuses } from '#contracts';
import { healthOf, taskHealth, type TaskFacts } from './task-health.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../../plans/calendar'));
const day = (text: string) => Temporal.PlainDate.from(text);

/** Third quarter of 2020: 65 working days, from 1 July to 30 September (2 September is a day off). */
const quarter: TaskFacts = {
  status: 'in-progress',
  progress: 50,
  startsOn: day('2020-07-01'),
  dueOn: day('2020-09-30'),
  milestones: [],
  missingApprovals: [],
};
const on = (today: string, facts: Partial<TaskFacts> = {}) => taskHealth({ ...quarter, ...facts }, day(today), calendar);
const rules = (today: string, facts: Partial<TaskFacts> = {}) => on(today, facts).map((one) => one.rule);

describe('a task', () => {
  it('is overdue from the day after its due day, and says by how many working days', () => {
    expect(rules('2020-09-30', { progress: 90 })).toEqual([]);
    expect(on('2020-10-05', { progress: 90 })).toEqual([
      {
        rule: 'overdue-due-date',
        severity: 'overdue',
        text: 'Quá hạn 3 ngày làm việc (hạn 30/09/2020), mới đạt 90%.',
        textEn: '3 working days overdue (due 30/09/2020), 90 % done.',
      },
    ]);
    expect(on('2020-10-01', { progress: 90 })[0]?.textEn).toMatch(/^1 working day overdue/);
  });

  it('[SEED-18] is behind schedule when progress is more than 20 points below the share of working days that is over', () => {
    // 14 August: 33 of 65 working days are over, that is 50 %.
    expect(rules('2020-08-14', { progress: 30 })).toEqual([]);
    expect(on('2020-08-14', { progress: 29 })).toEqual([
      {
        rule: 'behind-schedule',
        severity: 'at-risk',
        text: 'Chậm tiến độ: đã qua 50% số ngày làm việc, mới đạt 29%.',
        textEn: 'Behind schedule: 50 % of the working days are over, 29 % done.',
      },
    ]);
    expect(rules('2020-06-30', { progress: 0, status: 'not-started' })).toEqual([]);
    expect(rules('2020-07-01', { progress: 0, status: 'not-started' })).toEqual([]);
  });

  it('is close to due within 10 working days while less than 80 per cent are done', () => {
    expect(rules('2020-09-15', { progress: 79 })).toEqual([]);
    expect(rules('2020-09-16', { progress: 79 })).toEqual(['close-to-due']);
    expect(rules('2020-09-16', { progress: 80 })).toEqual([]);
    expect(rules('2020-09-30', { progress: 79 })).toEqual(['behind-schedule', 'close-to-due']);
  });

  it('has missed each milestone that is over and not reached', () => {
    const milestones = [
      { title: 'Khảo sát', dueOn: day('2020-07-15'), reachedOn: day('2020-07-20') },
      { title: 'Chọn điểm', dueOn: day('2020-07-31'), reachedOn: null },
      { title: 'Bàn giao', dueOn: day('2020-08-31'), reachedOn: null },
    ];
    expect(rules('2020-07-31', { milestones })).toEqual([]);
    expect(on('2020-08-03', { milestones })).toEqual([
      {
        rule: 'milestone-missed',
        severity: 'at-risk',
        text: 'Mốc "Chọn điểm" chậm 1 ngày làm việc (hạn 31/07/2020).',
        textEn: 'Milestone "Chọn điểm" is 1 working day late (due 31/07/2020).',
      },
    ]);
  });

  it('[SEED-47] lacks its approval when it begins within 10 working days, or should have begun', () => {
    const gated = { missingApprovals: ['KHCT-1'], progress: 0, status: 'not-started' } as const;
    expect(rules('2020-06-16', gated)).toEqual([]);
    expect(on('2020-06-17', gated)).toEqual([
      {
        rule: 'approval-missing-close',
        severity: 'at-risk',
        text: 'Sắp bắt đầu (từ 01/07/2020) nhưng chưa được phê duyệt: KHCT-1.',
        textEn: 'Begins soon (01/07/2020), and this is not approved: KHCT-1.',
      },
    ]);
    expect(on('2020-07-02', gated)[0]?.text).toBe('Đã đến thời gian thực hiện (từ 01/07/2020) nhưng chưa được phê duyệt: KHCT-1.');
    expect(rules('2020-07-02', { ...gated, missingApprovals: [] })).toEqual([]);
  });

  it('tells every rule that holds, the most serious first', () => {
    const worst = on('2020-10-01', {
      progress: 0,
      missingApprovals: ['KHCT-1'],
      milestones: [{ title: 'Khảo sát', dueOn: day('2020-07-15'), reachedOn: null }],
    });
    expect(worst.map((one) => one.rule)).toEqual(['overdue-due-date', 'milestone-missed', 'approval-missing-close']);
    expect(healthOf(worst)).toBe('overdue');
    expect(healthOf(worst.slice(1))).toBe('at-risk');
    expect(healthOf([])).toBe('on-track');
  });

  it('without a day is never late', () => {
    expect(rules('2026-11-25', { startsOn: null, dueOn: null, progress: 0, missingApprovals: ['KHCT-1'] })).toEqual([]);
  });

  it.each(taskStatuses)('that is %s is late or at risk only while work on it goes on', (status) => {
    const found = on('2020-10-01', { status, progress: 10, milestones: [{ title: 'x', dueOn: day('2020-07-15'), reachedOn: null }] });
    expect(found.length > 0).toBe(status === 'not-started' || status === 'in-progress');
  });

  it('knows no rule that is not told by some task', () => {
    const told = new Set([
      ...rules('2020-10-01'),
      ...rules('2020-09-30', { progress: 1, missingApprovals: ['x'] }),
      ...rules('2020-08-03', { milestones: [{ title: 'x', dueOn: day('2020-07-15'), reachedOn: null }] }),
    ]);
    expect([...told].sort()).toEqual([...healthRules].sort());
  });
});
