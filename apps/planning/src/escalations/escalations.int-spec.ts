import { randomUUID } from 'node:crypto';
import { eventually } from '#testing';
import { ExtendObligation } from '../obligations/extend-obligation.js';
import { PlanningFixture, planWith } from '../obligations/planning.int-fixture.js';
import { SubmitReport } from '../reports/submit-report.js';
import { AcknowledgeEscalation } from './acknowledge-escalation.js';
import { EscalationRepository } from './escalation.repository.js';
import { ReportUnreachable } from './report-unreachable.js';

const NOWHERE = '11111111-1111-4111-8111-111111111111';
let planning: PlanningFixture;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
  await planning.import();
});
afterEach(() => planning.stop());

/** The mail server refuses the address of a contact. */
async function refuse(contact: { readonly id: string; readonly agencyId: string | null }) {
  const { obligationId } = await planning.report('SCT');
  const event = { messageId: contact.id, contactId: contact.id, agencyId: contact.agencyId, obligationIds: [obligationId], status: '550' };
  await planning.get(ReportUnreachable).execute({ ...event, at: planning.clock.now().toString() }, planning.message());
}
async function refused(agency: string, role: string) {
  const contact = await planning.database.contact.findFirstOrThrow({ where: { agency: { code: agency }, role } });
  await refuse(contact);
  return contact;
}
const cases = (kind: 'overdue' | 'unreachable') => planning.database.escalation.findMany({ where: { kind }, orderBy: { raisedAt: 'asc' } });
const acknowledge = (escalationId: string, until: string) =>
  planning.get(AcknowledgeEscalation).execute({ escalationId, until, note: 'Đã làm việc.' }, planning.message());
const recipientsAt = async (local: string) =>
  (await Promise.all((await planning.sweepAt(local)).map((mail) => planning.recipient(mail)))).sort();
/** Sweeps the days up to the first escalation of the June reports. */
async function escalated() {
  for (const day of ['17', '18', '19']) await planning.sweepAt(`2020-06-${day}T08:00`);
  const { obligationId } = await planning.report('SCT');
  return planning.database.escalation.findFirstOrThrow({ where: { obligationId } });
}

describe('a contact whose address is refused', () => {
  it('is a case for the standing agency and a line in the history, and mails go to the next role', async () => {
    const contact = await refused('SCT', 'FOCAL');
    expect(await cases('unreachable')).toMatchObject([
      { level: 'standing-agency', agencyId: contact.agencyId, contactId: contact.id, obligationId: null, state: 'raised' },
    ]);
    const { obligationId } = await planning.report('SCT');
    expect(await planning.database.history.findMany({ where: { subjectId: obligationId, what: 'contact-unreachable' } })).toMatchObject([
      { reason: 'the mail server answered 550', detail: { contactId: contact.id } },
    ]);
    const recipients = await recipientsAt('2020-06-10T08:00');
    expect(recipients.filter((who) => who.startsWith('SCT'))).toEqual(['SCT/HEAD']);
  });

  it('of no agency is a line in the history alone: nobody here can name another', async () => {
    const personId = randomUUID();
    await refuse({ id: personId, agencyId: null });
    expect(await cases('unreachable')).toEqual([]);
    expect(await planning.database.history.findMany({ where: { what: 'contact-unreachable' } })).toMatchObject([
      { detail: { contactId: personId } },
    ]);
  });

  it('at the standing agency is a case for the city office', async () => {
    await refused('SNNPTNT', 'FOCAL');
    expect((await cases('unreachable')).map((one) => one.level)).toEqual(['city-office']);
  });

  it('holds no ladder when the case is acknowledged: others there are still told', async () => {
    await refused('SCT', 'FOCAL');
    const [found] = await cases('unreachable');
    expect(await acknowledge(found!.id, '2020-06-30')).toMatchObject({ state: 'acknowledged', stepsHeld: 0 });
    expect(await recipientsAt('2020-06-10T08:00')).toContain('SCT/HEAD');
  });

  it('is settled by the import that names another, and a late refusal of the old one raises nothing', async () => {
    const replaced = await refused('SCT', 'FOCAL');
    await planning.import();
    expect((await cases('unreachable')).map((one) => one.state)).toEqual(['raised']);
    await planning.import(planWith(['dau-moi@sct.hanoi', 'mot-cua@sct.hanoi']));
    expect(await cases('unreachable')).toMatchObject([{ state: 'resolved', resolution: 'contact-replaced' }]);
    await refuse(replaced);
    expect(await cases('unreachable')).toHaveLength(1);
  });
});

