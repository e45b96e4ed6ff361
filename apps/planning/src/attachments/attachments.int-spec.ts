import { randomUUID } from 'node:crypto';
import type { AttachmentSubject } from '#contracts';
import { HistoryRepository } from '../history/history.repository.js';
import { at, PlanningFixture } from '../obligations/planning.int-fixture.js';
import { SubmitReport } from '../reports/submit-report.js';
import { AddAttachment } from './add-attachment.js';
import { MOST } from './attachment.js';
import { AttachmentRepository } from './attachment.repository.js';
import { AttachmentsConsumer } from './attachments.consumer.js';
import { RemoveAttachment } from './remove-attachment.js';

const NOWHERE = '11111111-1111-4111-8111-111111111111';
const NAME = 'Phụ lục của bà Mẫu.pdf';
let planning: PlanningFixture;

beforeAll(async () => {
  planning = await PlanningFixture.start('2020-06-01T09:00');
  await planning.import();
});
afterAll(() => planning.stop());

const digest = () => randomUUID().replaceAll('-', '').repeat(2);
interface Asked {
  subject: AttachmentSubject;
  subjectId: string;
  attachmentId?: string;
  sha256?: string;
}
const add = ({ subject, subjectId, attachmentId = randomUUID(), sha256 = digest() }: Asked, id?: string) =>
  planning
    .get(AddAttachment)
    .execute(
      { attachmentId, subject, subjectId, fileName: NAME, mediaType: 'application/pdf', size: 1200, sha256, scan: 'not-scanned' },
      planning.message(id),
    );
const remove = (attachmentId: string, id?: string) =>
  planning.get(RemoveAttachment).execute({ attachmentId, reason: 'Gửi nhầm' }, planning.message(id));
const list = async (subject: AttachmentSubject, subjectId: string, removed = false) =>
  (await planning.get(AttachmentsConsumer).list({ subject, subjectId, removed, limit: 50 })).items.map((one) => one.attachmentId);
const report = async (agency: string) => ({ subject: 'report' as const, subjectId: (await planning.report(agency)).id });

async function dossier(state: string) {
  const plan = await planning.database.plan.findFirstOrThrow();
  const { id } = await planning.database.approvalDossier.create({
    data: {
      id: randomUUID(),
      planId: plan.id,
      code: `HS-${randomUUID()}`,
      kind: 'event-plan',
      title: 'Kế hoạch chi tiết',
      titleEn: 'Detailed plan',
      submitterId: plan.standingAgencyId,
      approverId: plan.issuerId,
      answerWithin: 5,
      state,
    },
  });
  return { subject: 'dossier' as const, subjectId: id };
}

async function finding(state: string) {
  const plan = await planning.database.plan.findFirstOrThrow();
  const { id: inspectionId } = await planning.database.inspection.create({
    data: { id: randomUUID(), planId: plan.id, agencyId: plan.standingAgencyId, leadId: plan.issuerId, plannedOn: new Date('2020-06-01') },
  });
  const taken = await planning.database.finding.count();
  const obligations = await planning.database.obligation.findMany({ orderBy: { id: 'asc' }, skip: taken, take: 1 });
  const { id } = await planning.database.finding.create({
    data: {
      id: randomUUID(),
      inspectionId,
      ordinal: 1,
      text: 'Thiếu biển hiệu',
      remedy: 'Bổ sung',
      obligationId: obligations[0]!.id,
      state,
    },
  });
  return { subject: 'finding' as const, subjectId: id, inspectionId };
}

async function task(status: string, skip: number) {
  const [row] = await planning.database.task.findMany({ orderBy: { code: 'asc' }, skip, take: 1 });
  await planning.database.task.update({ where: { id: row!.id }, data: { status } });
  return { subject: 'task' as const, subjectId: row!.id };
}

describe('a file is added', () => {
  it('to a report, and its history tells of it without its name', async () => {
    const owner = await report('SCT');
    const added = await add(owner);
    expect(added).toMatchObject({
      ...owner,
      fileName: NAME,
      size: 1200,
      scan: 'not-scanned',
      addedAt: '2020-06-01T02:00:00Z',
      removedAt: null,
    });
    expect(await list('report', owner.subjectId)).toEqual([added.attachmentId]);
    expect(await planning.get(AttachmentRepository).find(added.attachmentId)).toEqual(added);
    const lines = (await planning.get(HistoryRepository).of(owner.subjectId)).filter((line) => line.what === 'attachment-added');
    expect(lines).toEqual([
      expect.objectContaining({
        detail: {
          ...owner,
          attachmentId: added.attachmentId,
          mediaType: 'application/pdf',
          size: 1200,
          sha256: added.sha256,
          scan: 'not-scanned',
        },
      }),
    ]);
    expect(JSON.stringify(lines)).not.toContain('Mẫu');
  });

  it('to an approval dossier, a task as evidence and a finding; each history stands under its own thing', async () => {
    const [aDossier, aTask, aFinding] = [await dossier('draft'), await task('in-progress', 0), await finding('open')];
    for (const owner of [aDossier, aTask, aFinding]) {
      const { attachmentId } = await add(owner);
      expect(await list(owner.subject, owner.subjectId)).toEqual([attachmentId]);
    }
    const told = await planning.database.history.findMany({ where: { what: 'attachment-added' }, orderBy: { id: 'asc' } });
    expect(told.slice(-3).map((line) => [line.subject, line.subjectId])).toEqual([
      ['approval', aDossier.subjectId],
      ['task', aTask.subjectId],
      ['inspection', aFinding.inspectionId],
    ]);
  });

  it('once, however often it is told, also after the thing was handed in', async () => {
    const owner = await report('STC');
    const asked = { ...owner, attachmentId: randomUUID(), sha256: digest() };
    const key = randomUUID();
    const [first, second] = await Promise.all([add(asked, key), add(asked, key)]);
    const otherMessage = await add(asked);
    const sameContent = await add({ ...asked, attachmentId: randomUUID() });
    expect([second, otherMessage, sameContent]).toEqual([first, first, first]);
    await planning.get(SubmitReport).execute({ reportId: owner.subjectId, note: '' }, planning.message());
    expect(await add(asked)).toEqual(first);
    expect(await list('report', owner.subjectId)).toEqual([asked.attachmentId]);
    expect(await planning.database.history.count({ where: { subjectId: owner.subjectId, what: 'attachment-added' } })).toBe(1);
  });

  it('at once by two people with the same content: it is there once', async () => {
    const owner = { ...(await dossier('draft')), sha256: digest() };
    const [one, other] = await Promise.all([add(owner), add(owner)]);
    expect(other).toEqual(one);
    expect(await list('dossier', owner.subjectId)).toHaveLength(1);
  });
});

