import { parseTimeText } from '#calendar';
import { attempt, repeated, type Finding, type PlanParts } from '../plans/plan-parts.js';

/** One lead who does not coordinate (SEED-17), a time that is understood (SEED-18), a budget source that exists, no task funded twice (SEED-41). */
export function checkTasks(plan: PlanParts): Finding[] {
  return [
    ...plan.tasks.flatMap(({ at, entry: task }): Finding[] => [
      ...(task.coordinators.includes(task.lead)
        ? [{ path: ['tasks', at, 'coordinators'], message: `${task.lead} leads the task and cannot coordinate it too (SEED-17)` }]
        : []),
      ...repeated(task.coordinators).map((index) => ({ path: ['tasks', at, 'coordinators', index], message: 'named twice' })),
      ...(task.budgetSource !== undefined && !plan.sourceCodes.has(task.budgetSource)
        ? [{ path: ['tasks', at, 'budgetSource'], message: `unknown budget source "${task.budgetSource}"; add it under budgetSources` }]
        : []),
      ...attempt(['tasks', at, 'time'], () => parseTimeText(task.time)).findings,
    ]),
    ...fundedTwice(plan),
  ];
}

/** The same task under two numbers, each with money of its own. */
function fundedTwice({ tasks }: PlanParts): Finding[] {
  const funded = new Map<string, string>();
  return tasks.flatMap(({ at, entry: task }) => {
    if (task.budgetSource === undefined) return [];
    const title = task.title.toLowerCase().replaceAll(/\s+/g, ' ');
    const other = funded.get(title);
    if (other === undefined) funded.set(title, task.code);
    const message = `the same task is funded as ${other ?? ''} already (SEED-41): name the budget source at one of the two`;
    return other === undefined ? [] : [{ path: ['tasks', at, 'budgetSource'], message }];
  });
}
