import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { plainToDate, toDate } from '#calendar';
import { DomainError, nameBasedId } from '#contracts';
import type { Tx } from '../persistence/database.js';
import { newCode, numberOf, type Completed } from './certificate.js';

/** A certificate as it was issued. */
export interface Issued extends Completed {
  readonly id: string;
  readonly number: string;
  readonly code: string;
}

/** Certificates as use cases write them. */
@Injectable()
export class CertificateRepository {
  /** Who completed a class and has no certificate of it, by number of the enrolment. Locks them in order of their id. */
  async due(tx: Tx, classId: string): Promise<Completed[]> {
    await tx.$queryRaw`SELECT id FROM enrolment WHERE class_id = ${classId}::uuid AND state = 'completed' ORDER BY id FOR NO KEY UPDATE`;
    return tx.$queryRaw<Completed[]>`
      SELECT e.id AS "enrolmentId", e.trainee_id AS "traineeId", t.email IS NOT NULL AS reachable,
        (SELECT count(*)::int FROM attendance a JOIN class_session s ON s.id = a.session_id
         WHERE a.enrolment_id = e.id AND s.active AND a.status IN ('present', 'late')) AS attended
      FROM enrolment e JOIN trainee t ON t.id = e.trainee_id
      WHERE e.class_id = ${classId}::uuid AND e.state = 'completed'
        AND NOT EXISTS (SELECT FROM certificate c WHERE c.enrolment_id = e.id)
      ORDER BY e.seq`;
  }

  /** Code of the agency that issues for a class, and how many sessions were held. */
  async issuer(tx: Tx, classId: string): Promise<{ code: string; sessions: number }> {
    const row = await tx.trainingClass.findUniqueOrThrow({
      where: { id: classId },
      select: { course: { select: { leadAgency: true } }, _count: { select: { sessions: { where: { active: true } } } } },
    });
    return { code: row.course.leadAgency, sessions: row._count.sessions };
  }

  /**
   * Issues the next numbers of the year. The year's row is locked until the transaction ends: a number is given once, and none is left out, not even by one
   * that is given up.
   */
  async issue(
    tx: Tx,
    people: readonly Completed[],
    by: { readonly issuer: string; readonly sessions: number; readonly signatory: string; readonly signatoryPosition: string },
    on: Temporal.PlainDate,
  ): Promise<Issued[]> {
    const first = (await this.take(tx, on.year, people.length)) - people.length + 1;
    const issued = people.map((one, index) => ({
      ...one,
      id: nameBasedId('dondoc', 'certificate', one.enrolmentId),
      number: numberOf(first + index, on.year, by.issuer),
      code: newCode(),
    }));
    const { sessions, signatory, signatoryPosition } = by;
    await tx.certificate.createMany({
      data: issued.map(({ id, enrolmentId, number, code, attended }, index) => ({
        id,
        enrolmentId,
        year: on.year,
        serial: first + index,
        number,
        code,
        issuedOn: plainToDate(on),
        attended,
        sessions,
        signatory,
        signatoryPosition,
      })),
    });
    return issued;
  }

  /** Locks a certificate to the end of the transaction. @throws DomainError `certificate-not-found` */
  async hold(tx: Tx, id: string): Promise<{ number: string; revokedAt: Date | null }> {
    await tx.$queryRaw`SELECT id FROM certificate WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const row = await tx.certificate.findUnique({ where: { id } });
    if (row) return row;
    throw new DomainError('certificate-not-found', `There is no certificate ${id}. GET /api/v1/certificates lists them.`);
  }

  async revoke(tx: Tx, id: string, at: Temporal.Instant, reason: string): Promise<void> {
    await tx.certificate.update({ where: { id }, data: { revokedAt: toDate(at), revokedReason: reason } });
  }

  /** Takes so many serials of a year. @returns the last of them */
  private async take(tx: Tx, year: number, count: number): Promise<number> {
    const [row] = await tx.$queryRaw<{ last: number }[]>`
      INSERT INTO certificate_year AS given (year, last) VALUES (${year}, ${count})
      ON CONFLICT (year) DO UPDATE SET last = given.last + EXCLUDED.last RETURNING last`;
    return row?.last ?? 0;
  }
}
