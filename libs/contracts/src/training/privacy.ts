import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { sealed } from '../sealed.js';
import { agencyCode, day, id, instant, pageAsk, pageOf, seenVersion, text } from '../values.js';
import { enrolmentStates, legalBases, traineeLanguages } from './nominations.js';

/**
 * What a person may ask of their own data (law 91/2025/QH15; domain 6.2): to see it, to have it corrected or erased, to take consent back, to have it processed no
 * further, to object.
 */
export const dataRequestKinds = ['access', 'correct', 'erase', 'withdraw', 'restrict', 'object'] as const;
export type DataRequestKind = (typeof dataRequestKinds)[number];

export const dataRequestStates = ['received', 'answered', 'done', 'refused'] as const;
export type DataRequestState = (typeof dataRequestStates)[number];

const moved = z.object({
  requestId: id(),
  traineeId: id(),
  kind: z.enum(dataRequestKinds),
  state: z.enum(dataRequestStates),
  /** Last day to answer, and to have it done. */
  answerBy: day(),
  doneBy: day(),
  version: z.int(),
});

/** Somebody asks. Both clocks begin: an answer within two working days, and what is asked done within fifteen days. */
export const recordDataRequest = defineCommand('training', 'training.record-data-request.v1', {
  payload: z.object({
    traineeId: id(),
    kind: z.enum(dataRequestKinds),
    /** How they asked, and how it was made sure that it was them. Says no name. */
    asked: text(500),
  }),
  reply: moved,
});

/** The person was told that the request is in hand, and how it goes on. */
export const answerDataRequest = defineCommand('training', 'training.answer-data-request.v1', {
  payload: z.object({ requestId: id(), how: text(500), seenVersion }),
  reply: moved,
});

/** Fifteen days more to have it done, once, with a reason that the person is told. */
export const extendDataRequest = defineCommand('training', 'training.extend-data-request.v1', {
  payload: z.object({ requestId: id(), reason: text(500), seenVersion }),
  reply: moved,
});

/** What is wrong in somebody's data, as it is right. What is left out stays. */
const correction = z
  .object({
    fullName: sealed(text(120)),
    unit: sealed(text(200)),
    position: sealed(text(200)).nullable(),
    needs: sealed(text(500)).nullable(),
    email: sealed(z.email().max(200)).nullable(),
    phone: sealed(text(40)).nullable(),
    language: z.enum(traineeLanguages),
  })
  .partial()
  .strict();

/**
 * What is asked is done, in the same moment: `erase` and `withdraw` leave nothing that tells who the person was, `restrict` and `object` end mail and lists. Or it
 * is refused, with the reason.
 */
export const completeDataRequest = defineCommand('training', 'training.complete-data-request.v1', {
  payload: z.object({
    requestId: id(),
    /** What was done, or why it is refused. Says no name. */
    outcome: text(500),
    refused: z.boolean().default(false),
    /** Wanted for `correct`, and for nothing else. */
    correction: correction.optional(),
    seenVersion,
  }),
  reply: moved.extend({
    /** Nominations that ended with it. */
    withdrawn: z.array(id()),
  }),
});

export const dataRequestView = moved
  .extend({
    receivedAt: instant(),
    asked: z.string(),
    extended: z.boolean(),
    answeredAt: instant().nullable(),
    doneAt: instant().nullable(),
    outcome: z.string().nullable(),
  })
  .meta({ id: 'DataRequest' });

/** In order of their id. */
export const listDataRequests = defineQuery('training', 'training.list-data-requests.v1', {
  payload: z.object({ traineeId: id().optional(), state: z.enum(dataRequestStates).optional(), ...pageAsk }),
  reply: pageOf(dataRequestView),
});

/** Everything that is kept of the person who asked for access. */
export const exportPersonData = defineQuery('training', 'training.export-person-data.v1', {
  payload: z.object({ requestId: id() }),
  reply: z.object({
    asOf: instant(),
    person: z.object({
      traineeId: id(),
      fullName: sealed(z.string()),
      unit: sealed(z.string()),
      position: sealed(z.string()).nullable(),
      needs: sealed(z.string()).nullable(),
      email: sealed(z.string()).nullable(),
      phone: sealed(z.string()).nullable(),
      language: z.enum(traineeLanguages),
      nominatedBy: agencyCode(),
      legalBasis: z.enum(legalBases),
      basis: z.string(),
      noticeVersion: z.string(),
      recordedAt: instant(),
      restricted: z.boolean(),
    }),
    enrolments: z.array(
      z.object({
        class: z.string(),
        title: z.string(),
        agency: agencyCode(),
        state: z.enum(enrolmentStates),
        nominatedAt: instant(),
        reason: z.string().nullable(),
        attendance: z.array(z.object({ day: day(), part: z.string(), status: z.string() })),
        certificate: z.object({ number: z.string(), issuedOn: day(), revoked: z.boolean() }).nullable(),
      }),
    ),
    requests: z.array(dataRequestView),
  }),
});
