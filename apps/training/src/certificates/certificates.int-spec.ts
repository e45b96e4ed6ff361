import { randomUUID } from 'node:crypto';
import { MoveClassesOn } from '../attendance/move-classes-on.js';
import { obligationOf } from '../class-reports/class-report.js';
import { ClassReportRepository } from '../class-reports/class-report.repository.js';
import { ReturnClassReport } from '../class-reports/return-class-report.js';
import { SubmitClassReport } from '../class-reports/submit-class-report.js';
import { TellProgress } from '../class-reports/tell-progress.js';
import { ClassViews } from '../classes/class-view.repository.js';
import { heldClass, mark, type HeldForTest } from '../held-class.int-fixture.js';
import { at, NOWHERE, refusal, TASK, TrainingFixture } from '../training.int-fixture.js';
import { CertificateViews } from './certificate-view.repository.js';
import { IssueCertificates } from './issue-certificates.js';
import { RevokeCertificate } from './revoke-certificate.js';

let training: TrainingFixture;
beforeAll(async () => {
  training = await TrainingFixture.start('2020-06-01T09:00');
});
beforeEach(() => {
  training.clock.set(at('2020-06-01T09:00'));
});
afterAll(() => training.stop());

const now = (local: string) => {
  training.clock.set(at(local));
};
const reason = 'Điểm danh ghi nhầm người';
/** A class of which the first trainees completed everything and the last nothing; one letter each. */
async function completedClass(letters: string, given: Parameters<typeof heldClass>[1] = {}): Promise<HeldForTest> {
  now('2020-06-01T09:00');
  const of = await heldClass(training, { trainees: letters.length, ...given });
  now('2020-07-08T17:00');
  for (const session of [1, 2, 3, 4]) await mark(training, of, session, letters);
  return of;
}
const issue = ({ classId }: HeldForTest, id?: string) =>
  training.get(IssueCertificates).execute({ classId, signatory: 'Trần Thị Ký', signatoryPosition: 'Phó Giám đốc' }, training.message(id));
const submit = ({ classId }: HeldForTest, id?: string) =>
  training.get(SubmitClassReport).execute({ classId, content: 'Lớp đạt yêu cầu.' }, training.message(id));
const giveBack = ({ classId }: HeldForTest, dueOn?: string) =>
  training.get(ReturnClassReport).execute({ classId, reason, ...(dueOn ? { dueOn } : {}) }, training.message());
const state = async ({ classId }: HeldForTest) => (await training.get(ClassViews).view(classId)).state;
const list = (filter: { classId?: string; year?: number }) =>
  training.get(CertificateViews).list({ limit: 200, ...filter }, 200, undefined);
const mails = async () =>
  ((await training.written('notifications.send-mail.v1')) as { recipientId: string; mail: Record<string, unknown> }[]).filter(
    ({ mail }) => mail['template'] === 'certificate',
  );

