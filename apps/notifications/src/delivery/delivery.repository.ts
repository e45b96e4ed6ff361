import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { localDate, plainToDate, toDate, toInstant } from '#calendar';
import type { Mail } from '#contracts';
import { Database, type Tx } from '../persistence/database.js';
import type { StandIn } from '../recipients/stand-in.js';
import type { Language } from '../templates/letter.js';
import { keptFacts, type DeliveryState, type Ending, type MessageState } from './delivery.js';

export interface NewMessage {
  readonly id: string;
  readonly businessKey: string;
  readonly stream: string | null;
  readonly templateVersion: string;
  readonly recipientId: string;
  readonly agencyCode: string | null;
  readonly mail: Mail;
  readonly obligationIds: readonly string[];
  readonly correlationId: string;
  readonly mailId: string;
  readonly decidedAt: Temporal.Instant;
  readonly createdAt: Temporal.Instant;
  readonly nextAttemptAt: Temporal.Instant | null;
}

export interface Settled extends Ending {
  readonly id: string;
  readonly attempt: number;
  readonly subject: string | null;
  /** The instant in the Date header. */
  readonly sentAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant;
}

/** What need not be told any more: settled, or told by a newer mail. */
export interface Dropped {
  readonly settled: ReadonlySet<string>;
  readonly toldSince: ReadonlySet<string>;
}

interface StateRow {
  readonly id: string;
  readonly state: MessageState;
  readonly attempts: number;
  readonly next_attempt_at: Date | null;
  readonly doubts: number;
}

interface ClaimRow {
  readonly id: string;
  readonly attempts: number;
  readonly doubts: number;
  readonly to_id: string | null;
  readonly agency_id: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly until: string;
}

/** Delegations of the day `$3` to somebody who can be written to; who cannot is passed over, and the mail stays with whoever was before. */
const DELEGATED = `delegation d JOIN recipient r ON r.id = d.to_contact_id AND r.active AND NOT r.refused`;
const IN_FORCE = `NOT d.revoked AND d.to_on >= $3::date AND d.from_on <= $3::date`;
/** How often a mail is passed on at most; planning lets nobody make a longer chain. */
const MOST_HOPS = 3;
/** For everybody who is away on the day `$3`, the last of the chain. */
const STAND_INS = `passed AS (
    SELECT d.contact_id, d.to_contact_id AS to_id, d.to_on, 1 AS hops FROM ${DELEGATED} WHERE ${IN_FORCE}
    UNION ALL
    SELECT p.contact_id, d.to_contact_id, least(p.to_on, d.to_on), p.hops + 1
    FROM passed p JOIN ${DELEGATED} ON d.contact_id = p.to_id WHERE p.hops < ${String(MOST_HOPS)} AND d.to_contact_id <> p.contact_id AND ${IN_FORCE}
  ), stand_in AS MATERIALIZED (
    SELECT DISTINCT ON (p.contact_id) p.contact_id, p.to_id, p.to_on::text AS until, r.agency_id, r.name, r.email, r.language
    FROM passed p JOIN recipient r ON r.id = p.to_id ORDER BY p.contact_id, p.hops DESC, p.to_on DESC
  )`;

/** Sections of a mail by weight: a mail that only informs does not replace one that asks to act. */
const WEIGHTS = `ARRAY['copied', 'owes', 'escalated']`;
/** `newer` says everything of `old` at least as seriously. A mail without items, a digest, is replaced as a whole. */
const TELLS_ALL = `NOT EXISTS (
  SELECT FROM jsonb_array_elements(old.mail->'items') o WHERE NOT EXISTS (
    SELECT FROM jsonb_array_elements(newer.mail->'items') n
    WHERE n->>'obligationId' = o->>'obligationId' AND array_position(${WEIGHTS}, n->>'section') >= array_position(${WEIGHTS}, o->>'section')))`;

/** A newer mail of the stream to the same person leaves nothing of one without items, whichever came first. */
const OVERTAKEN = `old.mail->'items' IS NULL AND EXISTS (
  SELECT FROM message newer WHERE newer.recipient_id = old.recipient_id AND newer.stream = old.stream AND newer.decided_at > old.decided_at)`;
const NEWER_TELLS_ALL = 'a newer mail to the same recipient tells everything';

/** The mail ledger in whole batches: concurrent deliveries share their statements. */
@Injectable()
export class DeliveryRepository {
  constructor(private readonly database: Database) {}

