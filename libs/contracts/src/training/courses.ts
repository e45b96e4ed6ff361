import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, documentNumber, id, origin, pageAsk, pageOf, seenVersion, text } from '../values.js';

/** Classes are held of an open course; it is closed when its work is done, cancelled when it is given up. */
export const courseStates = ['open', 'closed', 'cancelled'] as const;
export type CourseState = (typeof courseStates)[number];

/** `LOP-A-01`: capital letters, digits and single hyphens. */
export const trainingCode = () =>
  z
    .string()
    .max(40)
    .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/, 'capital letters, digits and single hyphens');

/** What is taught, in order. A session has four periods. `speciality` is what a trainer of it must know. */
const curriculum = () =>
  z
    .array(z.object({ topic: text(300), periods: z.int().min(1).max(200), speciality: text(120).optional() }))
    .min(1)
    .max(60);
const size = () => z.int().min(1).max(2000);

const courseFields = {
  title: text(300),
  titleEn: text(300),
  objective: text(2000),
  curriculum: curriculum(),
  plannedClasses: z.int().min(1).max(1000),
  /** Places of a class where the class says nothing else. */
  capacity: size(),
  /** Fewer trainees than this are no class. */
  minSize: size(),
  daysPerClass: z.int().min(1).max(60),
  /** Who holds it. */
  leadAgency: agencyCode(),
  /** First and last day on which a session may be held; null where nothing bounds it. */
  windowFrom: day().nullable(),
  windowTo: day().nullable(),
  /** Per cent of the sessions that a trainee attends for a certificate. */
  threshold: z.int().min(0).max(100),
};

const courseMoved = z.object({ courseId: id(), state: z.enum(courseStates), version: z.int() });

/**
 * A course is planned (SEED-32). Sizes and days default to what the draft of the plan had for its classes: 70 people, two days; a threshold of 80 per
 * cent is an assumption.
 */
export const recordCourse = defineCommand('training', 'training.record-course.v1', {
  payload: z.object({
    code: trainingCode(),
    planId: id(),
    /** The task of the plan that it carries out. Its window is the course's where the course says none, and bounds it where it does. */
    taskId: id().optional(),
    ...courseFields,
    capacity: size().default(70),
    minSize: size().default(1),
    daysPerClass: courseFields.daysPerClass.default(2),
    windowFrom: day().nullable().default(null),
    windowTo: day().nullable().default(null),
    threshold: courseFields.threshold.default(80),
    seedId: text(20).optional(),
    assumption: text(500).optional(),
  }),
  reply: courseMoved,
});

/** What is left out stays. Classes that are planned keep their sizes and days; what no longer fits them stands in the list of conflicts. */
export const changeCourse = defineCommand('training', 'training.change-course.v1', {
  payload: z.object({ courseId: id(), changes: z.object(courseFields).partial().strict(), reason: text(2000), seenVersion }),
  reply: courseMoved,
});

/** Nothing more is held of it, by a decision: its work is done (closed), or it is given up (cancelled). */
export const endCourse = defineCommand('training', 'training.end-course.v1', {
  payload: z.object({
    courseId: id(),
    as: z.enum(['closed', 'cancelled']),
    decision: documentNumber(),
    reason: text(2000),
    seenVersion,
  }),
  reply: courseMoved,
});

export const courseView = z
  .object({
    courseId: id(),
    code: trainingCode(),
    planId: id(),
    /** The task that it carries out, with its code as people read it. */
    taskId: id().nullable(),
    taskCode: z.string().nullable(),
    ...courseFields,
    state: z.enum(courseStates),
    /** Document that closed or cancelled it. */
    decision: z.string().nullable(),
    /** Classes that are not cancelled. */
    classes: z.int(),
    ...origin,
    version: z.int(),
  })
  .meta({ id: 'Course' });

export const listCourses = defineQuery('training', 'training.list-courses.v1', {
  payload: z.object({ planId: id().optional(), taskId: id().optional(), state: z.enum(courseStates).optional(), ...pageAsk }),
  reply: pageOf(courseView),
});

export const getCourse = defineQuery('training', 'training.get-course.v1', {
  payload: z.object({ courseId: id() }),
  reply: courseView,
});
