import type { PayloadOf, sendMail } from '#contracts';
import { at, PLAN_TEXT, PlanningFixture } from '../obligations/planning.int-fixture.js';
import { SubmitReport } from '../reports/submit-report.js';
import { Suspend } from '../suspensions/suspend.js';
import { ReportUnreachable } from './report-unreachable.js';
import { SendWeeklyDigest } from './send-weekly-digest.js';

type Sent = PayloadOf<typeof sendMail>;
let planning: PlanningFixture;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
});
afterEach(() => planning.stop());

/** Runs the digest of a Thursday at a moment. @returns the digests that it wrote */
async function digestsAt(moment: string, runAt = moment) {
  planning.clock.set(at(moment));
  const before = (await sent()).length;
  const count = await planning.get(SendWeeklyDigest).execute(at(runAt));
  const written = (await sent()).slice(before);
  expect(written).toHaveLength(count);
  return written;
}
const sent = async () =>
  ((await planning.mails()) as unknown as Sent[]).flatMap(({ mail, ...of }) =>
    mail.template === 'weekly-digest' ? [{ ...of, mail }] : [],
  );
const submit = async (agency: string, periodKey = '2020-06') => {
  const { id: reportId } = await planning.report(agency, 'BC-THANG', periodKey);
  await planning.get(SubmitReport).execute({ reportId, note: '' }, planning.message());
};

