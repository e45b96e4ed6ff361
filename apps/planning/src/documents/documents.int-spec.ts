import type { PayloadOf, sendMail } from '#contracts';
import { SendWeeklyDigest } from '../escalations/send-weekly-digest.js';
import { AuditLedger } from '../obligations/audit-ledger.js';
import { ExtendObligation } from '../obligations/extend-obligation.js';
import { at, PlanningFixture, refusal } from '../obligations/planning.int-fixture.js';
import { PlanFigures } from '../plans/plan-figures.repository.js';
import { CountRates } from '../rates/count-rates.js';
import { ReassignObligation } from '../reassignments/reassign-obligation.js';
import { SubmitReport } from '../reports/submit-report.js';
import { PlanningGauges } from '../status/planning-gauges.js';
import { DiscardDocument } from './discard-document.js';
import { DocumentViews } from './document-view.repository.js';
import { PrepareQuarterlyLists } from './prepare-quarterly-lists.js';
import { PublishDocument } from './publish-document.js';
import { SendDocument } from './send-document.js';

type Sent = PayloadOf<typeof sendMail>;

const NOWHERE = '11111111-1111-4111-8111-111111111111';
const LETTER = '1888/SNN-KHTC';
let planning: PlanningFixture;
let planId: string;

// One June for all of these, in its order: the ledger at the end of a test is where the next one begins.
beforeAll(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
  ({ planId } = await planning.import());
  for (const day of ['17', '18', '19', '22', '24']) await planning.sweepAt(`2020-06-${day}T08:00`);
});
afterAll(() => planning.stop());

const list = (filter: Parameters<DocumentViews['list']>[0] = {}) => planning.get(DocumentViews).list(filter, undefined, 50);
const read = (documentId: string) => planning.get(DocumentViews).find(documentId);
async function itemOf(agency: string) {
  const { obligationId } = await planning.report(agency);
  const [item] = await list({ obligationId });
  if (!item) throw new Error(`nothing is prepared about ${agency}`);
  return { ...item, obligationId };
}
const send = (documentId: string, more = {}, message = planning.message()) =>
  planning.get(SendDocument).execute({ documentId, letterNumber: LETTER, ...more }, message);
const publish = (documentId: string, more = {}, message = planning.message()) =>
  planning.get(PublishDocument).execute({ documentId, documentNumber: '35/TB-SNN', ...more }, message);
const discard = (documentId: string, more = {}, message = planning.message()) =>
  planning.get(DiscardDocument).execute({ documentId, reason: 'Đã cam kết nộp.', ...more }, message);
const refused = (work: () => Promise<unknown>) => planning.refused(work);
const cases = async (obligationId: string) =>
  (await planning.database.escalation.findMany({ where: { obligationId, kind: 'overdue' }, orderBy: { level: 'asc' } })).map(
    ({ level, state }) => `${level} ${state}`,
  );
const audit = async () => {
  const { findings } = await planning.get(AuditLedger).execute();
  return findings;
};
const sent = async () => (await planning.mails()) as unknown as Sent[];