describe('a file is refused', () => {
  it.each(['report', 'dossier', 'task', 'finding'] as const)('at a %s that is not there', async (subject) => {
    expect(await planning.refused(() => add({ subject, subjectId: NOWHERE }))).toBe(`${subject}-not-found`);
  });

  it('at what was handed in or is finished, and it stays as it was', async () => {
    const handedIn = await report('TTKC');
    const { attachmentId } = await add(handedIn);
    await planning.get(SubmitReport).execute({ reportId: handedIn.subjectId, note: '' }, planning.message());
    const finished = [
      handedIn,
      await dossier('submitted'),
      await dossier('withdrawn'),
      await task('done', 1),
      await task('cancelled', 2),
      await finding('closed'),
    ];
    for (const owner of finished)
      expect([owner.subject, await planning.refused(() => add(owner))]).toEqual([owner.subject, 'not-editable']);
    expect(await planning.refused(() => remove(attachmentId))).toBe('not-editable');
    await expect(add(handedIn)).rejects.toMatchObject({ message: expect.stringContaining('submitted'), details: [{ state: 'submitted' }] });
  });

  it('beyond the most, also when two come at once; a removed one makes room', async () => {
    const owner = await dossier('returned');
    for (let count = 1; count < MOST; count += 1) await add(owner);
    const outcomes = await Promise.allSettled([add(owner), add(owner)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await planning.refused(() => add(owner))).toBe('too-many-files');
    const [first] = await list('dossier', owner.subjectId);
    await remove(first!);
    await add(owner);
    expect(await list('dossier', owner.subjectId)).toHaveLength(MOST);
  });
});

describe('a file is removed', () => {
  it('from the list and kept for the record, once, with its reason', async () => {
    const owner = await dossier('draft');
    const { attachmentId } = await add(owner);
    const key = randomUUID();
    const [first, second] = await Promise.all([remove(attachmentId, key), remove(attachmentId, key)]);
    expect(second).toEqual(first);
    expect(first).toMatchObject({ attachmentId, removedAt: '2020-06-01T02:00:00Z' });
    expect([await list('dossier', owner.subjectId), await list('dossier', owner.subjectId, true)]).toEqual([[], [attachmentId]]);
    expect(await planning.get(AttachmentRepository).find(attachmentId)).toEqual(first);
    const lines = (await planning.get(HistoryRepository).of(owner.subjectId)).filter((line) => line.what === 'attachment-removed');
    expect(lines).toEqual([expect.objectContaining({ reason: 'Gửi nhầm', detail: expect.objectContaining({ attachmentId, size: 1200 }) })]);
    expect([await planning.refused(() => remove(attachmentId)), await planning.refused(() => remove(NOWHERE))]).toEqual([
      'attachment-removed',
      'attachment-not-found',
    ]);
  });

  it('at once by two people: one is told that it is gone', async () => {
    const { attachmentId } = await add(await dossier('draft'));
    const outcomes = await Promise.allSettled([remove(attachmentId), remove(attachmentId)]);
    expect(
      outcomes.map((outcome) => (outcome.status === 'rejected' ? String((outcome.reason as { code: unknown }).code) : 'removed')).sort(),
    ).toEqual(['attachment-removed', 'removed']);
  });

  it('and may be added again as another attachment', async () => {
    const owner = { ...(await dossier('draft')), sha256: digest() };
    const first = await add(owner);
    await remove(first.attachmentId);
    const again = await add(owner);
    expect(again.attachmentId).not.toBe(first.attachmentId);
    expect(await list('dossier', owner.subjectId)).toEqual([again.attachmentId]);
  });
});

it('tells which ids are attachments, removed ones too', async () => {
  planning.clock.set(at('2020-06-02T09:00'));
  const owner = await dossier('draft');
  const [kept, removed] = [await add(owner), await add(owner)];
  await remove(removed.attachmentId);
  const { known } = await planning.get(AttachmentsConsumer).known({ ids: [kept.attachmentId, NOWHERE, removed.attachmentId] });
  expect(known.sort()).toEqual([kept.attachmentId, removed.attachmentId].sort());
});
