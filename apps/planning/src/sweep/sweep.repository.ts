import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { localDate, plainToDate, toDate } from '#calendar';
import type { ObligationKind } from '#contracts';
import type { Ladder, LadderLevel } from '#ladder';
import type { Tx } from '../persistence/database.js';
import type { ContactRow } from './audience.js';

/** Steps decided in one transaction at most. What is left waits for the next sweep, a minute later. */
const AT_MOST = 50_000;
const UPDATE_BATCH = 5_000;

export interface DueStep {
  readonly id: string;
  readonly obligation_id: string;
  readonly rung: string;
  readonly ordinal: number;
  readonly level: LadderLevel;
  readonly track: string;
}

export interface OwedFacts {
  readonly id: string;
  readonly plan_id: string;
  readonly generation: number;
  readonly kind: ObligationKind;
  readonly title: string;
  readonly title_en: string;
  readonly period: string;
  readonly period_en: string;
  readonly window_from: string | null;
  readonly window_to: string | null;
  readonly debtor_id: string;
  readonly creditor_id: string;
  readonly due_on: string;
  readonly chasings: number;
  /** Next pending step of each track: `[level, yyyy-mm-dd]`. */
  readonly next_debtor: [LadderLevel, string] | null;
  readonly next_superior: [LadderLevel, string] | null;
  readonly ladder_id: string;
}

export interface ToldFacts extends OwedFacts {
  /** The last rung that the debtor was told. */
  readonly told_rung: string;
}

export interface PlanRow {
  readonly id: string;
  readonly documentNumber: string;
  readonly issuedOn: string;
  readonly title: string;
  readonly programme: string;
  readonly standingAgencyId: string;
  readonly cityOfficeId: string;
}

const FACTS = `
  o.id, o.plan_id, o.generation, o.kind, o.title, o.title_en, o.period, o.period_en, o.window_from::text, o.window_to::text, o.debtor_id, o.creditor_id, o.due_on::text,
  o.ladder_id, f.chasings, f.next_debtor, f.next_superior`;
const NEXT = (track: string) => `
  (array_agg(jsonb_build_array(s.level, (s.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date::text) ORDER BY s.ordinal)
    FILTER (WHERE s.state = 'pending' AND s.track = '${track}'))[1]`;
/** One pass over the steps of an obligation. */
const SO_FAR = `
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE s.state = 'fired' AND s.level LIKE 'chase-%')::int AS chasings, ${NEXT('debtor')} AS next_debtor, ${NEXT('superior')} AS next_superior
    FROM step s WHERE s.obligation_id = o.id AND s.generation = o.generation) f`;

/** Set-based SQL of the sweep: nothing here is done per row, and its cost follows what is due, not what is open. */
@Injectable()
export class SweepRepository {
  /** Another replica's sweep that is still running has it; then there is nothing to do. Held to the end of the transaction. */
  async alone(tx: Tx): Promise<boolean> {
    const [row] = await tx.$queryRawUnsafe<{ got: boolean }[]>(`SELECT pg_try_advisory_xact_lock(hashtext('sweep-steps')) AS got`);
    return row?.got ?? false;
  }

  /**
   * Due steps of obligations that nobody is changing right now. The lock is on the obligation, under which every change of its steps happens; all due
   * steps of one obligation come together. What a suspension is to hold since a day that has come is left, also where its steps are not held yet.
   */
  async claim(tx: Tx, now: Temporal.Instant): Promise<DueStep[]> {
    const rows = await tx.$queryRawUnsafe<DueStep[]>(
      `SELECT s.id, s.obligation_id, s.rung, s.ordinal, s.level, s.track FROM step s JOIN obligation o ON o.id = s.obligation_id
       WHERE s.state = 'pending' AND s.due_at <= $1 AND NOT EXISTS (SELECT 1 FROM suspension x WHERE x.plan_id = o.plan_id
         AND (x.task_id IS NULL OR x.task_id = o.task_id) AND x.ended_at IS NULL AND x.from_on <= $2::date) ORDER BY s.obligation_id, s.ordinal LIMIT ${String(AT_MOST)} FOR NO KEY UPDATE OF o SKIP LOCKED`,
      toDate(now),
      plainToDate(localDate(now)),
    );
    if (rows.length < AT_MOST) return rows;
    const cut = rows.at(-1)?.obligation_id;
    return rows.filter((row) => row.obligation_id !== cut);
  }

