/*
 * A ledger in bulk: one plan, an agency with one contact per obligation, and steps of the default ladder of which the first is due now for some and far
 * away for all others. Written by SQL, because what is measured is what happens to it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../tools/parts/services.mjs';

const ladder = parse(readFileSync(join(root, 'plans/ladders/default.yaml'), 'utf8'));

/**
 * @param {import('pg').Client} admin
 * @param {{ agencies: number, obligations: number, due: number, dueAt: string, early?: { count: number, at: string }, steps: string[] }} size
 *   `steps`: codes of the rungs, the first of them due; `early`: as many more obligations that are due at another moment, before
 */
export async function seedLedger(admin, { agencies, obligations, due, dueAt, early, steps }) {
  const rungs = steps.map((code) => ladder.rungs.find((/** @type {{ code: string }} */ rung) => rung.code === code));
  // An id from a name, with the bits that make it a well-formed UUID.
  await admin.query(
    `CREATE OR REPLACE FUNCTION public.seed_id(name text) RETURNS uuid IMMUTABLE LANGUAGE sql AS
     $$ SELECT overlay(overlay(md5(name) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid $$`,
  );
  await admin.query('SET search_path = planning');
  await admin.query('TRUNCATE step, told_obligation, obligation, frozen_ladder, contact, agency, plan, outbox CASCADE');
  await admin.query(
    `INSERT INTO agency (id, code, name, name_en, short_name, kind, valid_from)
     SELECT public.seed_id('agency' || n), 'A-' || n, 'Đơn vị số ' || n, 'Unit ' || n, 'ĐV ' || n, 'DEPARTMENT', '2008-08-01' FROM generate_series(0, $1) AS n`,
    [agencies + 1],
  );
  await admin.query(
    `INSERT INTO contact (id, agency_id, role, name, email)
     SELECT public.seed_id('contact' || n), public.seed_id('agency' || n), 'FOCAL', 'Người số ' || n, 'dau-moi-' || n || '@don-vi.example' FROM generate_series(0, $1) AS n`,
    [agencies + 1],
  );
  await admin.query(
    `INSERT INTO plan (id, document_number, issued_on, title, programme, year, field, issue_place, signatory, effective_on, ends_on, issuer_id, standing_agency_id, city_office_id, legal_bases, ladders, file_digest)
     VALUES (public.seed_id('plan'), '1/KH-UBND', '2020-05-15', 'Kế hoạch', 'OCOP 2020', 2020, 'Thương mại', 'Hà Nội', 'Nguyễn Văn A', '2020-05-15', '2020-12-31', public.seed_id('agency0'), public.seed_id('agency0'), public.seed_id('agency' || $1), '[]', '{}', '')`,
    [agencies + 1],
  );
  await admin.query(`INSERT INTO frozen_ladder (id, ladder) VALUES (public.seed_id('ladder'), $1)`, [JSON.stringify({ ...ladder, rungs })]);
  await admin.query(
    `INSERT INTO obligation (id, plan_id, kind, title, title_en, period, period_en, window_from, window_to, debtor_id, creditor_id, deadline_word, deadline_date, roll_policy, due_on, overdue_at, original_overdue_at, extended_overdue_at, original_due_on, ladder_id, opened_at, correlation_id)
     SELECT public.seed_id('obligation' || n), public.seed_id('plan'), 'periodic-report', 'Báo cáo tháng', 'Monthly report', 'tháng 6/2020', 'June 2020', '2020-05-15', '2020-06-14',
            public.seed_id('agency' || (1 + (n - 1) % $2)), public.seed_id('agency0'), 'NO_LATER_THAN', '2020-06-17', 'FORWARD', '2020-06-17', '2020-06-17T17:00:00Z', '2020-06-17T17:00:00Z', '2020-06-17T17:00:00Z', '2020-06-17', public.seed_id('ladder'), '2020-05-15T00:00:00Z', public.seed_id('story')
     FROM generate_series(1, $1) AS n`,
    [obligations, agencies],
  );
  // The steps of an obligation lie together, as they are written when it opens.
  await admin.query(
    `INSERT INTO step (id, obligation_id, generation, rung, ordinal, level, track, planned_at, due_at)
     SELECT gen_random_uuid(), public.seed_id('obligation' || n), 1, r.code, r.ordinal, r.level, r.track, t.at, t.at
     FROM generate_series(1, $1::int) AS n CROSS JOIN unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS r(code, level, track, ordinal)
       CROSS JOIN LATERAL (SELECT CASE WHEN r.ordinal = 1 AND n <= $5 THEN $6::timestamptz WHEN r.ordinal = 1 AND n <= $5 + $7 THEN $8::timestamptz
         ELSE $6::timestamptz + interval '30 days' + r.ordinal * interval '1 day' END AS at) t
     ORDER BY n, r.ordinal`,
    [
      obligations,
      ...['code', 'level', 'track'].map((key) => rungs.map((rung) => rung[key])),
      due,
      dueAt,
      early?.count ?? 0,
      early?.at ?? dueAt,
    ],
  );
  // As a database stands that has been running: statistics and visibility known, nothing left to write back.
  await admin.query('VACUUM ANALYZE');
  await admin.query('CHECKPOINT');
}

/** The same agencies as notifications knows them from planning's events. @param {import('pg').Client} admin @param {number} agencies */
export async function seedRecipients(admin, agencies) {
  await admin.query('SET search_path = notifications');
  await admin.query(
    `INSERT INTO agency (id, code, name, name_en, version) SELECT public.seed_id('agency' || n), 'A-' || n, 'Đơn vị số ' || n, 'Unit ' || n, 1 FROM generate_series(0, $1) AS n`,
    [agencies + 1],
  );
  await admin.query(
    `INSERT INTO recipient (id, agency_id, role, name, email, language)
     SELECT public.seed_id('contact' || n), public.seed_id('agency' || n), 'FOCAL', 'Người số ' || n, 'dau-moi-' || n || '@don-vi.example', 'vi+en' FROM generate_series(0, $1) AS n`,
    [agencies + 1],
  );
  await admin.query('ANALYZE');
}
