import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, toDate, toInstant } from '#calendar';
import type { Announcement as Row } from '../generated/prisma/client.js';
import type { Database, Tx } from '../persistence/database.js';
import type { Announcement, PersonTold, PersonToTell, Role, Told } from './announcement.js';

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

  /** Keeps what a mail tells one person. @returns the sequence of its calendar entries */
  async keep(tx: Tx, { classId, at, ...told }: PersonToTell & { classId: string; at: Temporal.Instant }): Promise<number> {
    const [sequence] = await this.keepAll(tx, classId, at, [told]);
    if (sequence === undefined) throw new Error('an announcement was not kept');
    return sequence;
  }

  /**
   * Keeps what mails tell people of a class, in place of what they were told before: one statement, however many they are. Each person and role once.
   * @returns the sequences of the mails' calendar entries, in the order of the people: 0 in the first, then one more each time
   */
  async keepAll(tx: Tx, classId: string, at: Temporal.Instant, people: readonly PersonToTell[]): Promise<number[]> {
    if (people.length === 0) return [];
    const rows = people.map(({ personId, role, told, remindedFor = null }) => ({
      person_id: personId,
      role,
      told,
      reminded_for: remindedFor?.toString() ?? null,
    }));
    const kept = await tx.$queryRaw<{ key: string; sequence: number }[]>`
      INSERT INTO announcement (class_id, person_id, role, told, sequence, told_at, reminded_for)
      SELECT ${classId}::uuid, t.person_id, t.role, t.told, 0, ${toDate(at)}, t.reminded_for
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(person_id uuid, role text, told jsonb, reminded_for date)
      ON CONFLICT (class_id, person_id, role) DO UPDATE
        SET told = EXCLUDED.told, sequence = announcement.sequence + 1, told_at = EXCLUDED.told_at,
          reminded_for = coalesce(EXCLUDED.reminded_for, announcement.reminded_for)
      RETURNING role || ' ' || person_id AS key, sequence`;
    const sequences = new Map(kept.map(({ key, sequence }) => [key, sequence]));
    return people.flatMap(({ role, personId }) => sequences.get(`${role} ${personId}`) ?? []);
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