  /** @returns ids that were still pending and due, so that a step ended or held between reading and locking is not told */
  async fire(tx: Tx, stepIds: readonly string[], slot: Temporal.Instant, now: Temporal.Instant): Promise<Set<string>> {
    return this.decide(
      tx,
      stepIds,
      (due) => `
        WITH fired AS (UPDATE step SET state = 'fired', decided_at = $2, slot = $3 WHERE ${due} RETURNING id, obligation_id, rung, track),
             told AS (
               INSERT INTO told_obligation (obligation_id, debtor_id, rung)
               SELECT f.obligation_id, o.debtor_id, f.rung FROM fired f JOIN obligation o ON o.id = f.obligation_id WHERE f.track = 'debtor'
               ON CONFLICT (obligation_id) DO UPDATE SET rung = EXCLUDED.rung)
        SELECT id FROM fired`,
      [toDate(now), toDate(slot)],
    );
  }

  async end(tx: Tx, stepIds: readonly string[], state: 'superseded' | 'skipped', reason: string, now: Temporal.Instant): Promise<void> {
    await this.decide(tx, stepIds, (due) => `UPDATE step SET state = $3, reason = $4, decided_at = $2 WHERE ${due} RETURNING id`, [
      toDate(now),
      state,
      reason,
    ]);
  }

  /** Facts of obligations whose steps fire. */
  facts(tx: Tx, obligationIds: readonly string[]): Promise<OwedFacts[]> {
    return tx.$queryRawUnsafe<OwedFacts[]>(`SELECT ${FACTS} FROM obligation o ${SO_FAR} WHERE o.id = ANY($1::uuid[])`, obligationIds);
  }

  /** What the same debtors owe besides and have been told of before: a mail tells everything. */
  besides(tx: Tx, debtorIds: readonly string[], exceptIds: readonly string[]): Promise<ToldFacts[]> {
    return tx.$queryRawUnsafe<ToldFacts[]>(
      `SELECT ${FACTS}, t.rung AS told_rung FROM told_obligation t JOIN obligation o ON o.id = t.obligation_id ${SO_FAR}
       WHERE t.debtor_id = ANY($1::uuid[]) AND o.state = 'open' AND o.suspension_id IS NULL AND NOT (t.obligation_id = ANY($2::uuid[]))`,
      debtorIds,
      exceptIds,
    );
  }

  /** The ladders that obligations were opened under, by id: few, however many obligations there are. */
  async ladders(tx: Tx, ids: readonly string[]): Promise<Map<string, Ladder>> {
    const rows = await tx.$queryRawUnsafe<{ id: string; ladder: Ladder }[]>(
      `SELECT id, ladder FROM frozen_ladder WHERE id = ANY($1::uuid[])`,
      [...new Set(ids)],
    );
    return new Map(rows.map(({ id, ladder }) => [id, ladder]));
  }

  async agencies(tx: Tx, ids: readonly string[]): Promise<Map<string, { code: string; name: string; nameEn: string }>> {
    const rows = await tx.$queryRawUnsafe<{ id: string; code: string; name: string; name_en: string }[]>(
      `SELECT id, code, name, name_en FROM agency WHERE id = ANY($1::uuid[])`,
      ids,
    );
    return new Map(rows.map((row) => [row.id, { code: row.code, name: row.name, nameEn: row.name_en }]));
  }

  async contacts(tx: Tx, agencyIds: readonly string[]): Promise<Map<string, ContactRow[]>> {
    const rows = await tx.$queryRawUnsafe<{ id: string; agency_id: string; role: ContactRow['role']; reachable: boolean }[]>(
      `SELECT id, agency_id, role, reachable FROM contact WHERE active AND agency_id = ANY($1::uuid[]) ORDER BY id`,
      agencyIds,
    );
    const byAgency = new Map<string, ContactRow[]>();
    for (const row of rows) {
      const contact = { id: row.id, agencyId: row.agency_id, role: row.role, reachable: row.reachable };
      const known = byAgency.get(row.agency_id);
      if (known) known.push(contact);
      else byAgency.set(row.agency_id, [contact]);
    }
    return byAgency;
  }

  async plans(tx: Tx): Promise<Map<string, PlanRow>> {
    const rows = await tx.$queryRawUnsafe<PlanRow[]>(
      `SELECT id, document_number AS "documentNumber", issued_on::text AS "issuedOn", title, programme, standing_agency_id AS "standingAgencyId", city_office_id AS "cityOfficeId" FROM plan`,
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** @param change the statement around the condition that a step is still to be decided; @param values of it, the first is now */
  private async decide(tx: Tx, ids: readonly string[], change: (due: string) => string, values: readonly unknown[]): Promise<Set<string>> {
    const statement = change(`id = ANY($1::uuid[]) AND state = 'pending' AND due_at <= $2`);
    const decided = new Set<string>();
    for (let from = 0; from < ids.length; from += UPDATE_BATCH) {
      const rows = await tx.$queryRawUnsafe<{ id: string }[]>(statement, ids.slice(from, from + UPDATE_BATCH), ...values);
      for (const row of rows) decided.add(row.id);
    }
    return decided;
  }
}
