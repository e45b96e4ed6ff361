import pg from 'pg';

export interface ObligationRow {
  id: string;
  debtor: string;
  due_on: string;
  overdue_at: Date;
  state: string;
  generation: number;
  rungs: number;
  settled_at: Date | null;
}
export interface StepRow {
  id: string;
  obligation_id: string;
  generation: number;
  rung: string;
  level: string;
  track: string;
  due_at: Date;
  state: string;
  decided_at: Date | null;
  slot: Date | null;
}
export interface MessageRow {
  id: string;
  business_key: string;
  stream: string | null;
  template: string;
  recipient_id: string;
  agency_code: string;
  state: string;
  sent_at: Date | null;
  obligation_ids: string[];
  mail_id: string;
}

export interface DocumentRow {
  plan_id: string;
  kind: string;
  key: string;
  obligation_id: string | null;
  state: string;
  prepared_at: Date;
}

/** What a statement answers, asked past the services. */
export async function rowsOf<Row extends pg.QueryResultRow>(adminUrl: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The book as the database holds it, read past the services: what the checks believe must not come from what they check. */
export async function readBook(adminUrl: string): Promise<{
  obligations: ObligationRow[];
  steps: StepRow[];
  messages: MessageRow[];
  cases: { level: string; agency: string }[];
  documents: DocumentRow[];
}> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const rows = async <Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> => (await client.query<Row>(sql)).rows;
    return {
      obligations: await rows<ObligationRow>(
        `SELECT o.id, a.code AS debtor, o.due_on::text, o.overdue_at, o.state, o.generation, jsonb_array_length(l.ladder->'rungs') AS rungs, o.settled_at
         FROM planning.obligation o JOIN planning.agency a ON a.id = o.debtor_id JOIN planning.frozen_ladder l ON l.id = o.ladder_id`,
      ),
      steps: await rows<StepRow>(
        `SELECT id, obligation_id, generation, rung, level, track, due_at, state, decided_at, slot FROM planning.step`,
      ),
      messages: await rows<MessageRow>(
        `SELECT id, business_key, stream, template, recipient_id, agency_code, state, sent_at, obligation_ids, mail_id FROM notifications.message`,
      ),
      cases: await rows<{ level: string; agency: string }>(
        `SELECT e.level, a.code AS agency FROM planning.escalation e JOIN planning.agency a ON a.id = e.agency_id WHERE e.kind = 'overdue'`,
      ),
      documents: await rows<DocumentRow>(`SELECT plan_id, kind, key, obligation_id, state, prepared_at FROM planning.prepared_document`),
    };
  } finally {
    await client.end();
  }
}
