import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { sealed } from '../sealed.js';
import { agencyCode, day, id, instant, pageAsk, pageOf, seenVersion, text } from '../values.js';
import { classStates } from './classes.js';
import { trainingCode } from './courses.js';

/**
 * A person certifies a class that is completed: everybody over the threshold of its course gets a certificate, numbered without gaps in its year. Said again
 * later it gives theirs to those who came over the threshold by a correction.
 */
export const issueCertificates = defineCommand('training', 'training.issue-certificates.v1', {
  payload: z.object({ classId: id(), signatory: sealed(text(120)), signatoryPosition: text(200), seenVersion }),
  reply: z.object({
    classId: id(),
    state: z.enum(classStates),
    /** Numbers that were given, in order. */
    numbers: z.array(z.string()),
    version: z.int(),
  }),
});

/** It is no longer valid, and its public page says so. Its number is not given again. */
export const revokeCertificate = defineCommand('training', 'training.revoke-certificate.v1', {
  payload: z.object({ certificateId: id(), reason: text(2000) }),
  reply: z.object({ certificateId: id(), number: z.string(), revokedAt: instant() }),
});

/** What a public page may say to whoever has the code. */
const confirmed = {
  number: z.string(),
  /** Null when the person was forgotten. */
  name: sealed(z.string()).nullable(),
  course: z.object({ title: z.string(), titleEn: z.string() }),
  issuer: z.object({ code: agencyCode(), name: z.string(), nameEn: z.string() }),
  firstDay: day(),
  lastDay: day(),
  attended: z.int(),
  sessions: z.int(),
  issuedOn: day(),
  revokedAt: instant().nullable(),
};

export const certificateView = z
  .object({
    certificateId: id(),
    year: z.int(),
    serial: z.int(),
    ...confirmed,
    classId: id(),
    class: trainingCode(),
    enrolmentId: id(),
    /** Who nominated the trainee. */
    agency: agencyCode(),
    unit: sealed(z.string()).nullable(),
    signatory: sealed(z.string()),
    signatoryPosition: z.string(),
    /** Whoever has it sees the public page. */
    code: sealed(z.string()),
    revokedReason: z.string().nullable(),
  })
  .meta({ id: 'Certificate' });

export const listCertificates = defineQuery('training', 'training.list-certificates.v1', {
  payload: z.object({ classId: id().optional(), year: z.int().min(2000).max(2100).optional(), ...pageAsk }),
  reply: pageOf(certificateView),
});

export const getCertificate = defineQuery('training', 'training.get-certificate.v1', {
  payload: z.object({ certificateId: id() }),
  reply: certificateView,
});

/** Whether a certificate is what it says. @throws DomainError `certificate-not-found` */
export const confirmCertificate = defineQuery('training', 'training.confirm-certificate.v1', {
  payload: z.object({ code: sealed(z.string().min(1).max(60)) }),
  reply: z.object(confirmed),
});
