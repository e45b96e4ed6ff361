import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { toDate, toInstant } from '#calendar';
import { DomainError, type addAttachment, type attachmentView, type AttachmentSubject, type PayloadOf, type ScanVerdict } from '#contracts';
import type { Attachment } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';
import type { HeldSubject } from './attachment.js';

export type AttachmentView = z.output<typeof attachmentView>;

@Injectable()
export class AttachmentRepository {
  constructor(private readonly database: Database) {}

  /** Locks the thing that files belong to, to the end of the transaction. @throws DomainError `report-not-found`, `dossier-not-found`, … */
  async holdSubject(tx: Tx, subject: AttachmentSubject, id: string): Promise<HeldSubject> {
    const held = await this.locked(tx, subject, id);
    if (!held) throw new DomainError(`${subject}-not-found`, `There is no ${subject} ${id}.`);
    return held;
  }

  /** @throws DomainError `attachment-not-found` */
  async inTransaction(tx: Tx, id: string): Promise<AttachmentView> {
    return view(await tx.attachment.findUnique({ where: { id } }), id);
  }

  /** The attachment that is this one already: the same id, or the same content at the same thing. */
  async twin(tx: Tx, asked: PayloadOf<typeof addAttachment>): Promise<AttachmentView | undefined> {
    const { attachmentId, subject, subjectId, sha256 } = asked;
    const same = await tx.attachment.findUnique({ where: { id: attachmentId } });
    const row = same ?? (await tx.attachment.findFirst({ where: { subject, subjectId, sha256, removedAt: null } }));
    return row ? view(row, row.id) : undefined;
  }

  count(tx: Tx, subject: AttachmentSubject, subjectId: string): Promise<number> {
    return tx.attachment.count({ where: { subject, subjectId, removedAt: null } });
  }

  async add(tx: Tx, asked: PayloadOf<typeof addAttachment>, addedBy: string, at: Temporal.Instant): Promise<AttachmentView> {
    const { attachmentId: id, ...file } = asked;
    return view(await tx.attachment.create({ data: { id, ...file, addedBy, addedAt: toDate(at) } }), id);
  }

  async remove(tx: Tx, id: string, removedBy: string, at: Temporal.Instant): Promise<AttachmentView> {
    return view(await tx.attachment.update({ where: { id }, data: { removedBy, removedAt: toDate(at) } }), id);
  }

  async list(filter: {
    subject: AttachmentSubject;
    subjectId: string;
    removed: boolean;
    limit: number;
    after: string | undefined;
  }): Promise<AttachmentView[]> {
    const rows = await this.database.attachment.findMany({
      where: {
        subject: filter.subject,
        subjectId: filter.subjectId,
        ...(filter.removed ? {} : { removedAt: null }),
        ...(filter.after === undefined ? {} : { id: { gt: filter.after } }),
      },
      orderBy: { id: 'asc' },
      take: filter.limit,
    });
    return rows.map((row) => view(row, row.id));
  }

  /** @throws DomainError `attachment-not-found` */
  async find(id: string): Promise<AttachmentView> {
    return view(await this.database.attachment.findUnique({ where: { id } }), id);
  }

  /** Those of the ids that are attachments, removed ones too. */
  async known(ids: readonly string[]): Promise<string[]> {
    const rows = await this.database.attachment.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
    return rows.map((row) => row.id);
  }

  private async locked(tx: Tx, subject: AttachmentSubject, id: string): Promise<HeldSubject | undefined> {
    const rows = await lockOf[subject](tx, id);
    const [row] = rows;
    return row && { subject, id, state: row.state, toldUnder: { subject: toldUnder[subject], subjectId: row.told } };
  }
}

/** State of the thing, and the id under which its history stands. */
type Locked = Promise<{ state: string; told: string }[]>;
const lockOf: Readonly<Record<AttachmentSubject, (tx: Tx, id: string) => Locked>> = {
  report: (tx, id) => tx.$queryRaw`SELECT state, id AS told FROM report WHERE id = ${id}::uuid FOR NO KEY UPDATE`,
  dossier: (tx, id) => tx.$queryRaw`SELECT state, id AS told FROM approval_dossier WHERE id = ${id}::uuid FOR NO KEY UPDATE`,
  task: (tx, id) => tx.$queryRaw`SELECT status AS state, id AS told FROM task WHERE id = ${id}::uuid AND NOT retired FOR NO KEY UPDATE`,
  finding: (tx, id) => tx.$queryRaw`SELECT state, inspection_id AS told FROM finding WHERE id = ${id}::uuid FOR NO KEY UPDATE`,
};
const toldUnder = { report: 'report', dossier: 'approval', task: 'task', finding: 'inspection' } as const;

function view(row: Attachment | null, id: string): AttachmentView {
  if (!row) throw new DomainError('attachment-not-found', `There is no attachment ${id}.`);
  return {
    attachmentId: row.id,
    subject: row.subject as AttachmentSubject,
    subjectId: row.subjectId,
    fileName: row.fileName,
    mediaType: row.mediaType,
    size: row.size,
    sha256: row.sha256,
    scan: row.scan as ScanVerdict,
    addedAt: toInstant(row.addedAt).toString(),
    addedBy: row.addedBy,
    removedAt: row.removedAt && toInstant(row.removedAt).toString(),
    removedBy: row.removedBy,
  };
}
