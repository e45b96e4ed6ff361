import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { toDate, toInstant } from '#calendar';
import type { Mail } from '#contracts';
import { Database, type Tx } from '../persistence/database.js';
import type { DeliveryState, MessageState } from './delivery.js';

export interface NewMessage {
  readonly id: string;
  readonly businessKey: string;
  readonly stream: string | null;
  readonly templateVersion: string;
  readonly recipientId: string;
  readonly agencyCode: string;
  readonly mail: Mail;
  readonly obligationIds: readonly string[];
  readonly correlationId: string;
  readonly mailId: string;
  readonly decidedAt: Temporal.Instant;
  readonly createdAt: Temporal.Instant;
}

export interface Settled {
  readonly id: string;
  readonly attempt: number;
  readonly state: MessageState;
  readonly outcome: 'sent' | 'retry' | 'refused' | 'unknown' | 'interrupted';
  readonly answer: string | null;
  readonly reason: string | null;
  readonly subject: string | null;
  readonly at: Temporal.Instant;
  readonly nextAttemptAt: Temporal.Instant | null;
}

interface StateRow {
  readonly id: string;
  readonly state: MessageState;
  readonly attempts: number;
  readonly next_attempt_at: Date | null;
}

/** The mail ledger in whole batches: concurrent deliveries share their statements. */
@Injectable()
export class DeliveryRepository {
  constructor(private readonly database: Database) {}

  /** Writes messages that are new by their business key, and supersedes older unsent ones of the same recipient and stream. */
  async accept(tx: Tx, messages: readonly NewMessage[]): Promise<void> {
    await tx.$executeRawUnsafe(
      `INSERT INTO message (id, business_key, stream, template, template_version, recipient_id, agency_code, mail, obligation_ids, correlation_id, mail_id, decided_at, created_at)
       SELECT m.id, m.business_key, m.stream, m.mail->>'template', m.template_version, m.recipient_id, m.agency_code, m.mail,
              ARRAY(SELECT jsonb_array_elements_text(m.obligation_ids)::uuid), m.correlation_id, m.mail_id, m.decided_at, m.created_at
       FROM jsonb_to_recordset($1::jsonb) AS m(id uuid, business_key text, stream text, template_version text, recipient_id uuid, agency_code text, mail jsonb, obligation_ids jsonb,
              correlation_id uuid, mail_id text, decided_at timestamptz, created_at timestamptz)
       ON CONFLICT (business_key) DO NOTHING`,
      JSON.stringify(
        messages.map((message) => ({
          id: message.id,
          business_key: message.businessKey,
          stream: message.stream,
          template_version: message.templateVersion,
          recipient_id: message.recipientId,
          agency_code: message.agencyCode,
          mail: message.mail,
          obligation_ids: message.obligationIds,
          correlation_id: message.correlationId,
          mail_id: message.mailId,
          decided_at: message.decidedAt.toString(),
          created_at: message.createdAt.toString(),
        })),
      ),
    );
    await tx.$executeRawUnsafe(
      `UPDATE message old SET state = 'superseded', reason = 'a newer mail to the same recipient tells everything', next_attempt_at = NULL
       FROM message new
       WHERE new.id = ANY($1::uuid[]) AND new.stream IS NOT NULL AND old.recipient_id = new.recipient_id AND old.stream = new.stream
         AND old.state = 'queued' AND old.decided_at < new.decided_at`,
      messages.map((message) => message.id),
    );
  }

  async states(ids: readonly string[]): Promise<Map<string, DeliveryState>> {
    const rows = await this.database.$queryRawUnsafe<StateRow[]>(
      `SELECT id, state, attempts, next_attempt_at FROM message WHERE id = ANY($1::uuid[])`,
      ids,
    );
    return new Map(
      rows.map((row) => [
        row.id,
        { state: row.state, attempts: row.attempts, nextAttemptAt: row.next_attempt_at && toInstant(row.next_attempt_at) },
      ]),
    );
  }

  /** Claims what is still queued, with an attempt row each. @returns the attempt's number by id; absent: somebody else decided meanwhile */
  async claim(ids: readonly string[], at: Temporal.Instant): Promise<Map<string, number>> {
    const rows = await this.database.$queryRawUnsafe<{ id: string; attempts: number }[]>(
      `WITH claimed AS (
         UPDATE message SET state = 'sending', attempts = attempts + 1, next_attempt_at = NULL WHERE id = ANY($1::uuid[]) AND state = 'queued' RETURNING id, attempts
       ), tried AS (
         INSERT INTO attempt (message_id, attempt, started_at) SELECT id, attempts, $2 FROM claimed
       )
       SELECT id, attempts FROM claimed`,
      ids,
      toDate(at),
    );
    return new Map(rows.map((row) => [row.id, row.attempts]));
  }

  /** Obligations of these messages that were settled after the mail was decided. */
  async settledOf(ids: readonly string[]): Promise<Map<string, Set<string>>> {
    const rows = await this.database.$queryRawUnsafe<{ id: string; obligation_id: string }[]>(
      `SELECT m.id, s.obligation_id FROM message m JOIN settlement s ON s.obligation_id = ANY(m.obligation_ids) AND s.at >= m.decided_at WHERE m.id = ANY($1::uuid[])`,
      ids,
    );
    const settled = new Map<string, Set<string>>();
    for (const row of rows) settled.set(row.id, (settled.get(row.id) ?? new Set()).add(row.obligation_id));
    return settled;
  }

  /** Records how attempts ended. An attempt that was given up as unknown and answers late is corrected. */
  async settle(tx: Tx, settled: readonly Settled[]): Promise<void> {
    await tx.$executeRawUnsafe(
      `WITH ended AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS e(id uuid, attempt int, state text, outcome text, answer text, reason text, subject text, at timestamptz, next_attempt_at timestamptz)
       ), tried AS (
         UPDATE attempt a SET ended_at = e.at, outcome = e.outcome, answer = e.answer FROM ended e WHERE a.message_id = e.id AND a.attempt = e.attempt
       )
       UPDATE message m SET state = e.state, reason = e.reason, subject = coalesce(e.subject, m.subject), next_attempt_at = e.next_attempt_at,
              sent_at = CASE WHEN e.state = 'sent' THEN e.at END
       FROM ended e WHERE m.id = e.id AND m.attempts = e.attempt AND m.state IN ('sending', 'unknown')`,
      JSON.stringify(
        settled.map(({ nextAttemptAt, at, ...row }) => ({ ...row, at: at.toString(), next_attempt_at: nextAttemptAt?.toString() ?? null })),
      ),
    );
  }

  /** Ends a message that was not handed over. */
  async withdraw(id: string, reason: string): Promise<void> {
    await this.database.$executeRawUnsafe(
      `UPDATE message SET state = 'withdrawn', reason = $2, next_attempt_at = NULL WHERE id = $1::uuid AND state IN ('queued', 'sending')`,
      id,
      reason,
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
