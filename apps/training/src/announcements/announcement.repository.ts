import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, toDate, toInstant } from '#calendar';
import type { Tx } from '../persistence/database.js';
import type { Announcement, Role, Told } from './announcement.js';

/** Who was told what of which class. Kept with the mail that tells it, in one transaction and under the lock of the class. */
@Injectable()
export class AnnouncementRepository {
  /** @returns null for somebody who was told nothing yet */
  async find(tx: Tx, classId: string, personId: string, role: Role): Promise<Announcement | null> {
    const row = await tx.announcement.findUnique({ where: { classId_personId_role: { classId, personId, role } } });
    return (
      row && {
        told: row.told as unknown as Told,
        sequence: row.sequence,
        toldAt: toInstant(row.toldAt),
        remindedFor: row.remindedFor && dateToPlain(row.remindedFor),
      }
    );
  }

  /**
   * Keeps what a mail tells somebody, in place of what they were told before.
   * @returns the sequence of the mail's calendar entries: 0 in the first, then one more each time
   */
  async keep(
    tx: Tx,
    { classId, personId, role, told, at }: { classId: string; personId: string; role: Role; told: Told; at: Temporal.Instant },
  ): Promise<number> {
    const [row] = await tx.$queryRaw<{ sequence: number }[]>`
      INSERT INTO announcement (class_id, person_id, role, told, sequence, told_at)
      VALUES (${classId}::uuid, ${personId}::uuid, ${role}, ${JSON.stringify(told)}::jsonb, 0, ${toDate(at)})
      ON CONFLICT (class_id, person_id, role) DO UPDATE
        SET told = EXCLUDED.told, sequence = announcement.sequence + 1, told_at = EXCLUDED.told_at
      RETURNING sequence`;
    if (!row) throw new Error('an announcement was not kept');
    return row.sequence;
  }
}