describe('the rung after three chasings', () => {
  it('prepares an item for each of nine agencies, and writes to the standing agency alone', async () => {
    const mails = await planning.sweepAt('2020-06-25T08:00');
    const about = mails.filter(({ mail }) => mail.items.some((item) => item.level === 'escalated-city'));
    expect((await Promise.all(about.map((mail) => planning.recipient(mail)))).sort()).toEqual(['SNNPTNT/FOCAL', 'SNNPTNT/HEAD']);
    const items = await list({ kind: 'city-list-item', state: 'prepared' });
    expect(items.map((item) => item.agency).sort()).toEqual(
      ['SCT', 'STC', 'TTKC', 'UBND-GIALAM', 'UBND-HADONG', 'UBND-QUOCOAI', 'UBND-SONTAY', 'UBND-TAYHO', 'VPDP-HN'].sort(),
    );
    const told = new Map(about[0]?.mail.items.map((item) => [item.obligationId, item.document]));
    for (const { obligationId, documentId } of items) expect(told.get(obligationId!)).toEqual({ id: documentId, number: null });
    const obligationId = { in: items.flatMap((item) => item.obligationId ?? []) };
    expect(await planning.database.escalation.count({ where: { level: 'city-office', obligationId } })).toBe(0);
    const figures = await planning.get(PlanFigures).summary(planId, planning.clock.now());
    // The one is what the standing agency owes itself: nobody else can report that.
    expect(figures).toMatchObject({ itemsForCity: 9, escalationsToCity: 1 });
  });

  it('leaves nothing silent: what waits is on record, and a sweep more prepares nothing more', async () => {
    expect(await audit()).toEqual([]);
    const before = await list();
    await planning.sweepAt('2020-06-25T08:01');
    expect(await list()).toEqual(before);
    await planning.sql(`UPDATE prepared_document SET state = 'discarded', key = 'x' || key WHERE obligation_id IS NOT NULL`);
    expect(new Set((await audit()).map(({ code }) => code))).toEqual(new Set(['no-next-step']));
    await planning.sql(`UPDATE prepared_document SET state = 'prepared', key = substr(key, 2) WHERE obligation_id IS NOT NULL`);
  });

  it('keeps the facts of that moment: what is owed since when, and each chasing with its day; nobody by name', async () => {
    const { documentId, obligationId } = await itemOf('SCT');
    expect(await read(documentId)).toMatchObject({
      plan: '100/KH-UBND',
      kind: 'city-list-item',
      state: 'prepared',
      subject: 'Sở Công Thương: Báo cáo tháng tình hình thực hiện Kế hoạch tháng 6/2020',
      obligationId,
      preparedAt: at('2020-06-25T08:00').toString(),
      documentNumber: null,
      discardReason: null,
      version: 1,
      content: {
        debtor: { code: 'SCT', name: 'Sở Công Thương', nameEn: 'Department of Industry and Trade' },
        periodEn: 'June 2020',
        dueOn: '2020-06-17',
        generation: 1,
        rung: 'ESCALATE_CITY',
        chasings: [
          { rung: 'CHASE_1', level: 'chase-1', on: '2020-06-18' },
          { rung: 'CHASE_2', level: 'chase-2', on: '2020-06-22' },
          { rung: 'CHASE_3', level: 'chase-3', on: '2020-06-24' },
        ],
      },
      history: [{ what: 'prepared' }],
    });
    const people = await planning.sql<{ name: string }>(`SELECT content::text AS name FROM prepared_document`);
    expect(people.map(({ name }) => name).join()).not.toMatch(/@|\.example|Nguyễn/);
  });
});

