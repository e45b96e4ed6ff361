import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedMail } from 'mailparser';
import { readSheet } from 'read-excel-file/node';
import { Temporal } from 'temporal-polyfill';
import { atLocalTime, loadWorkingCalendar } from '#calendar';
import { eventually } from '#testing';
import { openedPdf } from '../../libs/documents/src/opened-pdf.int-fixture.js';
import { addressOf, startWorld, type World } from '../system/world.js';
import { TrainingOffice, type Attendance, type TrainingClass } from './training-office.js';
import { documentIn, entriesIn, linkIn, nomineesOf, repeat, type Nominee } from './training-story.js';

const PLANS = join(import.meta.dirname, '../../plans');
const read = (name: string): string => readFileSync(join(PLANS, name), 'utf8');
/**
 * The ten classes of plans/training-2020.yaml from an approved task to certificates, over HTTP and with real mail through five processes; a day passes in two
 * and a half seconds. What people do is done here: trainers follow the links of their mails, agencies send lists, an office takes attendance.
 */
describe('Ten classes from the approved task to their certificates [SEED-32] [SEED-33]', () => {
  const calendar = loadWorkingCalendar(join(PLANS, 'calendar'));
  const meanwhile: (() => Promise<void>)[] = [];
  let world: World;
  let office: TrainingOffice;
  let people: Map<string, Nominee[]>;
  /** By what happens to them. */
  const codes = { late: 'LOP-A-04', byLink: 'LOP-B-02', postponed: '', cancelled: '' };

  beforeAll(async () => {
    world = await startWorld({ from: '2020-07-01T07:00', speed: '10h' });
    office = new TrainingOffice(world);
  }, 60_000);
  afterAll(async () => {
    await Promise.allSettled(meanwhile.map((end) => end()));
    await world.close();
  }, 60_000);

  it('opens the classes that the course file means once their task is there, and finds days, places and trainers for them', async () => {
    await office.post('/plans/import?fileName=100-kh-ubnd-2020.yaml', read('100-kh-ubnd-2020.yaml'));
    await eventually(
      () => office.post('/courses/import?fileName=training-2020.yaml', read('training-2020.yaml')).then(Boolean, () => undefined),
      {
        within: 20_000,
        describe: () => 'the course file is taken: its task is known',
      },
    );
    const opened = await eventually(async () => ((await office.classes()).length === 10 ? await office.classes() : undefined), {
      within: 20_000,
      describe: () => 'ten classes',
    });
    expect(new Set(opened.map(({ state: now }) => now))).toEqual(new Set(['planned']));
    const { items, unplaced } = await office.get<{
      items: { classId: string; venueId: string; sessions: unknown[]; seenVersion: number }[];
      unplaced: unknown[];
    }>('/schedule-proposals?from=2020-07-21&to=2020-08-03');
    expect([items.length, unplaced]).toEqual([10, []]);
    const confirmed = items.map(({ classId, venueId, sessions, seenVersion }) => ({ classId, venueId, sessions, seenVersion }));
    await office.post('/schedule-proposals/confirm', { classes: confirmed });
    const planned = (await office.classes()).sort((a, b) => (a.sessions[0]!.startsAt < b.sessions[0]!.startsAt ? -1 : 1));
    expect(planned.map(({ sessions }) => sessions.length)).toEqual(Array(10).fill(4));
    const free = planned.map(({ code }) => code).filter((code) => ![codes.late, codes.byLink, 'LOP-A-01', 'LOP-A-02'].includes(code));
    [codes.postponed, codes.cancelled] = [free[0]!, free.at(-1)!];
    meanwhile.push(
      repeat(() => office.answerInvitations((address, subject) => address === 'gv-02@dh-mau-dl.example' && subject.includes('LOP-A-02'))),
    );
  }, 90_000);

  it('takes the lists of the agencies, refuses the same person twice, and chases whoever sends none [SEED-41]', async () => {
    const all = await office.classes();
    const soon = local(new Date(world.system.clock.now().epochMilliseconds)).toPlainDate().add({ days: 6 }).toString();
    people = new Map(all.map(({ code }) => [code, nomineesOf(code, code === 'LOP-A-01' ? 72 : 40)]));
    for (const { classId, code, district } of all) {
      const deadline = code === codes.late ? { deadline: soon } : {};
      await office.post(`/classes/${classId}/nominations/open`, {
        quotas: [{ agency: district, seats: people.get(code)!.length, ...deadline }],
      });
    }
    for (const one of all.filter(({ code }) => code !== codes.late)) {
      const list = people.get(one.code)!;
      expect(await office.importList(one, list)).toMatchObject({
        status: 200,
        rows: list.length,
        enrolled: Math.min(70, list.length),
        faulty: 0,
      });
    }
    const [first, second] = all as [TrainingClass, TrainingClass];
    const twice = await office.importList({ ...second, district: first.district }, people.get(first.code)!.slice(0, 1));
    expect(twice).toMatchObject({ status: 422 });
    await eventually(() => office.mails(/./, 'dau-moi@sontay.hanoi.example').find(({ text }) => /cử học viên/i.test(text ?? '')), {
      within: 40_000,
      describe: () => 'the agency that sends no list is reminded',
    });
    const late = await office.classOf(codes.late);
    expect(await office.importList(late, people.get(codes.late)!)).toMatchObject({ status: 200, enrolled: 40 });
  }, 120_000);

  it('asks each trainer for their sessions, takes the answers of their links, and finds another where one declines', async () => {
    const a2 = await office.classOf('LOP-A-02');
    await office.arrival(/Mời giảng dạy lớp LOP-A-02/);
    const { items: trainers } = await office.get<{ items: { trainerId: string }[] }>('/trainers?limit=200');
    const engaged = await eventually(
      async () => {
        const { items } = await office.get<{ items: { class: string; state: string }[] }>('/engagements?limit=200');
        const open = items.filter((one) => one.state !== 'accepted' && one.state !== 'declined');
        return items.length > 10 && open.length === 0 ? items : undefined;
      },
      { within: 40_000, describe: () => 'every trainer answers' },
    );
    const declined = engaged.filter((one) => one.state === 'declined');
    for (const { sessionId } of (await office.classOf('LOP-A-02')).sessions.filter(({ trainerId }) => trainerId === null)) {
      for (const { trainerId } of trainers)
        if (await office.tries(`/classes/${a2.classId}/trainer`, { trainerId, sessionIds: [sessionId] })) break;
    }
    expect((await office.classOf('LOP-A-02')).sessions.every(({ trainerId }) => trainerId !== null)).toBe(true);
    expect(declined.every((one) => one.class === 'LOP-A-02')).toBe(true);
  }, 90_000);

  it('lets the first of the waiting list move up when somebody withdraws, and tells them', async () => {
    const { classId } = await office.classOf('LOP-A-01');
    const { items } = await office.get<{ items: { enrolmentId: string; email: string; state: string }[] }>(
      `/classes/${classId}/enrolments?limit=200`,
    );
    const [leaver] = items.filter((one) => one.state === 'enrolled');
    const [first] = items.filter((one) => one.state === 'waiting');
    await office.post(`/enrolments/${leaver!.enrolmentId}/withdraw`, { reason: 'Đơn vị đề nghị thôi cử.' });
    const mail = await office.arrival(/Đã có chỗ/, first!.email);
    expect(entriesIn(mail).map(({ method, sequence }) => [method, sequence])).toEqual(Array(4).fill(['REQUEST', 0]));
    expect(office.mails(/Đã có chỗ/)).toHaveLength(1);
  }, 60_000);

  it('moves a class by a week: every invitation, booking and calendar follows, with the same entries', async () => {
    await office.state(codes.postponed, 'notified', 90_000);
    const before = await office.classOf(codes.postponed);
    const [trainee] = people.get(codes.postponed)!.slice(5);
    const invitation = await office.arrival(new RegExp(`Mời tham gia lớp ${codes.postponed}`), trainee!.email);
    const week = Temporal.PlainDate.from(before.sessions[0]!.day);
    const decided = { decision: '15/TB-SCT', reason: 'Trùng lễ hội của xã.' };
    let days = 7;
    // Some day of the next weeks is free at the same venue, for the same trainers.
    while (
      !(await office.tries(`/classes/${before.classId}/postpone`, { ...decided, firstDay: week.add({ days }).toString() })) &&
      days < 20
    )
      days += 1;
    const changed = await office.arrival(new RegExp(`Thay đổi lịch lớp ${codes.postponed}`), trainee!.email);
    const [was, is] = [entriesIn(invitation), entriesIn(changed)];
    expect(is.map(({ method, uid }) => [method, uid])).toEqual(was.map(({ uid }) => ['REQUEST', uid]));
    expect(is.every(({ sequence }, index) => sequence > was[index]!.sequence)).toBe(true);
    const after = await office.classOf(codes.postponed);
    expect(is.map(({ start }) => start)).toEqual(after.sessions.map(({ startsAt }) => startsAt.replace('.000', '')));
    expect(after.sessions.map(({ sessionId }) => sessionId)).toEqual(before.sessions.map(({ sessionId }) => sessionId));
    await office.post(`/classes/${before.classId}/nominations/open`, { quotas: [] });
  }, 120_000);

  it('never sends the roster of a class that is cancelled, and takes its sessions out of every calendar', async () => {
    await office.state(codes.cancelled, 'notified', 120_000);
    const { classId } = await office.classOf(codes.cancelled);
    const [trainee] = people.get(codes.cancelled)!.slice(3);
    const invitation = await office.arrival(new RegExp(`Mời tham gia lớp ${codes.cancelled}`), trainee!.email);
    await office.post(`/classes/${classId}/cancel`, { decision: '16/TB-SCT', reason: 'Không bố trí được địa điểm.' });
    const notice = await office.arrival(new RegExp(`Hủy lớp ${codes.cancelled}`), trainee!.email);
    expect(entriesIn(notice).map(({ method, uid }) => [method, uid])).toEqual(entriesIn(invitation).map(({ uid }) => ['CANCEL', uid]));
    await eventually(
      () =>
        office.mails(new RegExp(`Hủy lớp ${codes.cancelled}`)).filter((mail) => addressOf(mail).startsWith('gv-')).length > 0
          ? true
          : undefined,
      {
        within: 20_000,
        describe: () => 'its trainers are told',
      },
    );
    expect(office.mails(new RegExp(`Hủy lớp ${codes.cancelled}`), trainee!.email)).toHaveLength(1);
  }, 150_000);

  it('sends each trainer the roster two working days before, as documents that other programs open', async () => {
    meanwhile.push(repeat(() => office.attend(codes.byLink)));
    const code = codes.byLink;
    const mail = await office.arrival(new RegExp(`Danh sách học viên lớp ${code}`), undefined, 120_000);
    const { sessions } = await office.classOf(code);
    const [own] = sessions;
    expect(mail.date!.getTime()).toBeGreaterThanOrEqual(rosterFrom(own!.day));
    const names = people.get(code)!.map(({ name }) => name);
    const rows = await readSheet(documentIn(mail, '.xlsx').content);
    expect(rows.flat().filter((cell) => names.includes(String(cell)))).toHaveLength(40);
    const { pages } = await openedPdf(documentIn(mail, '.pdf').content);
    const text = pages.join(' ').normalize('NFC');
    expect(names.filter((name) => text.includes(name))).toHaveLength(40);
    const uids = sessions.map(({ sessionId }) => sessionId);
    expect(entriesIn(mail).every(({ method, uid }) => method === 'REQUEST' && uids.includes(uid.split('@')[0]!))).toBe(true);
    const page = await (await fetch(linkIn(mail, 'rosters'))).text();
    expect(page).toContain(names[0]);
  }, 150_000);

  it('asks trainers for attendance that is missing in the evening, and takes it by the link of that mail', async () => {
    const code = codes.byLink;
    const { classId } = await office.classOf(code);
    meanwhile.push(repeat(() => office.tickEverybody(code)));
    await office.state(code, 'reported', 120_000);
    const evening = office.mails(new RegExp(`Đề nghị điểm danh lớp ${code}`))[0]!;
    expect(local(evening.date!).toPlainTime().toString() >= '18:00').toBe(true);
    const { enrolments } = await office.get<Attendance>(`/classes/${classId}/attendance`);
    expect(enrolments).toHaveLength(40);
  }, 180_000);

  it('certifies who attended enough, confirms each certificate to whoever has its code, and reports to planning', async () => {
    await eventually(
      async () =>
        (await office.classes()).every(({ state: now, code }) => now === (code === codes.cancelled ? 'cancelled' : 'reported'))
          ? true
          : undefined,
      { within: 150_000, describe: () => 'nine classes are reported' },
    );
    const certificates = await world.system.all<{ number: string; certificateId: string; classId: string }>('/certificates?year=2020');
    // Every tenth never came to eight classes; to the ninth all came.
    expect(certificates).toHaveLength(63 + 7 * 36 + 40);
    const serials = certificates.map(({ number }) => Number(number.split('/')[0])).sort((a, b) => a - b);
    expect(serials).toEqual(Array.from({ length: serials.length }, (_, index) => index + 1));
    const [nominee] = people.get(codes.byLink)!;
    const mail = await office.arrival(new RegExp(`Giấy chứng nhận hoàn thành lớp ${codes.byLink}`), nominee!.email);
    const page = await (await fetch(linkIn(mail, 'certificates'))).text();
    expect(page).toContain(nominee!.name);
    const file = await world.system.request(`/api/v1/certificates/${certificates[0]!.certificateId}.pdf`);
    expect((await openedPdf(Buffer.from(await file.arrayBuffer()))).pages.join(' ')).toContain(certificates[0]!.number);
    await eventually(async () => ((await taskProgress()) === 90 ? true : undefined), {
      within: 20_000,
      describe: () => 'nine of ten classes are told to planning',
    });
    expect(await office.get('/audit')).toMatchObject({ holds: true, findings: [] });
  }, 200_000);

  it('sent nothing twice, nothing too early, nothing of the cancelled class, and nothing on a day off', async () => {
    for (const end of meanwhile.splice(0)) await end();
    const rosters = office.mails(/Danh sách học viên/);
    expect(rosters.filter(({ subject }) => subject!.includes(codes.cancelled))).toEqual([]);
    const once = (sent: readonly ParsedMail[]) => sent.map((mail) => `${addressOf(mail)} ${mail.subject!}`);
    for (const sent of [rosters, office.mails(/Nhắc lịch lớp/), office.mails(/Giấy chứng nhận/), office.mails(/Mời tham gia lớp/)]) {
      expect(sent.length).toBeGreaterThan(0);
      expect(new Set(once(sent)).size).toBe(sent.length);
    }
    const evening = (mail: ParsedMail) => (mail.subject!.includes('Đề nghị điểm danh') ? '20:00' : undefined);
    expect(
      world.catcher.mails
        .filter((mail) => !calendar.isOfficeHour(Temporal.Instant.fromEpochMilliseconds(mail.date!.getTime()), evening(mail)))
        .map(({ subject }) => subject),
    ).toEqual([]);
    const reminders = office.mails(new RegExp(`Nhắc lịch lớp ${codes.postponed}`));
    expect(new Set(reminders.map(addressOf)).size).toBe(reminders.length);
    expect(world.system.fallen).toEqual([]);
  });

  const local = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO('Asia/Ho_Chi_Minh');
  /** 09:00 two working days before. */
  function rosterFrom(day: string): number {
    let before = Temporal.PlainDate.from(day);
    for (let left = 2; left > 0;) {
      before = before.subtract({ days: 1 });
      if (calendar.isWorkingDay(before)) left -= 1;
    }
    return atLocalTime(before, '09:00').epochMilliseconds;
  }
  async function taskProgress(): Promise<number | undefined> {
    const tasks = await world.system.all<{ code: string; progress: number }>('/tasks');
    return tasks.find(({ code }) => code === 'II.2.d')?.progress;
  }
});
