import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { personChanged, type PayloadOf, type traineeLanguages } from '#contracts';
import { Env } from '#config';
import { Outbox } from '#messaging';
import { AgencyRepository } from '../agencies/agency.repository.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { identityKeys, identityOf, type Basis, type KnownTrainee, type NominatedPerson } from './trainee.js';

/** A person as the table has them. */
interface Row {
  id: string;
  agency: string;
  full_name: string;
  email: string | null;
  phone: string | null;
  language: (typeof traineeLanguages)[number];
  version: number;
  fresh: boolean;
}

export interface Nominee {
  /** Of the trainee, when they turn out to be new. */
  readonly id: string;
  readonly person: NominatedPerson;
  readonly identity: string;
}

/** Rows in one statement: what a message carries is bounded, and so is what a statement does. */
const PIECE = 1000;

/** People who are taught. Whoever keeps copies of people is told of each change, in the same transaction. */
@Injectable()
export class TraineeRepository {
  private readonly keys: readonly Buffer[];

  constructor(
    env: Env,
    private readonly outbox: Outbox,
    private readonly history: HistoryRepository,
    private readonly agencies: AgencyRepository,
  ) {
    this.keys = identityKeys(env.get('SEAL_KEY'));
  }

  /** Digests of a person: that which is kept first, then those by keys that are being replaced. */
  identities(agency: string, person: NominatedPerson): string[] {
    return this.keys.map((key) => identityOf(agency, person, key));
  }

  /**
   * People who are known by these digests, locked in order of their id: whatever is decided of them now is decided by one at a time.
   * A digest by a key that is being replaced is renewed.
   * @param identities for each person all their digests
   * @returns by the first digest
   */
  async hold(tx: Tx, identities: readonly (readonly string[])[]): Promise<Map<string, KnownTrainee>> {
    const first = new Map(identities.flatMap((all) => all.map((one) => [one, all[0] ?? one] as const)));
    const rows = await tx.$queryRaw<KnownTrainee[]>`
      SELECT id, identity, restricted FROM trainee WHERE identity = ANY(${[...first.keys()]}::text[]) ORDER BY id FOR NO KEY UPDATE`;
    for (const { id, identity } of rows) {
      const newest = first.get(identity);
      if (newest !== undefined && newest !== identity) await tx.$executeRaw`UPDATE trainee SET identity = ${newest} WHERE id = ${id}::uuid`;
    }
    return new Map(rows.map((row) => [first.get(row.identity) ?? row.identity, row]));
  }

  /** Locks everybody who is nominated for a class, in order of their id. After the class, before their enrolments. @returns whether there is anybody */
  async holdOf(tx: Tx, classId: string): Promise<boolean> {
    const rows = await tx.$queryRaw<unknown[]>`
      SELECT id FROM trainee WHERE id IN (SELECT trainee_id FROM enrolment WHERE class_id = ${classId}::uuid AND state IN ('waiting', 'enrolled'))
      ORDER BY id FOR NO KEY UPDATE`;
    return rows.length > 0;
  }

  /** Records people who are not known. Somebody else may record the same at this moment: then they wait, and it is not done. @returns whether all are new */
  async create(tx: Tx, nominees: readonly Nominee[], basis: Basis, at: Temporal.Instant): Promise<boolean> {
    const sorted = [...nominees].sort((a, b) => (a.identity < b.identity ? -1 : 1));
    let made = 0;
    for (const piece of piecesOf(sorted)) {
      const rows = await tx.$queryRaw<Row[]>`
        INSERT INTO trainee (id, agency, full_name, unit, position, needs, email, phone, language, identity, legal_basis, basis, notice_version, recorded_at, version)
        SELECT id, agency, full_name, unit, position, needs, email, phone, language, identity, legal_basis, basis, notice_version, recorded_at, 1
        FROM jsonb_populate_recordset(NULL::trainee, ${rowsOf(piece, basis, at)}::jsonb) ORDER BY identity
        ON CONFLICT (identity) DO NOTHING
        RETURNING id, agency, full_name, email, phone, language, version, true AS fresh`;
      made += rows.length;
      await this.tell(tx, rows, basis, at);
    }
    return made === nominees.length;
  }

  /** What is said anew of people who are held: those whose data is the same stay as they are. `id` is theirs. */
  async change(tx: Tx, nominees: readonly Nominee[], basis: Basis, at: Temporal.Instant): Promise<void> {
    for (const piece of piecesOf(nominees)) {
      const rows = await tx.$queryRaw<Row[]>`
        UPDATE trainee t SET position = n.position, needs = n.needs, email = n.email, phone = n.phone, language = n.language, legal_basis = n.legal_basis,
          basis = n.basis, notice_version = n.notice_version, version = t.version + 1
        FROM jsonb_populate_recordset(NULL::trainee, ${rowsOf(piece, basis, at)}::jsonb) n
        WHERE t.id = n.id AND (t.position, t.needs, t.email, t.phone, t.language, t.legal_basis, t.basis, t.notice_version)
          IS DISTINCT FROM (n.position, n.needs, n.email, n.phone, n.language, n.legal_basis, n.basis, n.notice_version)
        RETURNING t.id, t.agency, t.full_name, t.email, t.phone, t.language, t.version, false AS fresh`;
      await this.tell(tx, rows, basis, at);
    }
  }

  private async tell(tx: Tx, rows: readonly Row[], { agency, legalBasis, noticeVersion }: Basis, at: Temporal.Instant): Promise<void> {
    const names = await this.agencies.names(
      tx,
      rows.map((row) => row.agency),
    );
    const people = rows.map(
      ({ id, agency: nominatedBy, full_name: name, email, phone, language, version }): PayloadOf<typeof personChanged> => ({
        personId: id,
        version,
        kind: 'trainee',
        name,
        email,
        phone,
        organisation: names.get(nominatedBy) ?? { name: nominatedBy, nameEn: nominatedBy },
        language,
        active: true,
        forgotten: false,
      }),
    );
    await this.outbox.publishAll(tx, personChanged, people);
    await this.history.tell(
      tx,
      rows.map(({ id, fresh }) => ({
        subject: 'trainee',
        subjectId: id,
        at,
        what: fresh ? 'recorded' : 'changed',
        detail: { agency, legalBasis, noticeVersion },
      })),
    );
  }
}

function piecesOf<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / PIECE) }, (_, index) => all.slice(index * PIECE, (index + 1) * PIECE));
}

function rowsOf(nominees: readonly Nominee[], { agency, legalBasis, basis, noticeVersion }: Basis, at: Temporal.Instant): string {
  return JSON.stringify(
    nominees.map(({ id, identity, person: { fullName, ...person } }) => ({
      id,
      identity,
      ...person,
      agency,
      full_name: fullName,
      legal_basis: legalBasis,
      basis,
      notice_version: noticeVersion,
      recorded_at: at.toString(),
    })),
  );
}
