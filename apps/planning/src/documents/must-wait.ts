import { DomainError, type DocumentKind } from '#contracts';
import { mustBeSeen } from '#messaging';
import type { DocumentContent, HeldDocument } from './document.js';

/**
 * Only what still waits can be decided, once.
 * @throws DomainError `changed-meanwhile`, `document-decided` with what happened
 */
export function mustWait(found: HeldDocument, seenVersion: number | undefined): void {
  mustBeSeen('prepared document', found, seenVersion);
  const { state, note, decidedAt } = found;
  if (state === 'prepared') return;
  throw new DomainError('document-decided', `Nothing waits here any more: it was ${state} (${note ?? 'without a note'}).`, [
    { state, note, decidedAt: decidedAt?.toString() ?? null },
  ]);
}

const REMEDIES: Readonly<Record<DocumentKind, { code: string; message: string }>> = {
  'city-list-item': {
    code: 'document-not-sendable',
    message: 'A quarterly list is published, not sent: POST /api/v1/prepared-documents/<id>/publish.',
  },
  'late-agencies': {
    code: 'document-not-publishable',
    message: 'An item for the city office’s list is sent, not published: POST /api/v1/prepared-documents/<id>/send.',
  },
};

/** Its content, when it is of that kind. @throws DomainError `document-not-sendable`, `document-not-publishable` */
export function contentOfKind<Kind extends DocumentKind>(kind: Kind, { content }: HeldDocument): Extract<DocumentContent, { kind: Kind }> {
  if (isOfKind(content, kind)) return content;
  throw new DomainError(REMEDIES[kind].code, REMEDIES[kind].message);
}

function isOfKind<Kind extends DocumentKind>(content: DocumentContent, kind: Kind): content is Extract<DocumentContent, { kind: Kind }> {
  return content.kind === kind;
}