describe('the weekly digest', () => {
  it('is one mail for each of the standing agency, known by plan, recipient and week', async () => {
    await planning.import();
    const digests = await digestsAt('2020-06-18T07:30');
    expect((await Promise.all(digests.map((mail) => planning.recipient(mail)))).sort()).toEqual(['SNNPTNT/FOCAL', 'SNNPTNT/HEAD']);
    for (const digest of digests) expect(digest.businessKey).toMatch(/^weekly-digest\..*\.2020-W25$/);
    expect(new Set(digests.map((digest) => digest.businessKey)).size).toBe(2);
    // The same week again is the same mail to whoever sends it; the next week is another.
    const again = await digestsAt('2020-06-18T09:00', '2020-06-18T07:30');
    expect(again.map((digest) => digest.businessKey)).toEqual(digests.map((digest) => digest.businessKey));
    expect((await digestsAt('2020-06-25T07:30'))[0]?.businessKey).toMatch(/2020-W26$/);
  });

  it('says where everybody stands: figures, who is late and for how long, what comes next', async () => {
    await planning.import();
    planning.clock.set(at('2020-06-15T01:00'));
    await planning.openReports();
    await planning.sweepAt('2020-06-17T08:00');
    await submit('STC');
    for (const day of ['18', '19', '22', '24']) await planning.sweepAt(`2020-06-${day}T08:00`);
    await submit('TTKC');
    const [digest] = await digestsAt('2020-06-25T07:30');
    // 18 opened on the first day, 11 when July's windows opened, two handed in. Seven of nine inputs and R1 are late; nothing falls due this week.
    expect(digest?.mail.figures).toEqual({ open: 27, overdue: 8, dueThisWeek: 0, submittedThisWeek: 1, escalated: 8 });
    expect(digest?.mail.late.map((row) => [row.debtor.code, row.dueOn, row.workingDaysLate, row.chasings])).toEqual([
      ...['SCT', 'UBND-GIALAM', 'UBND-HADONG', 'UBND-QUOCOAI', 'UBND-SONTAY', 'UBND-TAYHO', 'VPDP-HN'].map((code) => [
        code,
        '2020-06-17',
        6,
        3,
      ]),
      ['SNNPTNT', '2020-06-22', 3, 1],
    ]);
    expect(digest?.mail.upcoming).toEqual([]);
    expect(digest?.obligationIds).toEqual(digest?.mail.late.map((row) => row.obligationId));
  });

  it('names what falls due in the week', async () => {
    await planning.import();
    const [digest] = await digestsAt('2020-06-11T07:30');
    expect(digest?.mail.figures).toMatchObject({ open: 18, overdue: 0, dueThisWeek: 9 });
    expect(digest?.mail.upcoming).toHaveLength(9);
    expect(digest?.mail.late).toEqual([]);
  });

  it('names whom no mail reaches, until another contact is named', async () => {
    await planning.import();
    planning.clock.set(at('2020-06-16T09:00'));
    const contact = await planning.database.contact.findFirstOrThrow({ where: { agency: { code: 'SCT' }, role: 'FOCAL' } });
    const refused = { messageId: contact.id, contactId: contact.id, agencyId: contact.agencyId, obligationIds: [], status: '5.1.1' };
    await planning.get(ReportUnreachable).execute({ ...refused, at: planning.clock.now().toString() }, planning.message());
    const [digest] = await digestsAt('2020-06-18T07:30');
    expect(digest?.mail.unreachable).toEqual([
      { agency: expect.objectContaining({ code: 'SCT', name: 'Sở Công Thương' }), contactId: contact.id, since: '2020-06-16' },
    ]);
    await planning.import(PLAN_TEXT.replace('dau-moi@sct.hanoi.example', 'dau-moi-moi@sct.hanoi.example'));
    const [next] = await digestsAt('2020-06-25T07:30');
    expect(next?.mail.unreachable).toEqual([]);
  });

  it('names what stands still and counts none of it as overdue [SEED-42]', async () => {
    const { planId } = await planning.import();
    const task = await planning.database.task.findFirstOrThrow({ where: { code: 'II.2.b' } });
    planning.clock.set(at('2020-06-16T09:00'));
    const covid = { planId, decision: '02/TB-BCĐ', reason: 'Dịch Covid-19.' };
    await planning.get(Suspend).execute({ ...covid, task: task.code, untilOn: '2020-06-30' }, planning.message());
    await planning.get(Suspend).execute(covid, planning.message());
    const [digest] = await digestsAt('2020-06-18T07:30');
    expect(digest?.mail).toMatchObject({ late: [], upcoming: [], figures: { overdue: 0, dueThisWeek: 0 } });
    const held = digest?.mail.figures.open;
    const { suspensions } = digest!.mail;
    expect(suspensions).toHaveLength(2);
    expect(suspensions).toEqual(
      expect.arrayContaining([
        { task: { code: task.code, title: task.title }, decision: '02/TB-BCĐ', since: '2020-06-16', until: '2020-06-30', held: 0 },
        { task: null, decision: '02/TB-BCĐ', since: '2020-06-16', until: null, held },
      ]),
    );
  });

  it('is left out before there is a plan, and when nothing is owed and nothing was handed in', async () => {
    expect(await digestsAt('2020-06-18T07:30')).toEqual([]);
    await planning.import();
    await planning.sql(`UPDATE obligation SET state = 'fulfilled', settled_at = '2020-06-16T03:00Z'`);
    expect(await digestsAt('2020-06-18T07:30')).toHaveLength(2);
    expect(await digestsAt('2020-06-25T07:30')).toEqual([]);
  });

  it('leaves on its Thursday or, when that is a day off, on the first working day after it; later it is left out', async () => {
    await planning.import();
    expect(await digestsAt('2020-06-18T16:59', '2020-06-18T07:30')).toHaveLength(2);
    expect(await digestsAt('2020-06-19T07:30', '2020-06-18T07:30')).toEqual([]);
    // 30 April, a Thursday, and 1 May are days off: Monday the 4th is the first working day.
    expect(await digestsAt('2020-04-30T07:30')).toHaveLength(2);
    expect(await digestsAt('2020-05-03T10:00', '2020-04-30T07:30')).toHaveLength(2);
    const monday = await digestsAt('2020-05-04T10:00', '2020-04-30T07:30');
    expect(monday.map((digest) => digest.businessKey.slice(-8))).toEqual(['2020-W18', '2020-W18']);
    expect(await digestsAt('2020-05-05T10:00', '2020-04-30T07:30')).toEqual([]);
  });
});
