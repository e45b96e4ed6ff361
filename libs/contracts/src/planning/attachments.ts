import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { sealed } from '../sealed.js';
import { id, instant, pageAsk, pageOf, text } from '../values.js';

/** Things that files belong to: a report, an approval dossier, a task (as evidence), a finding of an inspection. */
export const attachmentSubjects = ['report', 'dossier', 'task', 'finding'] as const;
export type AttachmentSubject = (typeof attachmentSubjects)[number];

/** What the virus scan said. What is infected is never kept. */
export const scanVerdicts = ['clean', 'not-scanned'] as const;
export type ScanVerdict = (typeof scanVerdicts)[number];

/** Bytes that one file may have. */
export const ATTACHMENT_LIMIT = 20 * 1024 * 1024;

/** A file name alone, without a folder: no separators, no control and no direction-changing characters, so that it reads as it is. */
export const attachmentFileName = () =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .min(1)
    .max(200)
    .regex(/^(?!\.{1,2}$)[^/\\\p{C}\p{Zl}\p{Zp}]+$/u, 'a file name without folders, line breaks or invisible characters');

const of = { subject: z.enum(attachmentSubjects), subjectId: id() };
const file = {
  // Its author's name is often in it.
  fileName: sealed(attachmentFileName()),
  mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/),
  /** Bytes. */
  size: z.int().min(1).max(ATTACHMENT_LIMIT),
  /** Of the content, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  scan: z.enum(scanVerdicts),
};

export const attachmentView = z
  .object({
    attachmentId: id(),
    ...of,
    ...file,
    addedAt: instant(),
    addedBy: z.string(),
    removedAt: instant().nullable(),
    removedBy: z.string().nullable(),
  })
  .meta({ id: 'Attachment' });

/**
 * The bytes are whole and in the store under `attachmentId`. Told again, and for content that the thing has already, it is the attachment that is there:
 * the answer names it.
 */
export const addAttachment = defineCommand('planning', 'planning.add-attachment.v1', {
  payload: z.object({ attachmentId: id(), ...of, ...file }),
  reply: attachmentView,
});

/** Out of the list, for a reason; the bytes stay, for the file may have been read already. */
export const removeAttachment = defineCommand('planning', 'planning.remove-attachment.v1', {
  payload: z.object({ attachmentId: id(), reason: text(2000) }),
  reply: attachmentView,
});

export const listAttachments = defineQuery('planning', 'planning.list-attachments.v1', {
  payload: z.object({ ...of, removed: z.boolean().default(false), ...pageAsk }),
  reply: pageOf(attachmentView),
});

export const getAttachment = defineQuery('planning', 'planning.get-attachment.v1', {
  payload: z.object({ attachmentId: id() }),
  reply: attachmentView,
});

/** Which of these are attachments, removed ones too: what the store holds beside them is left over. */
export const knownAttachments = defineQuery('planning', 'planning.known-attachments.v1', {
  payload: z.object({ ids: z.array(id()).max(1000) }),
  reply: z.object({ known: z.array(id()) }),
});
