import { z } from 'zod';
import { defineQuery } from '../contract.js';
import { historyEntry } from '../planning/history.js';
import { id, pageAsk, pageOf } from '../values.js';

/** Things of training whose changes are recorded: who, when, why. */
export const trainingSubjects = [
  'course',
  'venue',
  'institution',
  'trainer',
  'class',
  'engagement',
  'quota',
  'enrolment',
  'trainee',
  'certificate',
  'data-request',
] as const;
export type TrainingSubject = (typeof trainingSubjects)[number];

/** Who did what to a thing of training, when and why, oldest first. */
export const readTrainingHistory = defineQuery('training', 'training.read-history.v1', {
  payload: z.object({ subject: z.enum(trainingSubjects), subjectId: id(), ...pageAsk }),
  reply: pageOf(historyEntry),
});
