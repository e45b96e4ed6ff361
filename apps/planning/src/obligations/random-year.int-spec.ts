import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { toInstant } from '#calendar';
import { stableId } from '../plans/stable-id.js';
import { AuditLedger } from './audit-ledger.js';
import { deeds } from './random-deeds.int-fixture.js';
import { Year } from './random-year.int-fixture.js';

/** Somebody does something some working days after the deed before. */
interface Move {
  readonly deed: string;
  readonly wait: number;
  readonly pick: number;
}

const END = Temporal.PlainDate.from('2021-05-14');
/** Each year has a database of its own and passes about 250 working days. */
const YEARS = 2;
const DEEDS = 180;

/** What can be done only after something else, so that it happens often enough. */
const OFTEN = ['ask for more time', 'answer for more time'];

const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({ deed: fc.constantFrom(...Object.keys(deeds), ...OFTEN), wait: fc.nat({ max: 2 }), pick: fc.nat() }),
  { minLength: DEEDS, maxLength: DEEDS, size: 'max' },
);

/** What must hold after every single deed and at the end of every day, whoever did what. */
const RULES: Readonly<Record<string, string>> = {
  'a step was told after its obligation was settled': `SELECT s.id FROM step s JOIN obligation o ON o.id = s.obligation_id WHERE s.state = 'fired' AND o.state <> 'open' AND s.decided_at > o.settled_at`,
  'a case is open though nothing is owed any more': `SELECT e.id FROM escalation e JOIN obligation o ON o.id = e.obligation_id WHERE e.state <> 'resolved' AND e.kind = 'overdue' AND o.state <> 'open'`,
  'an item for the city office waits though nothing is owed as it says': `SELECT d.id FROM prepared_document d JOIN obligation o ON o.id = d.obligation_id WHERE d.state = 'prepared' AND (o.state <> 'open' OR d.key <> 'city-list-item:' || o.id || ':' || o.generation)`,
  'somebody was reported to the city office by nobody': `SELECT e.id FROM escalation e JOIN obligation o ON o.id = e.obligation_id JOIN plan p ON p.id = o.plan_id WHERE e.kind = 'overdue' AND e.level = 'city-office' AND e.agency_id <> p.standing_agency_id AND NOT EXISTS (SELECT 1 FROM prepared_document d WHERE d.obligation_id = o.id AND d.state = 'sent')`,
  'somebody is counted as told of what is no longer owed': `SELECT t.obligation_id AS id FROM told_obligation t JOIN obligation o ON o.id = t.obligation_id WHERE o.state <> 'open' OR t.debtor_id <> o.debtor_id`,
  'a report that is being written is owed to nobody': `SELECT r.id FROM report r JOIN obligation o ON o.id = r.obligation_id WHERE r.state IN ('returned') AND o.state = 'fulfilled'`,
  'a report was handed in and is still owed': `SELECT r.id FROM report r JOIN obligation o ON o.id = r.obligation_id WHERE r.state IN ('submitted', 'accepted', 'consolidated', 'closed') AND o.state = 'open'`,
  'the report is another agency’s than its obligation': `SELECT r.id FROM report r JOIN obligation o ON o.id = r.obligation_id WHERE r.agency_id <> o.debtor_id`,
  'the first deadline moved': `SELECT o.id FROM obligation o JOIN history h ON h.subject_id = o.id AND h.what = 'opened' WHERE o.original_due_on::text <> h.detail->>'dueOn'`,
  'a step was told while its ladder stood still': `SELECT s.id FROM step s JOIN obligation o ON o.id = s.obligation_id JOIN suspension x ON x.id = o.suspension_id WHERE s.state = 'fired' AND s.decided_at > x.started_at`,
  'a deadline moved back': `SELECT id FROM obligation WHERE due_on < original_due_on OR overdue_at < original_overdue_at`,
  'a task stands still without a suspension': `SELECT t.id FROM task t WHERE t.status = 'suspended' AND NOT EXISTS (SELECT 1 FROM suspension s WHERE s.plan_id = t.plan_id AND s.started_at IS NOT NULL AND s.ended_at IS NULL AND (s.task_id IS NULL OR s.task_id = t.id))`,
  'a supplement and its approval disagree': `SELECT d.id FROM approval_dossier d WHERE d.kind = 'budget-supplement' AND (d.state = 'approved') <> EXISTS (SELECT 1 FROM budget_line l WHERE l.dossier_id = d.id)`,
  'a change is not in the history': `SELECT o.id FROM obligation o WHERE o.state <> 'open' AND NOT EXISTS (SELECT 1 FROM history h WHERE h.subject_id = o.id AND h.what = o.state)`,
};

