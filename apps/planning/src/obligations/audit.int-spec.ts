import { SendDocument } from '../documents/send-document.js';
import { AuditLedger } from './audit-ledger.js';
import { at, PlanningFixture } from './planning.int-fixture.js';

let planning: PlanningFixture;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
  await planning.import();
});
afterEach(() => planning.stop());

/** A suspension of a task. @param ended the moment and the day, in SQL */
const suspension = (ended = 'NULL, NULL') => `
  INSERT INTO suspension (id, plan_id, task_id, decision, reason, from_on, recorded_at, recorded_by, started_at, ended_at, resumed_on)
  SELECT gen_random_uuid(), plan_id, id, '02/TB-BCĐ', 'Covid-19', '2020-06-01', now(), 'test', '2020-06-01', ${ended} FROM task WHERE code = 'II.2.b' RETURNING id, task_id`;
const HELD = `UPDATE obligation SET suspension_id = one.id, held_since = now(), task_id = one.task_id FROM one WHERE obligation.id = $1::uuid`;
const audit = () => planning.get(AuditLedger).execute();
async function codes() {
  const { findings } = await audit();
  return [...new Set(findings.map((finding) => finding.code))];
}

describe('the auditor', () => {
  it('finds nothing in a ledger that holds, and counts what is open', async () => {
    expect(await audit()).toEqual({ checkedAt: '2020-06-01T00:30:00Z', holds: true, openObligations: 18, findings: [] });
  });

  it.each([
    ['no-next-step', `UPDATE step SET state = 'superseded', decided_at = now() WHERE obligation_id = $1::uuid`],
    [
      'no-next-step',
      `WITH ended AS (UPDATE step SET state = 'superseded', decided_at = now() WHERE obligation_id = $1::uuid RETURNING 1)
       INSERT INTO escalation (id, kind, level, agency_id, obligation_id, raised_at, state)
       SELECT gen_random_uuid(), 'overdue', 'city-office', debtor_id, id, now(), 'resolved' FROM obligation WHERE id = $1::uuid`,
    ],
    ['pending-on-settled', `UPDATE obligation SET state = 'waived', settled_at = now() WHERE id = $1::uuid`],
    ['held-without-suspension', `UPDATE step SET state = 'held' WHERE obligation_id = $1::uuid AND rung = 'CHASE_3'`],
    ['chased-though-suspended', `WITH one AS (${suspension()}) ${HELD}`],
    [
      'held-without-suspension',
      `WITH one AS (${suspension('now(), current_date')}), steps AS (UPDATE step SET state = 'held' WHERE obligation_id = $1::uuid AND state = 'pending') ${HELD}`,
    ],
    [
      'pending-on-settled',
      `WITH steps AS (UPDATE step SET state = CASE rung WHEN 'CHASE_2' THEN 'held' ELSE 'superseded' END,
         decided_at = CASE rung WHEN 'CHASE_2' THEN NULL ELSE now() END WHERE obligation_id = $1::uuid)
       UPDATE obligation SET state = 'waived', settled_at = now() WHERE id = $1::uuid`,
    ],
    ['incomplete-ladder', `DELETE FROM step WHERE obligation_id = $1::uuid AND rung = 'CHASE_2'`],
  ])('catches %s where it is, and there alone: %s', async (code, plant) => {
    const { obligationId } = await planning.report('SCT');
    await planning.sql(plant, obligationId);
    const { holds, findings } = await audit();
    expect(holds).toBe(false);
    expect(findings.map((finding) => [finding.code, finding.obligationId])).toEqual([[code, obligationId]]);
  });

  it('catches what is chased although its plan is suspended since yesterday, and a suspension whose days were not kept', async () => {
    await planning.sql(
      `INSERT INTO suspension (id, plan_id, decision, reason, from_on, until_on, recorded_at, recorded_by, started_at)
       SELECT gen_random_uuid(), id, '02/TB-BCĐ', 'Covid-19', '2020-06-01', '2020-06-03', now(), 'test', '2020-06-01' FROM plan`,
    );
    expect(await codes()).toEqual([]);
    planning.clock.set(at('2020-06-04T07:30'));
    expect(await codes()).toEqual(['chased-though-suspended']);
    planning.clock.set(at('2020-06-05T07:30'));
    expect(await codes()).toEqual(['chased-though-suspended', 'suspension-left-behind']);
  });

  it('catches a task that stands still for no reason, and an obligation that does under the suspension of another task', async () => {
    await planning.sql(`UPDATE task SET status = 'suspended' WHERE code = 'II.2.b'`);
    const named = expect.stringContaining('Task II.2.b of 100/KH-UBND') as unknown;
    expect((await audit()).findings).toEqual([{ code: 'task-held-without-suspension', obligationId: null, message: named }]);
    const { obligationId } = await planning.report('SCT');
    await planning.sql(`UPDATE step SET state = 'held' WHERE obligation_id = $1::uuid AND state = 'pending'`, obligationId);
    await planning.sql(`WITH one AS (${suspension()}) ${HELD}`, obligationId);
    expect((await audit()).findings).toEqual([]);
    await planning.sql(`UPDATE obligation SET task_id = NULL WHERE id = $1::uuid`, obligationId);
    expect((await audit()).findings).toEqual([expect.objectContaining({ code: 'held-without-suspension', obligationId })]);
  });

  it('catches a step that is pending though a later generation runs', async () => {
    const { obligationId } = await planning.report('SCT');
    await planning.sql(
      `WITH next AS (UPDATE obligation SET generation = 2 WHERE id = $1::uuid RETURNING id)
       INSERT INTO step (id, obligation_id, generation, rung, ordinal, level, track, planned_at, due_at)
       SELECT gen_random_uuid(), obligation_id, 2, rung, ordinal, level, track, planned_at, due_at FROM step WHERE obligation_id IN (SELECT id FROM next)`,
      obligationId,
    );
    const { findings } = await audit();
    expect(findings.map((finding) => [finding.code, finding.obligationId])).toEqual([['pending-on-settled', obligationId]]);
  });

  it('takes a ladder at its end for a reason while an item for the city office waits, or its case there is open, no longer', async () => {
    for (const day of ['10', '16', '17', '18', '19', '22', '24', '25']) await planning.sweepAt(`2020-06-${day}T08:00`);
    const { obligationId } = await planning.report('SCT');
    expect((await planning.steps(obligationId)).filter((step) => step.state === 'pending')).toEqual([]);
    expect(await codes()).toEqual([]);
    await planning.sql(`UPDATE escalation SET state = 'resolved', resolved_at = now() WHERE obligation_id = $1::uuid`, obligationId);
    expect(await codes()).toEqual([]);
    const item = await planning.database.preparedDocument.findFirstOrThrow({ where: { obligationId } });
    await planning.get(SendDocument).execute({ documentId: item.id, letterNumber: '1888/SNN-KHTC' }, planning.message());
    expect(await codes()).toEqual([]);
    await planning.sql(`UPDATE escalation SET state = 'resolved', resolved_at = now() WHERE obligation_id = $1::uuid`, obligationId);
    expect(await codes()).toEqual(['no-next-step']);
    // Discarded, the item is a reason only together with the case of the standing agency.
    await planning.sql(`UPDATE prepared_document SET state = 'discarded' WHERE id = $1::uuid`, item.id);
    expect(await codes()).toEqual(['no-next-step']);
    await planning.sql(
      `UPDATE escalation SET state = 'raised', resolved_at = NULL WHERE obligation_id = $1::uuid AND level = 'standing-agency'`,
      obligationId,
    );
    expect(await codes()).toEqual([]);
  });

  it('catches steps that the sweep left behind, in office hours only', async () => {
    const foundAt = async (local: string) => {
      planning.clock.set(at(local));
      return codes();
    };
    expect(await foundAt('2020-06-10T08:59')).toEqual([]);
    expect(await foundAt('2020-06-10T09:01')).toEqual(['left-behind']);
    // The evening and the weekend wait by design.
    expect(await foundAt('2020-06-10T20:00')).toEqual([]);
    expect(await foundAt('2020-06-13T10:00')).toEqual([]);
    await planning.sweepAt('2020-06-15T08:00');
    expect(await foundAt('2020-06-15T10:00')).toEqual([]);
  });

  it('only reads', async () => {
    await planning.sql(`DELETE FROM step WHERE rung = 'CHASE_2'`);
    const before = await planning.contents();
    await audit();
    expect(await planning.contents()).toEqual(before);
  });
});