  /**
   * Writes messages that are new, and supersedes older unsent ones of the same recipient and stream that they make pointless. One statement; the row is its
   * own receipt, by its id and by its business key. @returns ids of the new ones
   */
  async accept(messages: readonly NewMessage[]): Promise<Set<string>> {
    const rows = await this.database.$queryRawUnsafe<{ id: string }[]>(
      `WITH newer AS (
         INSERT INTO message (id, business_key, stream, template, template_version, recipient_id, agency_code, mail, obligation_ids, correlation_id, mail_id, decided_at, created_at, next_attempt_at)
         SELECT m.id, m.business_key, m.stream, m.mail->>'template', m.template_version, m.recipient_id, m.agency_code, m.mail,
                ARRAY(SELECT jsonb_array_elements_text(m.obligation_ids)::uuid), m.correlation_id, m.mail_id, m.decided_at, m.created_at, m.next_attempt_at
         FROM jsonb_to_recordset($1::jsonb) AS m(id uuid, business_key text, stream text, template_version text, recipient_id uuid, agency_code text, mail jsonb, obligation_ids jsonb,
                correlation_id uuid, mail_id text, decided_at timestamptz, created_at timestamptz, next_attempt_at timestamptz)
         ON CONFLICT DO NOTHING RETURNING id, recipient_id, stream, decided_at, mail
       ), pointless AS (
         UPDATE message old SET state = 'superseded', reason = '${NEWER_TELLS_ALL}', next_attempt_at = NULL
         FROM newer
         WHERE newer.stream IS NOT NULL AND old.recipient_id = newer.recipient_id AND old.stream = newer.stream
           AND old.decided_at < newer.decided_at AND old.state = 'queued' AND ${TELLS_ALL}
       )
       SELECT id FROM newer`,
      JSON.stringify(messages.map(rowOf)),
    );
    return new Set(rows.map((row) => row.id));
  }

  async states(ids: readonly string[]): Promise<Map<string, DeliveryState>> {
    const rows = await this.database.$queryRawUnsafe<StateRow[]>(
      `SELECT id, state, attempts, next_attempt_at, ${doubtsOf('message')} AS doubts FROM message WHERE id = ANY($1::uuid[])`,
      ids,
    );
    return new Map(
      rows.map((row) => [
        row.id,
        {
          state: row.state,
          attempts: row.attempts,
          nextAttemptAt: row.next_attempt_at && toInstant(row.next_attempt_at),
          doubts: row.doubts,
        },
      ]),
    );
  }

  /**
   * Claims what may still leave, with an attempt row each, and says who reads it on the business day of `at`: who stands in is looked up once for all
   * mails of the batch, among the few delegations of that day. A mail without items that came after a newer one ends here.
   * @returns by id; absent: superseded, or somebody else decided meanwhile
   */
  async claim(
    ids: readonly string[],
    at: Temporal.Instant,
  ): Promise<Map<string, { attempt: number; doubts: number; standIn: StandIn | null }>> {
    const rows = await this.database.$queryRawUnsafe<ClaimRow[]>(
      `WITH RECURSIVE ${STAND_INS}, overtaken AS (
         UPDATE message old SET state = 'superseded', reason = '${NEWER_TELLS_ALL}', next_attempt_at = NULL
         WHERE old.id = ANY($1::uuid[]) AND old.state = 'queued' AND old.stream IS NOT NULL AND ${OVERTAKEN} RETURNING old.id
       ), claimed AS (
         UPDATE message SET state = 'sending', attempts = attempts + 1, next_attempt_at = NULL,
                delivered_to_id = (SELECT s.to_id FROM stand_in s WHERE s.contact_id = message.recipient_id)
         WHERE id = ANY($1::uuid[]) AND id NOT IN (SELECT o.id FROM overtaken o) AND (state = 'queued' OR (state = 'unknown' AND next_attempt_at IS NOT NULL))
         RETURNING id, attempts, recipient_id, delivered_to_id, ${doubtsOf('message')} AS doubts
       ), tried AS (
         INSERT INTO attempt (message_id, attempt, started_at, delivered_to_id) SELECT id, attempts, $2, delivered_to_id FROM claimed
       )
       SELECT c.id, c.attempts, c.doubts, s.to_id, s.agency_id, s.name, s.email, s.language, s.until
       FROM claimed c LEFT JOIN stand_in s ON s.contact_id = c.recipient_id`,
      ids,
      toDate(at),
      plainToDate(localDate(at)),
    );
    return new Map(rows.map((row) => [row.id, { attempt: row.attempts, doubts: row.doubts, standIn: standInOf(row) }]));
  }

  /** Their servers refuse these people for good: nobody's mail is handed to them as a stand-in any more. */
  async markRefused(tx: Tx, recipientIds: readonly string[]): Promise<void> {
    await tx.recipient.updateMany({ where: { id: { in: [...recipientIds] } }, data: { refused: true } });
  }

