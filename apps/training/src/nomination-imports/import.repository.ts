import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { toDate, toInstant } from '#calendar';
import type { Tx } from '../persistence/database.js';

interface Imported {
  readonly of: { readonly courseId: string } | { readonly classId: string };
  readonly agency: string;
  readonly digest: string;
}

/** Files of nominations that were taken in. */
@Injectable()
export class ImportRepository {
  /** The last time that this agency sent this file for the same course or class. Its classes are held, so that two at once are one after the other. */
  async before(tx: Tx, { of, agency, digest }: Imported): Promise<{ at: string; faulty: number } | null> {
    const row = await tx.nominationImport.findFirst({
      where: { agency, digest, ...('classId' in of ? of : { ...of, classId: null }) },
      orderBy: { importedAt: 'desc' },
    });
    return row && { at: toInstant(row.importedAt).toString(), faulty: row.faulty };
  }

  async record(
    tx: Tx,
    {
      id,
      of,
      courseId,
      agency,
      digest,
      rows,
      faulty,
      at,
    }: Imported & { id: string; courseId: string; rows: number; faulty: number; at: Temporal.Instant },
  ): Promise<void> {
    const classId = 'classId' in of ? of.classId : null;
    await tx.nominationImport.create({ data: { id, courseId, classId, agency, digest, rows, faulty, importedAt: toDate(at) } });
  }
}
