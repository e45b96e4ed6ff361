import { z } from 'zod';
import { agencyCode, documentNumber, institutionKinds, recordCourse, trainingCode } from '#contracts';

/*
 * What is taught of a programme plan, as a file (`plans/training-*.yaml`): venues, institutions, trainers, courses, and the intended classes. What
 * the plan states names its row of the seed checklist (`seed`); what it does not state says so (`assumption`).
 */

const words = (max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .min(1)
    .max(max)
    .regex(
      /^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u,
      'must be one line of text: no line breaks, no control characters, no characters that turn the direction of writing',
    );
const seed = z.string().regex(/^SEED-\d{2}$/, 'a row of the seed checklist, such as SEED-32');
const origin = { seed: seed.optional(), assumption: words(500).optional() };
const stated = (entry: { seed?: unknown; assumption?: unknown }) => entry.seed !== undefined || entry.assumption !== undefined;
const needsOrigin = { error: 'says neither which seed row states it (seed: SEED-..) nor why it is assumed (assumption: ...)' };
const size = () => z.int().min(1).max(2000);

const venue = z
  .strictObject({
    code: trainingCode(),
    name: words(300),
    address: words(500),
    district: agencyCode(),
    capacity: z.int().min(1).max(10_000),
    ...origin,
  })
  .refine(stated, needsOrigin);

const institution = z
  .strictObject({ code: trainingCode(), name: words(300), nameEn: words(300), kind: z.enum(institutionKinds), ...origin })
  .refine(stated, needsOrigin);

const trainer = z
  .strictObject({
    code: trainingCode(),
    fullName: words(120),
    title: words(40).optional(),
    institution: trainingCode(),
    /** Why somebody of neither a university nor a research institute teaches (SEED-33). */
    overrideReason: words(1000).optional(),
    specialities: z.array(words(120)).max(30),
    email: z.email(),
    phone: words(40).optional(),
    language: z.enum(['vi', 'en', 'vi+en']).default('vi'),
    ...origin,
  })
  .refine(stated, needsOrigin);

/** An intended class: opened when the task of its course is approved; its days are set later. */
const intended = z
  .strictObject({
    code: trainingCode(),
    title: words(300),
    district: agencyCode(),
    coHost: agencyCode().optional(),
    venue: trainingCode().optional(),
    ...origin,
  })
  .refine(stated, needsOrigin);

const course = z
  .strictObject({
    code: trainingCode(),
    /** Code of the task of the plan that it carries out. */
    task: words(40),
    title: words(300),
    titleEn: words(300),
    objective: words(2000),
    curriculum: recordCourse.payload.shape.curriculum,
    capacity: size(),
    minSize: size(),
    daysPerClass: z.int().min(1).max(60),
    leadAgency: agencyCode(),
    windowFrom: z.iso.date().optional(),
    windowTo: z.iso.date().optional(),
    threshold: z.int().min(0).max(100).default(80),
    classes: z.array(intended).min(1).max(1000),
    ...origin,
  })
  .refine(stated, needsOrigin);

export const courseFileSchema = z.strictObject({
  /** The plan that the courses carry out. */
  plan: z.strictObject({ number: documentNumber(), issuedOn: z.iso.date() }),
  venues: z.array(venue).max(1000).default([]),
  institutions: z.array(institution).max(500).default([]),
  trainers: z.array(trainer).max(2000).default([]),
  courses: z.array(course).min(1).max(200),
});

export type CourseFile = z.output<typeof courseFileSchema>;
export type CourseEntry = CourseFile['courses'][number];