describe('an item', () => {
  it('that is none, was changed meanwhile or is to be published cannot be sent or discarded', async () => {
    const { documentId } = await itemOf('SCT');
    planning.clock.set(at('2020-06-25T09:00'));
    expect(await refused(() => send(NOWHERE))).toBe('document-not-found');
    expect(await refused(() => publish(NOWHERE))).toBe('document-not-found');
    expect(await refused(() => discard(NOWHERE))).toBe('document-not-found');
    await expect(read(NOWHERE)).rejects.toMatchObject({ code: 'document-not-found' });
    expect(await refused(() => send(documentId, { seenVersion: 7 }))).toBe('changed-meanwhile');
    expect(await refused(() => discard(documentId, { seenVersion: 7 }))).toBe('changed-meanwhile');
    expect(await refused(() => publish(documentId))).toBe('document-not-publishable');
  });

  it('[SEED-40] that the standing agency sends is a case of the city office, told to its people by the number of the letter, once', async () => {
    const { documentId, obligationId } = await itemOf('SCT');
    const before = (await sent()).length;
    const message = planning.message();
    const reply = await send(documentId, { seenVersion: 1, note: 'Kính báo cáo.' }, message);
    expect(reply).toMatchObject({ documentId, obligationId, state: 'sent', version: 2 });
    expect(await send(documentId, { seenVersion: 1, note: 'Kính báo cáo.' }, message)).toEqual(reply);
    expect(await cases(obligationId)).toEqual(['city-office raised', 'standing-agency raised']);
    const mails = (await sent()).slice(before);
    expect((await Promise.all(mails.map((mail) => planning.recipient(mail)))).sort()).toEqual(['VPUBND/FOCAL', 'VPUBND/HEAD']);
    for (const { businessKey, stream, recipientId, obligationIds, mail } of mails) {
      expect([stream, businessKey]).toEqual([`city-list-item.${documentId}`, `city-list-item.${documentId}.${recipientId}`]);
      expect(obligationIds).toEqual([obligationId]);
      expect(mail).toMatchObject({
        level: 'escalated-city',
        items: [{ section: 'escalated', rung: 'ESCALATE_CITY', debtor: { code: 'SCT' }, document: { id: documentId, number: LETTER } }],
      });
    }
    expect(await read(documentId)).toMatchObject({
      documentNumber: LETTER,
      decidedBy: 'tester',
      history: [{ what: 'prepared' }, { what: 'sent', reason: 'Kính báo cáo.', detail: { letterNumber: LETTER } }],
    });
    expect(await planning.database.history.findMany({ where: { subjectId: obligationId, what: 'reported-to-city-office' } })).toHaveLength(
      1,
    );
    expect(await audit()).toEqual([]);
    expect(await refused(() => send(documentId))).toBe('document-decided');
    expect(await refused(() => discard(documentId))).toBe('document-decided');
  });

  it('is sent by one of two people at once; the other hears what happened', async () => {
    const { documentId, obligationId } = await itemOf('STC');
    const outcomes = await Promise.all([1, 2].map((n) => refusal(send(documentId, { seenVersion: 1, letterNumber: `${n}/SNN` }))));
    expect(outcomes.map(String).sort()).toEqual(['changed-meanwhile', 'not refused']);
    expect(await cases(obligationId)).toEqual(['city-office raised', 'standing-agency raised']);
    await expect(send(documentId)).rejects.toMatchObject({ details: [{ state: 'sent', note: (await read(documentId)).documentNumber }] });
  });

  it('that is discarded stays a case of the standing agency, raised anew where it was resolved', async () => {
    const { documentId, obligationId } = await itemOf('TTKC');
    await planning.sql(
      `UPDATE escalation SET state = 'resolved', resolved_at = now(), resolution = 'x' WHERE obligation_id = $1::uuid`,
      obligationId,
    );
    const message = planning.message();
    const reply = await discard(documentId, { seenVersion: 1 }, message);
    expect(await discard(documentId, { seenVersion: 1 }, message)).toEqual(reply);
    expect(await cases(obligationId)).toEqual(['standing-agency resolved', 'standing-agency raised']);
    expect(await read(documentId)).toMatchObject({ state: 'discarded', discardReason: 'Đã cam kết nộp.', documentNumber: null });
    expect(await audit()).toEqual([]);
    expect(await refused(() => send(documentId))).toBe('document-decided');
  });

  it('whose report is handed in, extended or given to another is discarded with that reason, and cannot be sent any more', async () => {
    const [handedIn, extended, reassigned] = [await itemOf('UBND-TAYHO'), await itemOf('UBND-HADONG'), await itemOf('UBND-GIALAM')];
    const { id: reportId } = await planning.report('UBND-TAYHO');
    await planning.get(SubmitReport).execute({ reportId, note: '' }, planning.message());
    const deadline = { word: 'NO_LATER_THAN', date: '2020-07-31' } as const;
    const { obligationId } = extended;
    await planning.get(ExtendObligation).execute({ obligationId, deadline, reason: 'Chờ số liệu.' }, planning.message());
    const to = { obligationId: reassigned.obligationId, toAgency: 'VPUBND', reason: 'Phân công lại.' };
    await planning.get(ReassignObligation).execute(to, planning.message());
    for (const [item, cause] of [
      [handedIn, 'fulfilled'],
      [extended, 'extended'],
      [reassigned, 'reassigned'],
    ] as const) {
      const note = `the obligation was ${cause} before it was sent`;
      expect(await read(item.documentId)).toMatchObject({ state: 'discarded', discardReason: note, history: [{}, { reason: note }] });
      expect(await refused(() => send(item.documentId))).toBe('document-decided');
    }
    expect(await audit()).toEqual([]);
  });

  it('[SEED-40] of the standing agency itself is never prepared: the city office is told at once', async () => {
    for (const day of ['26', '29']) await planning.sweepAt(`2020-06-${day}T08:00`);
    const { obligationId } = await planning.report('SNNPTNT', 'R1-UBNDTP');
    const mails = await planning.sweepAt('2020-06-30T08:00');
    const about = mails.filter(({ mail }) =>
      mail.items.some((item) => item.rung === 'ESCALATE_CITY' && item.obligationId === obligationId),
    );
    expect((await Promise.all(about.map((mail) => planning.recipient(mail)))).sort()).toEqual(['VPUBND/FOCAL', 'VPUBND/HEAD']);
    expect(await cases(obligationId)).toEqual(['city-office raised']);
    expect(await list({ obligationId })).toEqual([]);
    expect(await audit()).toEqual([]);
  });
});

