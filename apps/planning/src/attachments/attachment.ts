import { DomainError, type AttachmentSubject } from '#contracts';

/** Files that one thing may have. An assumption: no decision states a number. */
export const MOST = 20;

/** The thing that files belong to, locked. */
export interface HeldSubject {
  readonly subject: AttachmentSubject;
  readonly id: string;
  readonly state: string;
  /** Under which subject and id its changes are told: a finding is a part of its inspection. */
  readonly toldUnder: { readonly subject: 'report' | 'approval' | 'task' | 'inspection'; readonly subjectId: string };
}

/** What was handed in stays as it was handed in; evidence may come until a thing is finished. */
const editable: Readonly<Record<AttachmentSubject, (state: string) => boolean>> = {
  report: (state) => state === 'draft' || state === 'returned',
  dossier: (state) => state === 'draft' || state === 'returned',
  task: (state) => state !== 'done' && state !== 'cancelled',
  finding: (state) => state !== 'closed',
};

const remedies: Readonly<Record<AttachmentSubject, string>> = {
  report: 'The receiver can return it; then its files can change.',
  dossier: 'The approver can return it; then its files can change.',
  task: 'Its evidence stays as it is.',
  finding: 'Reopen it; then its files can change.',
};

/** @throws DomainError `not-editable` */
export function mustBeEditable(held: HeldSubject): void {
  if (editable[held.subject](held.state)) return;
  throw new DomainError('not-editable', `The files of this ${held.subject} cannot change: it is ${held.state}. ${remedies[held.subject]}`, [
    { subject: held.subject, subjectId: held.id, state: held.state },
  ]);
}

/** @param present files that the thing has now @throws DomainError `too-many-files` */
export function mustHaveRoom(present: number): void {
  if (present < MOST) return;
  throw new DomainError(
    'too-many-files',
    `There are ${present} files here, and ${MOST} are the most. Remove one, or put several into one.`,
  );
}
