import { randomUUID } from 'node:crypto';
import { lanes } from '#contracts';
import { ChangeClass } from '../classes/change-class.js';
import { at, NOWHERE, TrainingFixture } from '../training.int-fixture.js';
import { EnrolmentViews } from './enrolment-view.repository.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { Nominations, REASON, type Row } from './nominations.int-fixture.js';

let training: TrainingFixture;
let nominations: Nominations;
let courseId: string;
beforeAll(async () => {
  training = await TrainingFixture.start('2020-06-01T09:00');
  nominations = new Nominations(training);
  ({ courseId } = await training.course({ windowTo: '2020-12-31' }));
});
afterAll(() => training.stop());
afterEach(() => {
  training.clock.set(at('2020-06-01T09:00'));
});

const reason = 'Theo đề nghị của đơn vị';
const waitingList = async (classId: string) =>
  (await training.get(EnrolmentViews).list({ classId, state: 'waiting', limit: 50 }, 50, undefined)).map(({ view }) => view.enrolmentId);

describe('a nomination', () => {
  it('gets a seat in quota and class, or waits and is told why; seats for leaders are kept for them', async () => {
    const { classId } = await nominations.opened(courseId, [{ seats: 2, leaderSeats: 1 }, { agency: 'UBND-GIALAM' }], {
      capacity: 3,
      minSize: 1,
    });
    const id = randomUUID();
    const first = await nominations.nominate(classId, {}, id);
    expect(first).toMatchObject({ state: 'enrolled', why: null });
    expect(await nominations.nominate(classId, {}, id)).toEqual(first);
    expect(await nominations.nominate(classId)).toMatchObject({ state: 'waiting', why: 'leader-seats' });
    expect(await nominations.nominate(classId, { leader: true })).toMatchObject({ state: 'enrolled' });
    expect(await nominations.nominate(classId, { leader: true })).toMatchObject({ state: 'waiting', why: 'quota-full' });
    expect(await nominations.nominate(classId, { agency: 'UBND-GIALAM' })).toMatchObject({ state: 'enrolled' });
    expect(await nominations.nominate(classId, { agency: 'UBND-GIALAM' })).toMatchObject({ state: 'waiting', why: 'class-full' });
    expect(await nominations.quota(classId)).toMatchObject({ nominated: 4, enrolled: 2, leaders: 1, waiting: 2, state: 'fulfilled' });
    expect(await training.database.$transaction((tx) => training.get(EnrolmentRepository).enrolled(tx, classId))).toBe(3);
    expect((await nominations.times(classId)).map(({ times }) => times !== null)).toEqual([true, false, true, false, true, false]);
  });

  it('[SEED-41] of a person who is in another class of the course is refused and names that class, however their name is spelled; withdrawn they may go', async () => {
    const [one, two] = [await nominations.opened(courseId), await nominations.opened(courseId, [{}], { firstDay: '2020-07-14' })];
    const person = nominations.person({ fullName: 'Nguyễn Thị Hoà', phone: '0900 000 000' });
    const { enrolmentId, traineeId } = await nominations.nominate(one.classId, { person });
    const again = { ...person, fullName: '  NGUYỄN  thị hoà'.normalize('NFD'), position: 'Chủ tịch' };
    for (const { classId } of [two, one]) {
      const told = await training.refuses('already-nominated', () => nominations.nominate(classId, { person: again }));
      expect(told.details).toEqual([{ enrolmentId, class: one.code }]);
    }
    // A tone is a difference, and so is another agency.
    await nominations.nominate(two.classId, { person: { ...person, fullName: 'Nguyễn Thị Hoa' } });
    await nominations.withdraw(enrolmentId);
    expect(await nominations.nominate(two.classId, { person: again })).toMatchObject({ traineeId, state: 'enrolled' });
    const told = ((await training.written('training.person-changed.v1')) as { personId: string; version: number }[]).filter(
      (row) => row.personId === traineeId,
    );
    expect(told.map(({ version }) => version)).toEqual([1, 2]);
    expect(await training.told(traineeId)).toEqual(['recorded', 'changed']);
  });

  it('[SEED-41] of a person who still waited for a class when it began is taken by another class of the course', async () => {
    const [one, two] = [
      await nominations.opened(courseId, [{}], { capacity: 1, minSize: 1 }),
      await nominations.opened(courseId, [{}], { firstDay: '2020-07-14' }),
    ];
    const [seated, person] = [nominations.person(), nominations.person()];
    await nominations.nominate(one.classId, { person: seated });
    const { enrolmentId, state } = await nominations.nominate(one.classId, { person });
    expect(state).toBe('waiting');
    await training.refuses('already-nominated', () => nominations.nominate(two.classId, { person }));
    await training.database.trainingClass.update({ where: { id: one.classId }, data: { state: 'in-progress' } });
    expect(await nominations.nominate(two.classId, { person })).toMatchObject({ state: 'enrolled' });
    expect(await nominations.state(enrolmentId)).toBe('withdrawn');
    await training.refuses('already-nominated', () => nominations.nominate(two.classId, { person: seated }));
  });

  it('[SEED-41] of one new person for 20 classes of a course at once is taken once', async () => {
    const classes = await Promise.all(Array.from({ length: 20 }, () => nominations.opened(courseId)));
    const person = nominations.person();
    const outcomes = await Promise.allSettled(classes.map(({ classId }) => nominations.nominate(classId, { person })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const lost of outcomes.filter((one) => one.status === 'rejected'))
      expect(lost.reason).toMatchObject({ code: 'already-nominated' });
    expect(await training.database.trainee.count({ where: { fullName: person.fullName } })).toBe(1);
  });

  it('is refused when the person is elsewhere at that time, when the class takes none, or when they asked to be left out', async () => {
    const [other, person] = [await nominations.otherCourse(), nominations.person()];
    const [here, there] = [await nominations.opened(courseId), await nominations.opened(other, [{}], { firstDay: '2020-07-08' })];
    const { traineeId } = await nominations.nominate(here.classId, { person });
    const told = await training.refuses('trainee-taken', () => nominations.nominate(there.classId, { person }));
    expect(told.details).toEqual([{ class: here.code, day: '2020-07-08', part: 'morning' }]);
    const { classId } = await nominations.planned(courseId);
    await training.refuses('nominations-not-open', () => nominations.nominate(classId));
    await training.refuses('agency-without-quota', () => nominations.nominate(here.classId, { agency: 'SNNPTNT' }));
    await training.refuses('class-not-found', () => nominations.nominate(NOWHERE));
    await nominations.close(here.classId);
    await training.refuses('nominations-closed', () => nominations.nominate(here.classId));
    const late = await nominations.nominate(here.classId, { late: 'Bổ sung theo đề nghị của xã' });
    expect(await training.told(late.enrolmentId)).toEqual(['enrolled: Bổ sung theo đề nghị của xã']);
    await training.database.trainee.update({ where: { id: traineeId }, data: { restricted: true } });
    await training.refuses('trainee-restricted', () => nominations.nominate(there.classId, { person }));
  });

  it('of 200 at once for the last 10 places, as many in hand as four processes have: 10 are enrolled, 190 wait, none is lost', async () => {
    const { classId } = await nominations.opened(courseId, [{ seats: 300 }], { capacity: 10, minSize: 1 });
    const people = Array.from({ length: 200 }, () => nominations.person());
    const replies: Awaited<ReturnType<Nominations['nominate']>>[] = [];
    const worker = async () => {
      for (let person = people.pop(); person; person = people.pop()) replies.push(await nominations.nominate(classId, { person }));
    };
    await Promise.all(Array.from({ length: 4 * lanes['training.commands'].concurrency }, worker));
    expect(replies.filter((one) => one.state === 'enrolled')).toHaveLength(10);
    expect(replies.filter((one) => one.state === 'waiting' && one.why === 'class-full')).toHaveLength(190);
    expect(
      await training.database.enrolment.groupBy({ by: ['state'], where: { classId }, _count: true, orderBy: { state: 'asc' } }),
    ).toEqual([
      { state: 'enrolled', _count: 10 },
      { state: 'waiting', _count: 190 },
    ]);
  }, 60_000);

  it('leaves no name, address or phone in messages, history or figures', async () => {
    const { classId } = await nominations.opened(courseId);
    const person = nominations.person({
      fullName: 'Đặng Kín Đáo',
      email: 'kindao@xa.example',
      phone: '0911222333',
      position: 'Trưởng thôn Kín',
    });
    const { enrolmentId } = await nominations.nominate(classId, { person });
    await nominations.withdraw(enrolmentId);
    const kept = ['outbox', 'history', 'inbox', 'quota', 'obligation_word', 'nomination_import', 'enrolment'];
    for (const table of kept) {
      const rows = await training.database.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${table}" t`);
      expect(rows.filter(({ row }) => /Kín Đáo|kindao|0911222333|thôn Kín/.test(row))).toEqual([]);
    }
    expect((await training.get(EnrolmentViews).classList(classId, training.clock.now())).items).toEqual([]);
  });
});

describe('who waits', () => {
  it('moves up when somebody withdraws: first of the same agency, then by time; after the close by time alone', async () => {
    const { classId } = await nominations.opened(courseId, [{ seats: 1 }, { agency: 'UBND-GIALAM', seats: 2 }], {
      capacity: 2,
      minSize: 1,
    });
    const theirs = { agency: 'UBND-GIALAM' };
    const [first, second] = [await nominations.nominate(classId), await nominations.nominate(classId, theirs)];
    const waiting = [
      await nominations.nominate(classId, theirs),
      await nominations.nominate(classId),
      await nominations.nominate(classId, theirs),
      await nominations.nominate(classId),
    ].map(({ enrolmentId }) => enrolmentId);
    expect(await waitingList(classId)).toEqual(waiting);
    const id = randomUUID();
    const withdrawn = await nominations.withdraw(first.enrolmentId, id);
    expect(withdrawn).toMatchObject({ state: 'withdrawn', promoted: [waiting[1]] });
    expect(await nominations.withdraw(first.enrolmentId, id)).toEqual(withdrawn);
    await training.refuses('enrolment-settled', () => nominations.withdraw(first.enrolmentId));
    await training.refuses('enrolment-not-found', () => nominations.withdraw(NOWHERE));
    await nominations.close(classId);
    expect((await nominations.withdraw(waiting[1]!)).promoted).toEqual([waiting[0]]);
    expect((await nominations.withdraw(second.enrolmentId)).promoted).toEqual([waiting[2]]);
    expect(await waitingList(classId)).toEqual([waiting[3]]);
    expect(await training.told(waiting[0]!)).toEqual(['waiting', 'promoted']);
    const mails = (await training.written('notifications.send-mail.v1')) as { businessKey: string; recipientId: string; mail: object }[];
    const told = mails.filter(({ businessKey }) => waiting.some((one) => businessKey === `promoted.${one}`));
    expect(told.map(({ businessKey }) => businessKey)).toEqual([waiting[1], waiting[0], waiting[2]].map((one) => `promoted.${one!}`));
    expect(told[0]?.mail).toMatchObject({ template: 'class-notice', occasion: 'promoted', reader: 'trainee', cancelled: [], sequence: 0 });
    expect((told[0]?.mail as { sessions: object[] }).sessions[3]).toMatchObject({
      ordinal: 4,
      date: '2020-07-08',
      startsAt: '13:30',
      endsAt: '17:00',
    });
    const kept = await training.database.announcement.findMany({ where: { classId } });
    expect(kept.map(({ personId }) => personId).sort()).toEqual(told.map(({ recipientId }) => recipientId).sort());
    expect(kept[0]).toMatchObject({ role: 'trainee', sequence: 0, told: { rosterVersion: 0 } });
    expect((await training.told(classId)).slice(-2)).toEqual([`trainee-withdrawn: ${REASON}`, `trainee-withdrawn: ${REASON}`]);
  });

  it('moves up when quota or class get more seats, and when seats that were kept for leaders are free for all', async () => {
    const { classId } = await nominations.opened(courseId, [{ seats: 1 }, { agency: 'UBND-GIALAM', seats: 5, leaderSeats: 5 }], {
      capacity: 2,
      minSize: 1,
    });
    await nominations.nominate(classId);
    const mine = await nominations.nominate(classId);
    await nominations.change(classId, { seats: 2 });
    expect(await nominations.state(mine.enrolmentId)).toBe('enrolled');
    const staff = await nominations.nominate(classId, { agency: 'UBND-GIALAM' });
    await training.get(ChangeClass).execute({ classId, changes: { capacity: 3 }, reason }, training.message());
    expect(await nominations.state(staff.enrolmentId)).toBe('waiting');
    await nominations.close(classId);
    expect(await nominations.state(staff.enrolmentId)).toBe('enrolled');
    expect((await nominations.times(classId)).every(({ times }) => times !== null)).toBe(true);
  });

  it('is passed over while another class of theirs is at that time', async () => {
    const { classId } = await nominations.opened(courseId, [{ seats: 9 }], { capacity: 1, minSize: 1 });
    const there = await nominations.opened(await nominations.otherCourse());
    const [first, person] = [await nominations.nominate(classId), nominations.person()];
    const [elsewhere, next] = [await nominations.nominate(classId, { person }), await nominations.nominate(classId)];
    await nominations.nominate(there.classId, { person });
    expect((await nominations.withdraw(first.enrolmentId)).promoted).toEqual([next.enrolmentId]);
    expect(await nominations.state(elsewhere.enrolmentId)).toBe('waiting');
  });
});

describe('a file of nominations', () => {
  const rows = (...names: string[]): Row[] => names.map((name) => ({ name, email: `${randomUUID()}@xa.example` }));
  const count = (classId: string) => training.database.enrolment.count({ where: { classId } });

  it('is taken as a whole, once, and says so when it comes again', async () => {
    const { classId, code } = await nominations.opened(courseId, [{ seats: 3 }]);
    const [of, digest] = [{ classId }, 'A'.repeat(43)];
    const list = rows('Nguyễn Thị An', 'Trần Văn Bình', 'Lê Thị Cúc', 'Phạm Văn Dũng');
    expect(await nominations.import(of, list, { digest })).toEqual({
      rows: 4,
      enrolled: 3,
      waiting: 1,
      faulty: 0,
      errors: [],
      importedBefore: null,
    });
    const again = await nominations.import(of, list, { digest });
    expect(again).toEqual({ rows: 4, enrolled: 0, waiting: 0, faulty: 0, errors: [], importedBefore: '2020-06-01T02:00:00Z' });
    expect(await count(classId)).toBe(4);
    expect(await nominations.owed(code)).toEqual({ SDL: 'fulfilled 2020-06-26' });
    expect(await training.told(classId)).toEqual(['planned', 'nominations-opened', 'nominations-imported']);
    const order = await training.database.enrolment.findMany({ where: { classId }, orderBy: { seq: 'asc' }, include: { trainee: true } });
    expect(order.map(({ trainee, state }) => `${trainee.fullName!} ${state}`)).toEqual([
      'Nguyễn Thị An enrolled',
      'Trần Văn Bình enrolled',
      'Lê Thị Cúc enrolled',
      'Phạm Văn Dũng waiting',
    ]);
  });

  it('[SEED-41] with faulty rows is refused with the cell of each fault and leaves nothing, unless they are to be skipped', async () => {
    const [one, closed] = [await nominations.opened(courseId, [{ seats: 9 }]), await nominations.planned(courseId)];
    const other = await nominations.opened(courseId, [{ agency: 'UBND-GIALAM' }]);
    const there = await nominations.opened(courseId);
    const known = { fullName: 'Đỗ Thị Quen', unit: 'Xã Bát Tràng', email: 'quen@xa.example' };
    await nominations.nominate(there.classId, { person: nominations.person(known) });
    const { code } = one;
    const list: Row[] = [
      { code: code.toLowerCase(), name: 'Nguyễn Thị Đúng' },
      { code, name: ' ', email: 'không phải' },
      { code: 'LOP-LA', name: 'Trần Văn Lạ' },
      { code: closed.code, name: 'Lê Văn Sớm' },
      { code: other.code, name: 'Lê Văn Ngoài' },
      { code, name: 'NGUYỄN THỊ ĐÚNG' },
      { code, name: 'Đỗ Thị Quen', email: 'Quen@xa.example' },
      { code, name: 'Phạm Thị Lãnh', leader: 'có thể' },
      { code, name: 'Phạm Thị Cả', leader: 'Có' },
    ];
    const told = await training.refuses('rows-faulty', () => nominations.import({ courseId }, list));
    expect((told.details as { address: string; code: string }[]).map((fault) => `${fault.address} ${fault.code}`)).toEqual([
      'B3 full-name-invalid',
      'G3 email-invalid',
      'A4 class-not-found',
      'A5 nominations-not-open',
      'A6 agency-without-quota',
      'B7 nominated-twice',
      'B8 already-nominated',
      'E9 leader-unclear',
    ]);
    expect(told.message).toMatch(/^7 of 9 rows/);
    expect(JSON.stringify(told)).not.toMatch(/Đúng|Quen|Lạ"|không phải/);
    const digest = 'B'.repeat(43);
    const taken = await nominations.import({ courseId }, list, { skipFaulty: true, digest });
    expect(taken).toMatchObject({ rows: 9, enrolled: 2, waiting: 0, faulty: 7 });
    expect(await count(one.classId)).toBe(2);
    expect(await training.database.trainee.count({ where: { fullName: 'Lê Văn Ngoài' } })).toBe(0);
    // Its rows are there by now, and it says that it was there.
    const again = await nominations.import({ courseId }, list, { skipFaulty: true, digest });
    expect(again).toMatchObject({ enrolled: 0, faulty: 9, importedBefore: '2020-06-01T02:00:00Z' });
  });

  it('is refused as a whole for a class that takes nothing, or when it is no list', async () => {
    const { classId } = await nominations.planned(courseId);
    await training.refuses('nominations-not-open', () => nominations.import({ classId }, rows('An')));
    await training.refuses('class-not-found', () => nominations.import({ classId: NOWHERE }, rows('An')));
    await training.refuses('sheet-not-readable', () => nominations.import({ classId }, [], { sheet: '{"rows":[[1,2]]}' }));
  });

  it('of 10,000 rows for 125 classes is one transaction, within bounds of memory and time', async () => {
    const codes = await nominations.manyOpened(courseId, 125, { seats: 100, capacity: 70 });
    const list = Array.from({ length: 10_000 }, (_, index): Row => ({
      code: codes[index % codes.length]!,
      name: `Nguyễn Văn Đông ${String(index)}`,
      unit: `Hợp tác xã số ${String(index % 500)}`,
      email: `dong${String(index)}@htx.example`,
    }));
    const [heap, began] = [process.memoryUsage().heapUsed, Date.now()];
    let most = heap;
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage().heapUsed);
    }, 5);
    const taken = await nominations.import({ courseId }, list).finally(() => {
      clearInterval(timer);
    });
    const [seconds, megabytes] = [(Date.now() - began) / 1000, Math.round((most - heap) / 1e6)];
    process.stdout.write(`10,000 nominations: ${seconds.toFixed(1)} s, heap +${String(megabytes)} MB\n`);
    expect(taken).toMatchObject({ rows: 10_000, enrolled: 125 * 70, waiting: 125 * 10, faulty: 0 });
    expect(await training.database.trainee.count({ where: { fullName: { startsWith: 'Nguyễn Văn Đông' } } })).toBe(10_000);
    expect(megabytes).toBeLessThan(300);
    expect(seconds).toBeLessThan(30);
  }, 90_000);
});
