import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { sealed } from '../sealed.js';
import { day, id, pageAsk, pageOf, seenVersion, text } from '../values.js';
import { trainingCode } from './courses.js';

export const institutionKinds = ['university', 'research-institute', 'other'] as const;
export type InstitutionKind = (typeof institutionKinds)[number];

/** Where trainers come from. */
export const recordInstitution = defineCommand('training', 'training.record-institution.v1', {
  payload: z.object({ code: trainingCode(), name: text(300), nameEn: text(300), kind: z.enum(institutionKinds) }),
  reply: z.object({ institutionId: id(), version: z.int() }),
});

/** What is left out stays. Its trainers follow it: another name stands in what is written to them. */
export const changeInstitution = defineCommand('training', 'training.change-institution.v1', {
  payload: z.object({
    institutionId: id(),
    changes: z
      .object({ name: text(300), nameEn: text(300), kind: z.enum(institutionKinds) })
      .partial()
      .strict(),
    reason: text(2000),
    seenVersion,
  }),
  reply: z.object({ institutionId: id(), version: z.int() }),
});

export const institutionView = z
  .object({
    institutionId: id(),
    code: trainingCode(),
    name: z.string(),
    nameEn: z.string(),
    kind: z.enum(institutionKinds),
    version: z.int(),
  })
  .meta({ id: 'Institution' });

export const listInstitutions = defineQuery('training', 'training.list-institutions.v1', {
  payload: z.object({ kind: z.enum(institutionKinds).optional(), ...pageAsk }),
  reply: pageOf(institutionView),
});

const trainerFields = {
  fullName: sealed(text(120)),
  /** Academic rank or degree, as it stands before the name: GS, PGS, TS, ThS. */
  title: text(40).nullable(),
  institutionId: id(),
  /** Why somebody of neither a university nor a research institute teaches (SEED-33). */
  overrideReason: text(1000).nullable(),
  specialities: z.array(text(120)).max(30),
  email: sealed(z.email()),
  phone: sealed(text(40)).nullable(),
  language: z.enum(['vi', 'en', 'vi+en']),
};
const trainerMoved = z.object({ trainerId: id(), active: z.boolean(), version: z.int() });

/** Somebody who can teach. Trainers are professional staff of universities or research institutes; any other needs a reason on record (SEED-33). */
export const recordTrainer = defineCommand('training', 'training.record-trainer.v1', {
  payload: z.object({
    ...trainerFields,
    title: trainerFields.title.default(null),
    overrideReason: trainerFields.overrideReason.default(null),
    phone: trainerFields.phone.default(null),
    language: trainerFields.language.default('vi'),
  }),
  reply: trainerMoved,
});

/** What is left out stays. */
export const changeTrainer = defineCommand('training', 'training.change-trainer.v1', {
  payload: z.object({ trainerId: id(), changes: z.object(trainerFields).partial().strict(), reason: text(2000), seenVersion }),
  reply: trainerMoved,
});

/** Not asked to teach any more; sessions that are assigned stand in the list of conflicts. */
export const retireTrainer = defineCommand('training', 'training.retire-trainer.v1', {
  payload: z.object({ trainerId: id(), reason: text(2000), seenVersion }),
  reply: trainerMoved,
});

/** A trainer is not to be had on these days, first and last included. Sessions that are assigned already stand in the list of conflicts. */
export const recordAbsence = defineCommand('training', 'training.record-absence.v1', {
  payload: z.object({ trainerId: id(), fromOn: day(), toOn: day(), reason: sealed(text(500)) }),
  reply: z.object({ absenceId: id(), trainerId: id() }),
});

export const removeAbsence = defineCommand('training', 'training.remove-absence.v1', {
  payload: z.object({ absenceId: id() }),
  reply: z.object({ absenceId: id(), trainerId: id() }),
});

export const trainerView = z
  .object({
    trainerId: id(),
    ...trainerFields,
    institution: z.string(),
    institutionKind: z.enum(institutionKinds),
    active: z.boolean(),
    absences: z.array(z.object({ absenceId: id(), fromOn: day(), toOn: day(), reason: sealed(text(500)) })),
    version: z.int(),
  })
  .meta({ id: 'Trainer' });

export const listTrainers = defineQuery('training', 'training.list-trainers.v1', {
  payload: z.object({
    institutionId: id().optional(),
    /** One that knows this speciality, word for word. */
    speciality: z.string().max(120).optional(),
    active: z.boolean().optional(),
    ...pageAsk,
  }),
  reply: pageOf(trainerView),
});

export const getTrainer = defineQuery('training', 'training.get-trainer.v1', {
  payload: z.object({ trainerId: id() }),
  reply: trainerView,
});