describe('certificates', () => {
  it('go to everybody over the threshold, numbered, once, with a mail to who has an address', async () => {
    const of = await completedClass('xxxv');
    now('2020-07-20T10:00');
    const id = randomUUID();
    const reply = await issue(of, id);
    expect(reply).toMatchObject({ state: 'certified', numbers: ['01/2020/GCN-SDL', '02/2020/GCN-SDL', '03/2020/GCN-SDL'] });
    expect(await issue(of, id)).toEqual(reply);
    const certificates = await list({ classId: of.classId });
    expect(certificates.map(({ enrolmentId }) => enrolmentId)).toEqual(of.enrolments.slice(0, 3));
    expect(certificates[0]).toMatchObject({
      name: 'Học Viên <1>',
      issuedOn: '2020-07-20',
      firstDay: '2020-07-07',
      lastDay: '2020-07-08',
      attended: 4,
      sessions: 4,
    });
    const sent = await mails();
    expect(sent.map(({ recipientId }) => recipientId)).toEqual([of.trainees[1], of.trainees[2]]);
    expect(sent[0]?.mail['code']).toMatch(/^sealed\./);
    expect(await training.told(certificates[0]!.certificateId)).toEqual(['issued']);
    await training.refuses('nobody-to-certify', () => issue(of));
  });

  it('are refused for a class that is not completed', async () => {
    const of = await heldClass(training, { trainees: 1 });
    await training.refuses('class-step-refused', () => issue(of));
    await training.refuses('class-not-found', () => issue({ ...of, classId: NOWHERE }));
  });

  it('have numbers without a gap and none twice when twenty classes are certified at once, one of them in vain', async () => {
    const classes: HeldForTest[] = [];
    for (let index = 0; index < 20; index += 1)
      classes.push(await heldClass(training, { trainees: index === 7 ? 0 : 2, state: 'completed' }));
    await training.database.enrolment.updateMany({
      where: { classId: { in: classes.map((of) => of.classId) } },
      data: { state: 'completed' },
    });
    now('2021-02-01T10:00');
    await training.database.course.update({ where: { id: classes[3]!.courseId }, data: { planId: NOWHERE } });
    const outcomes = await Promise.all(classes.map((of) => refusal(issue(of))));
    expect(outcomes.filter((one) => (one as { code?: string }).code !== undefined)).toMatchObject([{ code: 'plan-not-known' }]);
    const certificates = await list({ year: 2021 });
    expect(certificates.map(({ serial }) => serial)).toEqual(Array.from({ length: 36 }, (_, index) => index + 1));
    expect(certificates.at(-1)?.number).toBe('36/2021/GCN-SDL');
    expect(new Set(certificates.map(({ code }) => code)).size).toBe(36);
  });

  it('follow a correction that lifts somebody, and stand against one that would take theirs away', async () => {
    const of = await completedClass('xxv');
    now('2022-01-03T09:00');
    await issue(of);
    await training.refuses('certificate-stands', () => mark(training, of, 1, 'v', reason));
    for (const session of [1, 2, 3, 4]) await mark(training, of, session, '--m', reason);
    expect(await issue(of)).toMatchObject({ state: 'certified', numbers: ['03/2022/GCN-SDL'] });
    const [first] = await list({ classId: of.classId });
    const revoke = (certificateId: string, id?: string) =>
      training.get(RevokeCertificate).execute({ certificateId, reason }, training.message(id));
    const id = randomUUID();
    const reply = await revoke(first!.certificateId, id);
    expect(reply).toMatchObject({ number: '01/2022/GCN-SDL', revokedAt: at('2022-01-03T09:00').toString() });
    expect(await revoke(first!.certificateId, id)).toEqual(reply);
    await training.refuses('certificate-revoked', () => revoke(first!.certificateId));
    await training.refuses('certificate-not-found', () => revoke(NOWHERE));
    expect(await mark(training, of, 1, 'v', reason)).toMatchObject({ corrected: 1 });
    expect(await training.told(first!.certificateId)).toEqual(['issued', `revoked: ${reason}`]);
    expect((await list({ classId: of.classId })).map(({ number }) => number)).toHaveLength(3);
  });

  it('are confirmed by their code, however it is typed, without the name of who was forgotten', async () => {
    const of = await completedClass('x');
    now('2023-01-03T09:00');
    await issue(of);
    const [certificate] = await list({ classId: of.classId });
    const confirm = (code: string) => training.get(CertificateViews).confirm(code);
    const typed = certificate!.code.toLowerCase().replaceAll('-', ' ');
    expect(await confirm(typed)).toMatchObject({
      number: '01/2023/GCN-SDL',
      name: 'Học Viên <1>',
      revokedAt: null,
      issuer: { code: 'SDL' },
    });
    expect(await refusal(confirm('0000-0000-0000-0000-0000'))).toMatchObject({ code: 'certificate-not-found' });
    const nothing = { fullName: null, unit: null, position: null, needs: null, email: null, phone: null, identity: null };
    await training.database.trainee.update({ where: { id: of.trainees[0]! }, data: { ...nothing, forgottenAt: new Date() } });
    await training.get(RevokeCertificate).execute({ certificateId: certificate!.certificateId, reason }, training.message());
    expect(await confirm(certificate!.code)).toMatchObject({ name: null, revokedAt: at('2023-01-03T09:00').toString() });
  });
});