  // OFFSET 0 keeps each lookup a lookup: after a burst the planner's statistics are those of a table that was small, and it would read it whole.
  /** Obligations of these messages that were settled after the mail was decided, or that a newer mail tells at least as seriously. */
  async dropped(ids: readonly string[]): Promise<Map<string, Dropped>> {
    const rows = await this.database.$queryRawUnsafe<{ id: string; obligation_id: string; settled: boolean }[]>(
      `SELECT m.id, s.obligation_id, true AS settled
       FROM message m CROSS JOIN LATERAL unnest(m.obligation_ids) o
       CROSS JOIN LATERAL (SELECT obligation_id FROM settlement WHERE obligation_id = o AND at >= m.decided_at OFFSET 0) s
       WHERE m.id = ANY($1::uuid[])
       UNION ALL
       SELECT old.id, (o->>'obligationId')::uuid, false
       FROM message old
       CROSS JOIN LATERAL (SELECT mail FROM message WHERE recipient_id = old.recipient_id AND stream = old.stream AND decided_at > old.decided_at
         AND state IN ('queued', 'sending', 'sent', 'unknown') OFFSET 0) newer
       CROSS JOIN LATERAL jsonb_array_elements(old.mail->'items') o CROSS JOIN LATERAL jsonb_array_elements(newer.mail->'items') n
       WHERE old.id = ANY($1::uuid[]) AND n->>'obligationId' = o->>'obligationId'
         AND array_position(${WEIGHTS}, n->>'section') >= array_position(${WEIGHTS}, o->>'section')`,
      ids,
    );
    const dropped = new Map<string, { settled: Set<string>; toldSince: Set<string> }>();
    for (const row of rows) {
      const one = dropped.get(row.id) ?? { settled: new Set(), toldSince: new Set() };
      dropped.set(row.id, one);
      (row.settled ? one.settled : one.toldSince).add(row.obligation_id);
    }
    return dropped;
  }

  /** Records how attempts ended. An attempt that was given up as in doubt and answers late after all is corrected, if its answer is final. */
  async settle(settled: readonly Settled[], tx: Tx | Database = this.database): Promise<void> {
    await tx.$executeRawUnsafe(
      `WITH ended AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS e(id uuid, attempt int, state text, outcome text, answer text, reason text, subject text, sent_at timestamptz, ended_at timestamptz, next_attempt_at timestamptz)
       ), told AS (
         UPDATE message m SET state = e.state, reason = e.reason, subject = coalesce(e.subject, m.subject), next_attempt_at = e.next_attempt_at,
                sent_at = CASE WHEN e.state = 'sent' THEN e.sent_at END
         FROM ended e
         WHERE m.id = ANY($2::uuid[]) AND m.id = e.id AND m.attempts = e.attempt AND (m.state = 'sending' OR (m.state = 'unknown' AND e.state IN ('sent', 'failed')))
         RETURNING m.id
       )
       UPDATE attempt a SET ended_at = e.ended_at, outcome = e.outcome, answer = e.answer
       FROM ended e JOIN told ON told.id = e.id WHERE a.message_id = e.id AND a.attempt = e.attempt`,
      JSON.stringify(
        settled.map(({ nextAttemptAt, sentAt, endedAt, ...row }) => ({
          ...row,
          sent_at: sentAt.toString(),
          ended_at: endedAt.toString(),
          next_attempt_at: nextAttemptAt?.toString() ?? null,
        })),
      ),
      settled.map(({ id }) => id),
    );
  }

  /** Ends messages that will not be handed over. What may have left already stays in doubt, and is not repeated. */
  async end(ended: readonly { readonly id: string; readonly state: 'withdrawn' | 'superseded'; readonly reason: string }[]): Promise<void> {
    await this.database.$executeRawUnsafe(
      `UPDATE message m SET next_attempt_at = NULL,
              state = CASE WHEN m.state = 'queued' THEN e.state ELSE m.state END, reason = CASE WHEN m.state = 'queued' THEN e.reason ELSE m.reason END
       FROM jsonb_to_recordset($1::jsonb) AS e(id uuid, state text, reason text)
       WHERE m.id = e.id AND (m.state = 'queued' OR (m.state = 'unknown' AND m.next_attempt_at IS NOT NULL))`,
      JSON.stringify(ended),
    );
  }

  async keepSettlements(tx: Tx, obligationIds: readonly string[], at: Temporal.Instant): Promise<void> {
    await tx.$executeRawUnsafe(
      `INSERT INTO settlement (obligation_id, at) SELECT unnest($1::uuid[]), $2 ON CONFLICT (obligation_id) DO UPDATE SET at = greatest(settlement.at, EXCLUDED.at)`,
      obligationIds,
      toDate(at),
    );
  }
}

/** Attempts that ended without our knowing how; looked up only where there has been one. */
function doubtsOf(table: string): string {
  return `CASE WHEN ${table}.attempts > 0
    THEN (SELECT count(*) FROM attempt WHERE message_id = ${table}.id AND outcome IN ('unknown', 'interrupted'))::int ELSE 0 END`;
}

function standInOf({ to_id, agency_id, name, email, language, until }: ClaimRow): StandIn | null {
  return to_id === null ? null : { id: to_id, agencyId: agency_id, name, email, language, until };
}

function rowOf(message: NewMessage): Record<string, unknown> {
  return {
    id: message.id,
    business_key: message.businessKey,
    stream: message.stream,
    template_version: message.templateVersion,
    recipient_id: message.recipientId,
    agency_code: message.agencyCode,
    mail: keptFacts(message.mail),
    obligation_ids: message.obligationIds,
    correlation_id: message.correlationId,
    mail_id: message.mailId,
    decided_at: message.decidedAt.toString(),
    created_at: message.createdAt.toString(),
    next_attempt_at: message.nextAttemptAt?.toString() ?? null,
  };
}
