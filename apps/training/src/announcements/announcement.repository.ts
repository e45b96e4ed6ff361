import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate, toDate, toInstant } from '#calendar';
import type { Announcement as Row } from '../generated/prisma/client.js';
import type { Database, Tx } from '../persistence/database.js';
import type { Announcement, PersonTold, Role, Told } from './announcement.js';

/** Who was told what of which class. Kept with the mail that tells it, in one transaction and under the lock of the class. */
@Injectable()
export class AnnouncementRepository {
  /** @returns null for somebody who was told nothing yet */
  async find(tx: Tx, classId: string, personId: string, role: Role): Promise<Announcement | null> {
    const row = await tx.announcement.findUnique({ where: { classId_personId_role: { classId, personId, role } } });
    return row && announcementOf(row);
  }

  /** Everybody who was told anything of a class, in order of role and person. */
  async of(tx: Tx | Database, classId: string): Promise<PersonTold[]> {
    const rows = await tx.announcement.findMany({ where: { classId }, orderBy: [{ role: 'asc' }, { personId: 'asc' }] });
    return rows.map((row) => ({ ...announcementOf(row), personId: row.personId, role: row.role as Role }));
  }

  /**
   * Keeps what a mail tells somebody, in place of what they were told before.
   * @param kept.remindedFor first day of the class, when the mail reminds of it; else what was reminded of stays
   * @returns the sequence of the mail's calendar entries: 0 in the first, then one more each time
   */
  async keep(
    tx: Tx,
    {
      classId,
      personId,
      role,
      told,
      at,
      remindedFor = null,
    }: { classId: string; personId: string; role: Role; told: Told; at: Temporal.Instant; remindedFor?: Temporal.PlainDate | null },
  ): Promise<number> {
    const [row] = await tx.$queryRaw<{ sequence: number }[]>`
      INSERT INTO announcement (class_id, person_id, role, told, sequence, told_at, reminded_for)
      VALUES (${classId}::uuid, ${personId}::uuid, ${role}, ${JSON.stringify(told)}::jsonb, 0, ${toDate(at)}, ${remindedFor && plainToDate(remindedFor)}::date)
      ON CONFLICT (class_id, person_id, role) DO UPDATE
        SET told = EXCLUDED.told, sequence = announcement.sequence + 1, told_at = EXCLUDED.told_at,
          reminded_for = coalesce(EXCLUDED.reminded_for, announcement.reminded_for)
      RETURNING sequence`;
    if (!row) throw new Error('an announcement was not kept');
    return row.sequence;
  }
}

function announcementOf(row: Row): Announcement {
  return {
    told: row.told as unknown as Told,
    sequence: row.sequence,
    toldAt: toInstant(row.toldAt),
    remindedFor: row.remindedFor && dateToPlain(row.remindedFor),
  };
}