async function broken(year: Year): Promise<string[]> {
  const { holds, findings } = await year.planning.get(AuditLedger).execute();
  const rules = Object.entries(RULES).map(async ([rule, query]) => ((await year.ids(query)).length > 0 ? [rule] : []));
  return [
    ...(holds ? [] : findings.map(({ code, obligationId }) => `${code} ${obligationId ?? ''}`)),
    ...(await Promise.all(rules)).flat(),
  ];
}

/**
 * Every report of every period that has begun was opened: for its agency, or for whoever took over from it. Ids follow from what a report was opened as,
 * so they find it whoever owes it now.
 */
async function lost(year: Year): Promise<string[]> {
  const wanted = await year.planning.sql<{ requirement: string; period: string; reporter: string; heirs: string[] }>(
    `WITH RECURSIVE heirs AS (
       SELECT id AS reporter, id AS heir, successor_id FROM agency
       UNION SELECT h.reporter, a.id, a.successor_id FROM heirs h JOIN agency a ON a.id = h.successor_id)
     SELECT p.requirement_id::text AS requirement, p.period_key AS period, a.code AS reporter, array_agg(h.heir::text) AS heirs
     FROM requirement_reporter x JOIN agency a ON a.id = x.agency_id JOIN heirs h ON h.reporter = x.agency_id
     JOIN (SELECT DISTINCT requirement_id, period_key FROM report) p ON p.requirement_id = x.requirement_id GROUP BY 1, 2, 3`,
  );
  const there = new Set(await year.ids('SELECT id FROM report'));
  return wanted
    .filter(({ requirement, period, heirs }) => !heirs.some((heir) => there.has(stableId('report', requirement, heir, period))))
    .map(({ requirement, period, reporter }) => `${requirement} ${period} of ${reporter}`);
}

/** Mails that were written for a day off, to somebody twice in a slot, or about what was not owed when they were written. */
async function wrongMails(year: Year): Promise<string[]> {
  const mails = (await year.planning.mails()).filter(({ businessKey }) => businessKey.startsWith('chasing.'));
  const keys = mails.map(({ businessKey }) => businessKey);
  const offDays = mails.filter(({ mail }) => !year.calendar.isOfficeHour(toInstant(new Date(mail.slot))));
  return [
    ...offDays.map(({ businessKey }) => `${businessKey} on a day off`),
    ...keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key} twice`),
  ];
}

describe('a random year of valid deeds', () => {
  it(
    'leaves the ledger sound after every one of them',
    async () => {
      const done = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(moves, async (planned) => {
          const year = await Year.begin();
          try {
            for (const { deed, wait, pick } of planned) {
              const day = year.ahead(wait);
              if (Temporal.PlainDate.compare(day, END) > 0) break;
              if (wait > 0) await year.passTo(day);
              const found = deeds[deed]!;
              const targets = await found.targets(year);
              const target = targets[pick % Math.max(1, targets.length)];
              if (target === undefined) continue;
              if (await year.does(found, target, pick)) done.set(deed, (done.get(deed) ?? 0) + 1);
              expect({ deed, on: year.today.toString(), broken: await broken(year) }).toEqual({
                deed,
                on: year.today.toString(),
                broken: [],
              });
            }
            // The year ends: what nobody did anything about comes to the end of its ladder.
            await year.passTo(year.calendar.rollForward(END));
            expect({ on: 'the last day', broken: await broken(year) }).toEqual({ on: 'the last day', broken: [] });
            expect(await lost(year)).toEqual([]);
            expect(await wrongMails(year)).toEqual([]);
            expect(year.failures()).toEqual([]);
          } finally {
            await year.end();
          }
        }),
        { numRuns: YEARS, seed: 100, endOnFailure: true },
      );
      // The years prove nothing about a deed that was never done.
      const rare = Object.keys(deeds).map((deed) => [deed, done.get(deed) ?? 0] as const);
      expect(rare.filter(([, times]) => times < 4)).toEqual([]);
    },
    10 * 60_000,
  );
});
