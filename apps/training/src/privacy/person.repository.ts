import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { plainToDate, toDate } from '#calendar';
import { DomainError, personChanged, type completeDataRequest, type PayloadOf } from '#contracts';
import { Outbox } from '#messaging';
import { AgencyRepository } from '../agencies/agency.repository.js';
import type { Trainee } from '../generated/prisma/client.js';
import type { Tx } from '../persistence/database.js';
import { TraineeRepository } from '../trainees/trainee.repository.js';

type Correction = NonNullable<PayloadOf<typeof completeDataRequest>['correction']>;

/** What stands for the words of somebody who is forgotten. */
const FORGOTTEN = 'Đã xóa';

/** Trainees as the law on personal data lets them ask. Whoever keeps copies of people is told of each change, in the same transaction. */
@Injectable()
export class PersonRepository {
  constructor(
    private readonly outbox: Outbox,
    private readonly trainees: TraineeRepository,
    private readonly agencies: AgencyRepository,
  ) {}

  /** Locks a trainee, known or forgotten, to the end of the transaction. */
  async lock(tx: Tx, id: string): Promise<void> {
    await tx.$queryRaw`SELECT id FROM trainee WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  }

  /** Locks a trainee to the end of the transaction. @throws DomainError `trainee-not-found`, `trainee-forgotten` */
  async hold(tx: Tx, id: string): Promise<Trainee> {
    await this.lock(tx, id);
    const row = await tx.trainee.findUnique({ where: { id } });
    if (!row)
      throw new DomainError(
        'trainee-not-found',
        `There is no trainee ${id}. GET /api/v1/classes/{classId}/enrolments shows those of a class.`,
      );
    if (row.forgottenAt !== null) throw new DomainError('trainee-forgotten', 'Nothing is kept of this person any more.');
    return row;
  }

  /** The plan of the newest nomination that a trainee had at a moment: its standing agency answers for the data. */
  async planOf(tx: Tx, traineeId: string, at: Temporal.Instant): Promise<string> {
    const newest = {
      where: { traineeId, nominatedAt: { lte: toDate(at) } },
      orderBy: { seq: 'desc' },
      select: { class: { select: { course: { select: { planId: true } } } } },
    } as const;
    return (await tx.enrolment.findFirstOrThrow(newest)).class.course.planId;
  }

  /** Nominations of a trainee to classes that have not begun, with their class, in order of the class. */
  async toCome(tx: Tx, traineeId: string): Promise<{ id: string; classId: string }[]> {
    return tx.enrolment.findMany({
      where: {
        traineeId,
        state: { in: ['waiting', 'enrolled'] },
        class: { state: { notIn: ['in-progress', 'completed', 'certified', 'reported', 'cancelled'] } },
      },
      orderBy: { classId: 'asc' },
      select: { id: true, classId: true },
    });
  }

  /** Puts right what is wrong of a trainee who is held. @throws DomainError `trainee-already-known` when somebody else is on record with the same data */
  async correct(tx: Tx, { id, agency, ...row }: Trainee, correction: Correction): Promise<void> {
    const { fullName, unit, email, phone } = { ...row, ...correction };
    const [identity] = this.trainees.identities(agency, {
      ...row,
      language: row.language as 'vi',
      fullName: fullName ?? '',
      unit: unit ?? '',
      email: email ?? null,
      phone: phone ?? null,
    });
    const other = await tx.trainee.count({ where: { identity: identity ?? null, id: { not: id } } });
    if (other > 0)
      throw new DomainError(
        'trainee-already-known',
        'Somebody with exactly this data is on record already. Ask the agency which is right.',
      );
    const data = { ...correction, identity: identity ?? null, version: { increment: 1 } };
    await this.tell(tx, [await tx.trainee.update({ where: { id }, data: data as never })]);
  }

  /** Ends mail and lists for a trainee who is held. */
  async restrict(tx: Tx, id: string): Promise<void> {
    await this.tell(tx, [await tx.trainee.update({ where: { id }, data: { restricted: true, version: { increment: 1 } } })]);
  }

  /** Leaves nothing that tells who these people, who are held, were; what they asked with words is emptied of words. What they did is kept by numbers. */
  async forget(tx: Tx, ids: readonly string[], at: Temporal.Instant): Promise<void> {
    const nothing = { fullName: null, unit: null, position: null, needs: null, email: null, phone: null, identity: null };
    const where = { id: { in: [...ids] } };
    await tx.trainee.updateMany({ where, data: { ...nothing, forgottenAt: toDate(at), version: { increment: 1 } } });
    await tx.dataRequest.updateMany({ where: { traineeId: { in: [...ids] } }, data: { asked: FORGOTTEN } });
    await tx.dataRequest.updateMany({ where: { traineeId: { in: [...ids] }, outcome: { not: null } }, data: { outcome: FORGOTTEN } });
    await this.tell(tx, await tx.trainee.findMany({ where, orderBy: { id: 'asc' } }));
  }

  /**
   * Trainees whose newest class ended before a day, who are in none that has still to be held, and who ask for nothing: locked, in order of their id. Whom somebody
   * else has in hand is left for the next night. A class that never had days ends with the nomination.
   */
  async expired(tx: Tx, before: Temporal.PlainDate, limit: number): Promise<string[]> {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT t.id::text AS id FROM trainee t
      WHERE t.forgotten_at IS NULL AND t.recorded_at < ${plainToDate(before)}
        AND NOT EXISTS (SELECT FROM data_request r WHERE r.trainee_id = t.id AND r.state IN ('received', 'answered'))
        AND NOT EXISTS (
          SELECT FROM enrolment e JOIN training_class c ON c.id = e.class_id
          LEFT JOIN LATERAL (SELECT max(s.date) AS last FROM class_session s WHERE s.class_id = c.id AND s.active) days ON true
          WHERE e.trainee_id = t.id AND (coalesce(days.last, (e.nominated_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) >= ${plainToDate(before)}::date
            OR (days.last IS NULL AND e.state IN ('waiting', 'enrolled') AND c.state <> 'cancelled')))
      ORDER BY t.id LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED`;
    return rows.map(({ id }) => id);
  }

  private async tell(tx: Tx, rows: readonly Trainee[]): Promise<void> {
    const names = await this.agencies.names(
      tx,
      rows.map(({ agency }) => agency),
    );
    const people = rows.map((row): PayloadOf<typeof personChanged> => ({
      personId: row.id,
      version: row.version,
      kind: 'trainee',
      name: row.fullName,
      email: row.email,
      phone: row.phone,
      organisation: names.get(row.agency) ?? { name: row.agency, nameEn: row.agency },
      language: row.language as 'vi',
      active: row.forgottenAt === null && !row.restricted,
      forgotten: row.forgottenAt !== null,
    }));
    await this.outbox.publishAll(tx, personChanged, people);
  }
}