describe('an agency where nobody can be reached', () => {
  beforeEach(() => planning.sql(`UPDATE contact SET reachable = false WHERE agency_id = (SELECT id FROM agency WHERE code = 'SCT')`));

  it('is one case per obligation, however many rungs pass, and ends with the obligation', async () => {
    for (const day of ['10', '16', '17', '18']) await planning.sweepAt(`2020-06-${day}T08:00`);
    const { id: reportId, obligationId } = await planning.report('SCT');
    expect(await cases('unreachable')).toMatchObject([{ level: 'standing-agency', obligationId, contactId: null, state: 'raised' }]);
    await planning.get(SubmitReport).execute({ reportId, note: '' }, planning.message());
    expect(await cases('unreachable')).toMatchObject([{ state: 'resolved', resolution: 'fulfilled' }]);
  });

  it('ends with the import that names somebody, and that person is written to', async () => {
    await planning.sweepAt('2020-06-10T08:00');
    await planning.import(planWith(['dau-moi@sct.hanoi', 'mot-cua@sct.hanoi']));
    expect((await cases('unreachable')).map((one) => one.resolution)).toEqual(['contact-replaced']);
    expect(await recipientsAt('2020-06-16T08:00')).toContain('SCT/FOCAL');
  });
});

describe('an acknowledgement', () => {
  it('of a case that is not there is refused', async () => {
    await expect(acknowledge(NOWHERE, '2020-06-30')).rejects.toMatchObject({ code: 'escalation-not-found' });
  });

  it('until a day that is over is refused; until today holds the day', async () => {
    const { id, obligationId } = await escalated();
    const before = await planning.contents();
    await expect(acknowledge(id, '2020-06-18')).rejects.toMatchObject({ code: 'deadline-passed' });
    expect(await planning.contents()).toEqual(before);
    await expect(acknowledge(id, '2020-06-19')).resolves.toMatchObject({ until: '2020-06-19', stepsHeld: 0 });
    expect(await planning.database.escalation.findUnique({ where: { id } })).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: 'tester',
      note: 'Đã làm việc.',
    });
    expect((await planning.sweepAt('2020-06-22T08:00')).flatMap((mail) => mail.obligationIds)).toContain(obligationId);
  });

  it('of a case that is resolved is refused', async () => {
    const { id, obligationId } = await escalated();
    const deadline = { word: 'NO_LATER_THAN', date: '2020-06-30' } as const;
    await planning.get(ExtendObligation).execute({ obligationId: obligationId!, deadline, reason: 'x' }, planning.message());
    await expect(acknowledge(id, '2020-06-30')).rejects.toMatchObject({ code: 'escalation-closed' });
  });

  it('and a settlement at the same moment wait for each other, and the case ends resolved', async () => {
    const { id, obligationId } = await escalated();
    let acknowledged: Promise<unknown> = Promise.resolve();
    await planning.database.$transaction(async (settling) => {
      await settling.$queryRaw`SELECT id FROM obligation WHERE id = ${obligationId}::uuid FOR NO KEY UPDATE`;
      acknowledged = acknowledge(id, '2020-06-30').catch((error: unknown) => error);
      await eventually(async () => (await planning.sql(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)).length > 0);
      await planning.get(EscalationRepository).resolveOf(settling, obligationId!, 'fulfilled', planning.clock.now());
    });
    expect(await acknowledged).toMatchObject({ code: 'escalation-closed' });
    expect(await planning.database.escalation.findUnique({ where: { id } })).toMatchObject({ state: 'resolved' });
  });
});

describe('the list of cases', () => {
  it('is filtered by state and agency, and paged without a gap', async () => {
    const { id } = await escalated();
    await acknowledge(id, '2020-06-30');
    const list = (filter: { state?: 'raised' | 'acknowledged' | 'resolved'; agency?: string; after?: string }, limit = 50) =>
      planning.get(EscalationRepository).list({ state: filter.state, agency: filter.agency }, limit, filter.after);
    const all = await list({});
    expect(all).toHaveLength(9);
    expect((await list({ state: 'acknowledged' })).map((one) => [one.escalationId, one.agency])).toEqual([[id, 'SCT']]);
    expect(await list({ state: 'raised' })).toHaveLength(8);
    expect((await list({ agency: 'STC' })).map((one) => one.agency)).toEqual(['STC']);
    expect(await list({ agency: 'NOBODY' })).toEqual([]);
    const paged = [...(await list({}, 4)), ...(await list({ after: all[3]!.escalationId }, 9))];
    expect(paged).toEqual(all);
  });
});
