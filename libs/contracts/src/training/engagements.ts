import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { linkToken, toldSession } from '../notifications/class-mails.js';
import { sealed } from '../sealed.js';
import { day, id, instant, pageAsk, pageOf, seenVersion, text } from '../values.js';
import { classStates } from './classes.js';
import { trainingCode } from './courses.js';

/**
 * What a trainer is to a class (domain 4.3): `proposed` sessions until they are invited to them, `ended` when they have none any more, `delivered` once the
 * class is completed. Contract and pay are settled elsewhere.
 */
export const engagementStates = ['proposed', 'invited', 'accepted', 'declined', 'ended', 'delivered'] as const;
export type EngagementState = (typeof engagementStates)[number];

export const trainerAnswers = ['accepted', 'declined'] as const;
export type TrainerAnswer = (typeof trainerAnswers)[number];

const engagementMoved = z.object({ engagementId: id(), state: z.enum(engagementStates), answerBy: day().nullable(), version: z.int() });
/** `changed` is false where the same was on record already. */
const answerTaken = engagementMoved.extend({ changed: z.boolean() });
const reason = () => text(2000);

/** A trainer is asked by mail whether they teach their sessions of a class, by a person and whenever that is; a schedule asks 20 working days before. */
export const inviteTrainer = defineCommand('training', 'training.invite-trainer.v1', {
  payload: z.object({ engagementId: id(), seenVersion }),
  reply: engagementMoved,
});

/** The trainer answers by the link of their invitation. Accepted may become declined until the roster is locked; declined is final, the sessions are given back. */
export const answerInvitation = defineCommand('training', 'training.answer-invitation.v1', {
  payload: z.object({ token: linkToken(), answer: z.enum(trainerAnswers), reason: sealed(reason()).optional() }),
  reply: answerTaken,
});

/** The same answer, written down by somebody who heard it. */
export const recordAnswer = defineCommand('training', 'training.record-answer.v1', {
  payload: z.object({
    engagementId: id(),
    answer: z.enum(trainerAnswers),
    /** How it was heard, and by whom: a telephone call, a letter. */
    heard: text(500),
    reason: sealed(reason()).optional(),
    seenVersion,
  }),
  reply: answerTaken,
});

/** What the link of an invitation shows. No people in it but its reader. */
export const openInvitation = defineQuery('training', 'training.open-invitation.v1', {
  payload: z.object({ token: linkToken() }),
  reply: z.object({
    state: z.enum(engagementStates),
    trainer: sealed(z.string()),
    course: z.object({ title: z.string(), titleEn: z.string() }),
    class: z.object({ code: trainingCode(), title: z.string(), state: z.enum(classStates) }),
    venue: z.object({ name: z.string(), address: z.string() }).nullable(),
    /** Those that the reader is asked to teach; none after they declined. */
    sessions: z.array(toldSession),
    answerBy: day(),
    answeredAt: instant().nullable(),
    /** Answers that can be given now. */
    open: z.array(z.enum(trainerAnswers)),
  }),
});

export const engagementView = z
  .object({
    engagementId: id(),
    classId: id(),
    class: trainingCode(),
    trainerId: id(),
    state: z.enum(engagementStates),
    /** Sessions that the trainer has in the class now. */
    sessionIds: z.array(id()),
    invitedAt: instant().nullable(),
    answerBy: day().nullable(),
    answeredAt: instant().nullable(),
    answeredVia: z.enum(['link', 'office']).nullable(),
    reason: sealed(z.string()).nullable(),
    /** Invitations so far. */
    invitation: z.int(),
    /** How often what is asked for now was asked. */
    asks: z.int(),
    /** Asked twice, and nothing was heard by the day. */
    unanswered: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'Engagement' });

export const listEngagements = defineQuery('training', 'training.list-engagements.v1', {
  payload: z.object({
    classId: id().optional(),
    trainerId: id().optional(),
    state: z.enum(engagementStates).optional(),
    ...pageAsk,
  }),
  reply: pageOf(engagementView),
});
