import { PlanningFixture } from '../obligations/planning.int-fixture.js';
import { SendDocument } from '../documents/send-document.js';
import { SubmitReport } from '../reports/submit-report.js';
import { AcknowledgeEscalation } from './acknowledge-escalation.js';
import { AssignEscalation } from './assign-escalation.js';
import { EscalationRepository } from './escalation.repository.js';
import { NoteEscalation } from './note-escalation.js';
import { ResolveEscalation } from './resolve-escalation.js';

const NOWHERE = '11111111-1111-4111-8111-111111111111';
let planning: PlanningFixture;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
  await planning.import();
});
afterEach(() => planning.stop());

const contactOf = (agency: string, role = 'FOCAL') =>
  planning.database.contact.findFirstOrThrow({ where: { agency: { code: agency }, role } });
/** Sweeps up to a day of June, and sends the item where the case is to be the city office's. @returns the open case of SCT's June report at a level */
async function caseAt(level: 'standing-agency' | 'city-office', days: readonly string[]) {
  for (const day of days) await planning.sweepAt(`2020-06-${day}T08:00`);
  const { obligationId } = await planning.report('SCT');
  if (level === 'city-office') {
    const item = await planning.database.preparedDocument.findFirstOrThrow({ where: { obligationId, state: 'prepared' } });
    await planning.get(SendDocument).execute({ documentId: item.id, letterNumber: '1888/SNN-KHTC' }, planning.message());
  }
  return planning.database.escalation.findFirstOrThrow({ where: { obligationId, level } });
}
const assign = (escalationId: string, contactId: string | null, more = {}, message = planning.message()) =>
  planning.get(AssignEscalation).execute({ escalationId, contactId, ...more }, message);
const note = (escalationId: string, more = {}, message = planning.message()) =>
  planning.get(NoteEscalation).execute({ escalationId, note: 'Đã gọi điện.', ...more }, message);
const resolve = (escalationId: string, more = {}, message = planning.message()) =>
  planning.get(ResolveEscalation).execute({ escalationId, reason: 'Đã cam kết.', ...more }, message);
const acknowledge = (escalationId: string, until: string, more = {}) =>
  planning.get(AcknowledgeEscalation).execute({ escalationId, until, note: 'Đang xử lý.', ...more }, planning.message());
const story = (id: string) => planning.get(EscalationRepository).story(id);
const refused = (work: () => Promise<unknown>) => planning.refused(work);