describe('the quarterly list', () => {
  const prepare = (local: string) => {
    planning.clock.set(at(local));
    return planning.get(PrepareQuarterlyLists).execute();
  };
  const lists = () => list({ kind: 'late-agencies' });

  it('is made on the first working day after a quarter in which something was due, once; also when that day was missed', async () => {
    expect(await prepare('2020-06-30T07:20')).toBe(0);
    // Nothing was due before the plan began.
    expect(await lists()).toEqual([]);
    expect(await prepare('2020-07-04T07:20')).toBe(0);
    expect(await prepare('2020-07-06T07:20')).toBe(1);
    expect(await prepare('2020-07-07T07:20')).toBe(0);
    const [document] = await lists();
    expect(document).toMatchObject({
      planId,
      state: 'prepared',
      subject: 'Danh sách cơ quan chậm thực hiện quý II/2020',
      agency: null,
      obligationId: null,
    });
    expect(await prepare('2021-01-02T07:20')).toBe(0);
  });

  it('counts as the reporting rates count, and names those that are late', async () => {
    const [document] = await lists();
    const { content } = await read(document!.documentId);
    if (content.kind !== 'late-agencies') throw new Error('no list');
    expect(content).toMatchObject({ quarter: '2020-Q2', from: '2020-04-01', to: '2020-06-30', asOf: at('2020-07-06T07:20').toString() });
    planning.clock.set(at('2020-07-06T07:20'));
    const rates = await planning.get(CountRates).execute({ planId, by: 'agency', from: content.from, to: content.to });
    for (const { key, expected, actual, onTime, missing, overdue } of content.rows) {
      expect(rates.rows.find((row) => row.key === key)).toMatchObject({ expected, actual, onTime, missing, overdue });
    }
    const { expected, actual, onTime, missing, overdue } = content.totals;
    expect(rates.totals).toMatchObject({ expected, actual, onTime, missing, overdue });
    // Hà Đông has until the end of July, Tây Hồ handed in on the 25th, and what Gia Lâm owed the city office owes.
    expect(content.agencies).toEqual({ owing: 10, late: 9 });
    expect(content.rows.map((row) => `${row.key} ${String(row.late)} ${String(row.workingDaysLate.longest)}`)).toEqual([
      'SCT 1 13',
      'SNNPTNT 1 10',
      'STC 1 13',
      'TTKC 1 13',
      'UBND-QUOCOAI 1 13',
      'UBND-SONTAY 1 13',
      'UBND-TAYHO 1 6',
      'VPDP-HN 1 13',
      'VPUBND 1 13',
    ]);
  });

  it('and the items that wait stand in the Thursday digest and in the metrics', async () => {
    planning.clock.set(at('2020-07-09T07:30'));
    const before = (await sent()).length;
    await planning.get(SendWeeklyDigest).execute(at('2020-07-09T07:30'));
    const [digest] = (await sent()).slice(before);
    expect(digest?.mail).toMatchObject({
      template: 'weekly-digest',
      waiting: [
        { kind: 'city-list-item', count: 3, path: `/plans/${planId}/prepared-documents?kind=city-list-item` },
        { kind: 'late-agencies', count: 1, path: `/plans/${planId}/prepared-documents?kind=late-agencies` },
      ],
    });
    const gauges = (await planning.get(PlanningGauges).read()).filter(({ name }) => name === 'dondoc_documents_waiting');
    expect(gauges.map(({ labels, value }) => [labels['kind'], value])).toEqual([
      ['city-list-item', 3],
      ['late-agencies', 1],
    ]);
  });

  it('is published by a person, once, and nobody is written to; it is neither sent nor published twice', async () => {
    const [document] = await lists();
    const { documentId } = document!;
    const before = (await sent()).length;
    expect(await refused(() => send(documentId))).toBe('document-not-sendable');
    expect(await refused(() => publish(documentId, { seenVersion: 2 }))).toBe('changed-meanwhile');
    const message = planning.message();
    const reply = await publish(documentId, { seenVersion: 1 }, message);
    expect(reply).toMatchObject({ state: 'published', obligationId: null, version: 2 });
    expect(await publish(documentId, { seenVersion: 1 }, message)).toEqual(reply);
    expect(await read(documentId)).toMatchObject({
      documentNumber: '35/TB-SNN',
      history: [{ what: 'prepared' }, { what: 'published', detail: { documentNumber: '35/TB-SNN' } }],
    });
    for (const again of [publish, discard]) expect(await refused(() => again(documentId))).toBe('document-decided');
    expect(await sent()).toHaveLength(before);
  });

  it('is listed by plan, kind and state, in pages without a gap', async () => {
    expect((await list({ planId, state: 'published' })).map(({ kind }) => kind)).toEqual(['late-agencies']);
    expect(await list({ planId: NOWHERE })).toEqual([]);
    const all = await list();
    const views = planning.get(DocumentViews);
    const pages = [...(await views.list({}, undefined, 4)), ...(await views.list({}, all[3]!.documentId, 50))];
    expect(pages).toEqual(all);
    expect(all).toHaveLength(10);
  });
});