describe('the report on a class', () => {
  const words = async (of: HeldForTest) =>
    ((await training.written('planning.track-obligation.v1')) as Record<string, unknown>[]).filter(
      ({ obligationId }) => obligationId === obligationOf(of.classId),
    );
  const progress = () => training.written('planning.report-task-progress.v1');

  it('is owed from the day the class begins, chased by planning, fulfilled when it is handed in, and owed anew when it is returned', async () => {
    const of = await heldClass(training, { trainees: 2 });
    now('2020-07-07T08:00');
    await training.get(MoveClassesOn).execute();
    const [owed] = await words(of);
    expect(owed).toMatchObject({
      version: 1,
      state: 'open',
      debtor: 'SDL',
      creditor: 'SNNPTNT',
      deadline: { word: 'NO_LATER_THAN', date: '2020-07-13' },
    });
    await training.refuses('class-step-refused', () => submit(of));
    now('2020-07-08T17:00');
    for (const session of [1, 2, 3, 4]) await mark(training, of, session, 'xm');
    await issue(of);
    const id = randomUUID();
    const reply = await submit(of, id);
    expect(reply).toMatchObject({ state: 'reported', report: 'submitted', dueOn: '2020-07-13' });
    expect(await submit(of, id)).toEqual(reply);
    expect((await training.get(ClassReportRepository).view(of.classId)).figures).toMatchObject({
      enrolled: 2,
      completed: 2,
      notCompleted: 0,
      certificates: 2,
      sessions: [{ ordinal: 1, present: 1, late: 1, excused: 0, absent: 0 }, {}, {}, {}],
    });
    await training.refuses('class-report-not-owed', () => submit(of));
    now('2020-07-14T09:00');
    await training.refuses('day-passed', () => giveBack(of, '2020-07-13'));
    expect(await giveBack(of)).toMatchObject({ state: 'certified', report: 'owed', dueOn: '2020-07-17' });
    await training.refuses('class-report-not-submitted', () => giveBack(of));
    await submit(of);
    const told = (await words(of)).map((word) => `${String(word['version'])} ${String(word['state'])}`);
    expect([await state(of), told]).toEqual(['reported', ['1 open', '2 fulfilled', '3 open', '4 fulfilled']]);
    expect((await training.told(of.classId)).slice(-3)).toEqual(['reported', `report-returned: ${reason}`, 'reported']);
  });

  it('makes the task further by its classes, told once each time, and never one that stands still', async () => {
    const taskId = randomUUID();
    const course = { taskId, plannedClasses: 3 };
    await training.task({ taskId, code: 'II.2' });
    const first = await completedClass('x', { course });
    const second = await completedClass('x', { course });
    const report = async (of: HeldForTest) => {
      await issue(of);
      await submit(of);
    };
    const before = (await progress()).length;
    const told = async () => ((await progress()) as { progress: number; agency: string; taskId: string }[]).slice(before);
    await training.task({ taskId, version: 2, status: 'suspended' });
    await report(first);
    expect(await told()).toEqual([]);
    await training.task({ taskId, version: 3, status: 'in-progress' });
    await training.get(TellProgress).ofAll();
    await training.get(TellProgress).ofAll();
    expect(await told()).toMatchObject([{ taskId, agency: TASK.lead, progress: 16 }]);
    await report(second);
    expect((await told()).map((one) => one.progress)).toEqual([16, 33]);
  });

  it('is handed in once by two at once', async () => {
    const of = await completedClass('x');
    await issue(of);
    const outcomes = await Promise.all([refusal(submit(of)), refusal(submit(of))]);
    expect(outcomes.map((one) => (one as { code?: string }).code ?? 'handed in').sort()).toEqual(['class-report-not-owed', 'handed in']);
  });
});