describe('a case', () => {
  it('[SEED-40] is assigned to a person of the standing agency, noted, resolved with a reason, and tells it all', async () => {
    const { id } = await caseAt('standing-agency', ['17', '18', '19']);
    const contact = await contactOf('SNNPTNT');
    expect(await assign(id, contact.id, { note: 'Giao theo dõi.', seenVersion: 1 })).toEqual({
      escalationId: id,
      state: 'raised',
      assigneeId: contact.id,
      version: 2,
    });
    expect(await note(id, { seenVersion: 2 })).toMatchObject({ state: 'raised', version: 3 });
    expect(await assign(id, null)).toMatchObject({ assigneeId: null });
    expect(await resolve(id)).toMatchObject({ state: 'resolved', version: 5 });
    const seen = await story(id);
    expect(seen).toMatchObject({ state: 'resolved', resolution: 'Đã cam kết.', note: 'Đã gọi điện.', agency: 'SCT' });
    expect(seen.history.map((line) => [line.what, line.reason])).toEqual([
      ['raised', null],
      ['assigned', 'Giao theo dõi.'],
      ['noted', 'Đã gọi điện.'],
      ['unassigned', null],
      ['resolved', 'Đã cam kết.'],
    ]);
  });

  it('at the city office is given to its people alone; one of the level below, of the debtor or who left is refused', async () => {
    const { id } = await caseAt('standing-agency', ['17', '18', '19']);
    const left = await contactOf('SNNPTNT', 'HEAD');
    await planning.sql(`UPDATE contact SET active = false WHERE id = $1::uuid`, left.id);
    for (const contact of [await contactOf('VPUBND'), await contactOf('SCT'), left, { id: NOWHERE }])
      expect(await refused(() => assign(id, contact.id))).toBe('contact-not-at-level');
    const city = await caseAt('city-office', ['22', '24', '25']);
    expect(await refused(async () => assign(city.id, (await contactOf('SNNPTNT')).id))).toBe('contact-not-at-level');
    expect(await assign(city.id, (await contactOf('VPUBND')).id)).toMatchObject({ version: 2 });
  });

  it('of what is still owed is resolved only while its ladder raises another', async () => {
    const standing = await caseAt('standing-agency', ['17', '18', '19']);
    const city = await caseAt('city-office', ['22', '24', '25']);
    expect([await refused(() => resolve(city.id)), await refused(() => resolve(standing.id))]).toEqual(['still-owed', 'still-owed']);
    const { id: reportId } = await planning.report('SCT');
    await planning.get(SubmitReport).execute({ reportId, note: '' }, planning.message());
    expect(await story(city.id)).toMatchObject({ state: 'resolved', resolution: 'fulfilled' });
    expect((await story(city.id)).history.map((line) => line.what)).toEqual(['raised', 'resolved']);
  });

  it('that is resolved early does not end the ladder: the item for the next level is prepared on its day', async () => {
    const { id } = await caseAt('standing-agency', ['17', '18', '19']);
    await resolve(id);
    expect(await caseAt('city-office', ['22', '24', '25'])).toMatchObject({ state: 'raised' });
  });

  it('that is resolved, or is none, or was changed meanwhile is changed by no command', async () => {
    const { id } = await caseAt('standing-agency', ['17', '18', '19']);
    const all = (escalationId: string, more = {}) => [
      () => assign(escalationId, null, more),
      () => note(escalationId, more),
      () => resolve(escalationId, more),
      () => acknowledge(escalationId, '2020-06-30', more),
    ];
    for (const work of all(NOWHERE)) expect(await refused(work)).toBe('escalation-not-found');
    for (const work of all(id, { seenVersion: 7 })) expect(await refused(work)).toBe('changed-meanwhile');
    await resolve(id);
    for (const work of all(id)) expect(await refused(work)).toBe('escalation-closed');
    await expect(story(NOWHERE)).rejects.toMatchObject({ code: 'escalation-not-found' });
  });

  it('is changed once by a message that comes twice, and by one of two people at once', async () => {
    const { id } = await caseAt('standing-agency', ['17', '18', '19']);
    const contact = await contactOf('SNNPTNT');
    for (const work of [
      (message: ReturnType<PlanningFixture['message']>) => assign(id, contact.id, {}, message),
      (message: ReturnType<PlanningFixture['message']>) => note(id, {}, message),
      (message: ReturnType<PlanningFixture['message']>) => resolve(id, {}, message),
    ]) {
      const message = planning.message();
      const first = await work(message);
      const before = await planning.contents();
      expect(await work(message)).toEqual(first);
      expect(await planning.contents()).toEqual(before);
    }
    const other = await planning.database.escalation.findFirstOrThrow({ where: { state: 'raised' } });
    const outcomes = await Promise.allSettled([note(other.id, { seenVersion: 1 }), resolve(other.id, { seenVersion: 1 })]);
    expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('an acknowledgement that is over', () => {
  it('is raised again, and the ladder goes on with what it held, at the level that is right by then', async () => {
    const { id, obligationId } = await caseAt('standing-agency', ['17', '18', '19']);
    expect(await acknowledge(id, '2020-06-24', { seenVersion: 1 })).toMatchObject({ stepsHeld: 2, version: 2 });
    const aboutIt = async (day: string) =>
      (await planning.sweepAt(`2020-06-${day}T08:00`))
        .flatMap((mail) => mail.mail.items)
        .filter((item) => item.obligationId === obligationId && item.section !== 'copied')
        .map((item) => item.rung);
    expect([await aboutIt('22'), await aboutIt('24')]).toEqual([[], []]);
    expect(await story(id)).toMatchObject({ state: 'acknowledged' });
    expect(new Set(await aboutIt('25'))).toEqual(new Set(['CHASE_3', 'ESCALATE_CITY']));
    expect(await story(id)).toMatchObject({ state: 'raised', version: 3 });
    expect((await story(id)).history.map((line) => line.what)).toEqual(['raised', 'acknowledged', 'acknowledgement-expired']);
    expect((await planning.steps(obligationId!)).map((step) => `${step.rung} ${step.state}`).slice(5)).toEqual([
      'CHASE_2 superseded',
      'CHASE_3 fired',
      'ESCALATE_CITY fired',
    ]);
  });
});

describe('the list of cases', () => {
  it('is filtered by level, kind and who sees to it', async () => {
    const { id } = await caseAt('standing-agency', ['17', '18', '19']);
    await caseAt('city-office', ['22', '24', '25']);
    const contact = await contactOf('SNNPTNT');
    await assign(id, contact.id);
    const list = (filter: Parameters<EscalationRepository['list']>[0]) => planning.get(EscalationRepository).list(filter, 200);
    expect((await list({ assigneeId: contact.id })).map((one) => one.escalationId)).toEqual([id]);
    expect(new Set((await list({ level: 'city-office' })).map((one) => one.level))).toEqual(new Set(['city-office']));
    expect(await list({ level: 'standing-agency', agency: 'SCT' })).toHaveLength(1);
    expect(await list({ kind: 'unreachable' })).toEqual([]);
  });
});
