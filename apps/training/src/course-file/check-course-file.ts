import { Temporal } from 'temporal-polyfill';
import type { Finding } from '#plan-files';
import { windowWithin } from '../courses/course.js';
import type { PlanTask } from '../tasks/plan-task.js';
import type { CourseFile } from './course-file.js';

/** What is on record and a file must go with. */
export interface OnRecord {
  /** Of the plan that the file names; empty while the plan is not known. */
  readonly tasks: readonly PlanTask[];
  /** Codes of agencies that are there today. */
  readonly agencies: ReadonlySet<string>;
  /** By code, the code of the course that each class belongs to. */
  readonly classes: ReadonlyMap<string, string>;
  /** By code, the plan that each course belongs to, and whether classes are still held of it. */
  readonly courses: ReadonlyMap<string, { readonly planId: string; readonly open: boolean }>;
}

/** What a file that is well formed may still get wrong by itself: codes that occur twice or name nothing, sizes, trainers (SEED-33). Pure. */
export function checkCourseFile(file: CourseFile): Finding[] {
  const institutions = new Map(file.institutions.map((one) => [one.code, one.kind]));
  const venues = new Set(file.venues.map((one) => one.code));
  const classes = file.courses.flatMap((course, at) =>
    course.classes.map((one, index) => ({ ...one, path: ['courses', at, 'classes', index] })),
  );
  return [
    ...twice(file.venues.map(({ code }, at) => ({ code, path: ['venues', at, 'code'] }))),
    ...twice(file.institutions.map(({ code }, at) => ({ code, path: ['institutions', at, 'code'] }))),
    ...twice(file.trainers.map(({ code }, at) => ({ code, path: ['trainers', at, 'code'] }))),
    ...twice(file.courses.map(({ code }, at) => ({ code, path: ['courses', at, 'code'] }))),
    ...twice(classes.map(({ code, path }) => ({ code, path: [...path, 'code'] }))),
    ...file.trainers.flatMap(({ institution, overrideReason }, at): Finding[] => {
      const kind = institutions.get(institution);
      const path = ['trainers', at, 'institution'];
      if (kind === undefined) return [{ path, message: `unknown institution "${institution}"; add it under institutions` }];
      return kind === 'other' && overrideReason === undefined
        ? [{ path, message: 'is neither a university nor a research institute: say in "overrideReason" why this one (SEED-33)' }]
        : [];
    }),
    ...classes.flatMap(({ venue, path }) =>
      venue === undefined || venues.has(venue)
        ? []
        : [{ path: [...path, 'venue'], message: `unknown venue "${venue}"; add it under venues` }],
    ),
    ...file.courses.flatMap(({ capacity, minSize, windowFrom, windowTo }, at) => [
      ...(minSize > capacity
        ? [{ path: ['courses', at, 'minSize'], message: `is more than the ${String(capacity)} places of a class` }]
        : []),
      ...(windowFrom !== undefined && windowTo !== undefined && windowFrom > windowTo
        ? [{ path: ['courses', at, 'windowTo'], message: 'lies before the first day of the window' }]
        : []),
    ]),
  ];
}

/** What a file gets wrong about what is on record: its plan, tasks and their days, agencies, codes that are taken. Pure. */
export function checkOnRecord(file: CourseFile, known: OnRecord): Finding[] {
  const [planTask] = known.tasks;
  if (!planTask)
    return [{ path: ['plan', 'number'], message: `plan ${file.plan.number} of ${file.plan.issuedOn} is not known here: import it first` }];
  const agency = (code: string | undefined, ...path: (string | number)[]): Finding[] =>
    code === undefined || known.agencies.has(code) ? [] : [{ path, message: `unknown agency "${code}", or one that has ended` }];
  return [
    ...file.venues.flatMap(({ district }, at) => agency(district, 'venues', at, 'district')),
    ...file.courses.flatMap((course, at) => {
      const before = known.courses.get(course.code);
      return [
        ...agency(course.leadAgency, 'courses', at, 'leadAgency'),
        ...(before && before.planId !== planTask.planId
          ? [{ path: ['courses', at, 'code'], message: 'is the code of a course of another plan' }]
          : []),
        ...(before?.open === false ? [{ path: ['courses', at, 'code'], message: 'is ended: nothing more is held of it' }] : []),
        ...taskFaults(course, at, known.tasks),
        ...course.classes.flatMap((one, index) => {
          const path = ['courses', at, 'classes', index];
          const taken = known.classes.get(one.code) ?? course.code;
          return [
            ...agency(one.district, ...path, 'district'),
            ...agency(one.coHost, ...path, 'coHost'),
            ...(taken === course.code ? [] : [{ path: [...path, 'code'], message: `is the code of a class of course ${taken}` }]),
          ];
        }),
      ];
    }),
  ];
}

function taskFaults(
  { task: code, windowFrom, windowTo }: CourseFile['courses'][number],
  at: number,
  tasks: readonly PlanTask[],
): Finding[] {
  const task = tasks.find((one) => one.code === code);
  if (!task) return [{ path: ['courses', at, 'task'], message: `the plan has no task "${code}"` }];
  try {
    windowWithin({ windowFrom: dayIn(windowFrom), windowTo: dayIn(windowTo) }, task);
    return [];
  } catch (error) {
    return [{ path: ['courses', at, 'task'], message: error instanceof Error ? error.message : String(error) }];
  }
}

const dayIn = (text: string | undefined) => (text === undefined ? null : Temporal.PlainDate.from(text));

function twice(entries: readonly { readonly code: string; readonly path: readonly (string | number)[] }[]): Finding[] {
  const seen = new Set<string>();
  return entries.flatMap(({ code, path }) => (seen.size === seen.add(code).size ? [{ path, message: `"${code}" is used twice` }] : []));
}
