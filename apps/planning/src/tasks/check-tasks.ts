import { Temporal } from 'temporal-polyfill';
import { parseTimeText, type WorkingCalendar } from '#calendar';
import { fundedTwice } from '../budget/budget.js';
import type { TaskEntry } from '../plans/plan-file.js';
import { attempt, repeated, type Finding, type Placed, type PlanParts } from '../plans/plan-parts.js';

/**
 * One lead who does not coordinate (SEED-17), a time and milestones that are understood and that the calendar reaches (SEED-18), a budget source that
 * exists, no task funded twice (SEED-41).
 */
export function checkTasks(plan: PlanParts, calendar: WorkingCalendar): Finding[] {
  return [
    ...plan.tasks.flatMap(({ at, entry: task }): Finding[] => [
      ...(task.coordinators.includes(task.lead)
        ? [{ path: ['tasks', at, 'coordinators'], message: `${task.lead} leads the task and cannot coordinate it too (SEED-17)` }]
        : []),
      ...repeated(task.coordinators).map((index) => ({ path: ['tasks', at, 'coordinators', index], message: 'named twice' })),
      ...(task.budgetSource !== undefined && !plan.sourceCodes.has(task.budgetSource)
        ? [{ path: ['tasks', at, 'budgetSource'], message: `unknown budget source "${task.budgetSource}"; add it under budgetSources` }]
        : []),
      ...(task.budgetAmount !== undefined && task.budgetSource === undefined
        ? [{ path: ['tasks', at, 'budgetAmount'], message: 'comes from no source: name the budgetSource that gives it' }]
        : []),
      ...times({ at, entry: task }, calendar),
    ]),
    ...paidTwice(plan),
  ];
}

/** Lateness is counted in working days, so each day must be one that the calendar has. */
function times({ at, entry: task }: Placed<TaskEntry>, calendar: WorkingCalendar): Finding[] {
  const { result: time, findings } = attempt(['tasks', at, 'time'], () => {
    const parsed = parseTimeText(task.time);
    for (const day of [parsed.startsOn, parsed.dueOn]) if (day) calendar.isWorkingDay(day);
    return parsed;
  });
  const codes = repeated(task.milestones.map((one) => one.code));
  return [
    ...findings,
    ...codes.map((index) => ({ path: ['tasks', at, 'milestones', index, 'code'], message: 'is used twice in this task' })),
    ...task.milestones.flatMap(({ due }, index): Finding[] => {
      const path = ['tasks', at, 'milestones', index, 'due'];
      const day = Temporal.PlainDate.from(due);
      const message = `is after ${time?.dueOn?.toString() ?? ''}, when the task itself is due`;
      return time?.dueOn && Temporal.PlainDate.compare(day, time.dueOn) > 0
        ? [{ path, message }]
        : attempt(path, () => calendar.isWorkingDay(day)).findings;
    }),
  ];
}

/** The same task under two numbers, or a part of a task that is funded as a whole, each with money of its own. */
function paidTwice({ tasks }: PlanParts): Finding[] {
  const funded = tasks.filter(({ entry }) => entry.budgetSource !== undefined);
  return fundedTwice(funded.map(({ entry }) => entry)).flatMap(({ index, other }) => {
    const task = funded[index];
    const message = `the same task is funded as ${other} already (SEED-41): name the budget source at one of the two`;
    return task ? [{ path: ['tasks', task.at, 'budgetSource'], message }] : [];
  });
}
