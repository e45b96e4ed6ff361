import type { completeDataRequest, DataRequestKind, PayloadOf } from '#contracts';
import { Nominations } from '../enrolments/nominations.int-fixture.js';
import { at, NOWHERE, PLAN, TrainingFixture } from '../training.int-fixture.js';
import { AnswerDataRequest } from './answer-data-request.js';
import { CompleteDataRequest } from './complete-data-request.js';
import { obligationOf } from './data-request.js';
import { DataRequestRepository } from './data-request.repository.js';
import { ExtendDataRequest } from './extend-data-request.js';
import { ForgetExpired } from './forget-expired.js';
import { RecordDataRequest } from './record-data-request.js';

let training: TrainingFixture;
let nominations: Nominations;
/** As the copy of the agency that nominates here has it. */
const SDL = { name: 'Sở Du lịch', nameEn: 'Department of Tourism' };
beforeAll(async () => {
  training = await TrainingFixture.start('2020-06-04T09:00');
  await training.database.agency.updateMany({ where: { code: 'SDL' }, data: SDL });
  nominations = new Nominations(training);
});
afterAll(() => training.stop());
beforeEach(() => {
  training.clock.set(at('2020-06-04T09:00'));
});

const ASKED = 'Đến trực tiếp, xuất trình giấy giới thiệu';
const record = (traineeId: string, kind: DataRequestKind, id?: string) =>
  training.get(RecordDataRequest).execute({ traineeId, kind, asked: ASKED }, training.message(id));
const answer = (requestId: string, seenVersion = 1, id?: string) =>
  training.get(AnswerDataRequest).execute({ requestId, how: 'Bằng văn bản', seenVersion }, training.message(id));
const extend = (requestId: string, seenVersion = 1, id?: string) =>
  training.get(ExtendDataRequest).execute({ requestId, reason: 'Phải xác minh', seenVersion }, training.message(id));
const complete = (requestId: string, changes: Partial<PayloadOf<typeof completeDataRequest>> = {}, id?: string) =>
  training
    .get(CompleteDataRequest)
    .execute({ requestId, outcome: 'Đã thực hiện', refused: false, seenVersion: 1, ...changes }, training.message(id));

const unitOf = (words: string) => `Xã ${Array.from(words).reverse().join('')}`;
/** Somebody with words that stand nowhere else, enrolled in a class of their own course. */
async function enrolled(words: string, seats = 1) {
  const { classId } = await nominations.opened(await nominations.otherCourse(), [{ seats }]);
  const person = nominations.person({
    fullName: `Trần ${words}`,
    unit: unitOf(words),
    position: `Chức ${words}`,
    needs: `Cần ${words}`,
    email: `${words.toLowerCase()}@xa.example`,
    phone: `09${words}`,
  });
  return { ...(await nominations.nominate(classId, { person })), person };
}
const trainee = (id: string) => training.database.trainee.findUniqueOrThrow({ where: { id } });
/** What copies of a person were told last. */
async function toldOf(personId: string) {
  const told = (await training.written('training.person-changed.v1')) as { personId: string }[];
  return told.filter((one) => one.personId === personId).at(-1);
}
/** State and deadline of what is owed for a request, as planning was told last: its answer, then what it asks. */
async function owed(requestId: string): Promise<(string | undefined)[]> {
  const words = (await training.written('planning.track-obligation.v1')) as {
    obligationId: string;
    state: string;
    deadline: { date: string };
  }[];
  return (['answer', 'deed'] as const).map((part) => {
    const last = words.filter(({ obligationId }) => obligationId === obligationOf(requestId, part)).at(-1);
    return last && `${last.state} ${last.deadline.date}`;
  });
}
/** Tables in which some words stand, in whatever column. */
async function tablesWith(words: string): Promise<string[]> {
  const tables = await training.database.$queryRawUnsafe<{ name: string }[]>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'training' ORDER BY 1`,
  );
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await training.database.$queryRawUnsafe<unknown[]>(
        `SELECT 1 FROM "${name}" t WHERE to_jsonb(t)::text ILIKE $1`,
        `%${words}%`,
      );
      return rows.length > 0 ? [name] : [];
    }),
  );
  return found.flat();
}

describe('a request about one’s own data', () => {
  it('is owed twice by the standing agency: an answer in two working days, the deed in fifteen days; once for a message that comes twice', async () => {
    const { traineeId } = await enrolled('Hoitruoc');
    const id = '11111111-2222-4333-8444-555555555555';
    const first = await record(traineeId, 'access', id);
    expect(first).toMatchObject({ requestId: id, state: 'received', answerBy: '2020-06-08', doneBy: '2020-06-19', version: 1 });
    const before = await training.contents();
    expect(await record(traineeId, 'access', id)).toEqual(first);
    expect(await training.contents()).toEqual(before);
    expect(await owed(id)).toEqual(['open 2020-06-08', 'open 2020-06-19']);
    const [word] = (await training.written('planning.track-obligation.v1')).slice(-1) as object[];
    expect(word).toMatchObject({ kind: 'data-request', planId: PLAN, debtor: 'SNNPTNT', creditor: 'SNNPTNT' });
    await training.refuses('trainee-not-found', () => record(NOWHERE, 'access'));
  });

  it('is answered, extended once, and done; each clock ends with it', async () => {
    const { traineeId } = await enrolled('Lantruoc');
    const { requestId } = await record(traineeId, 'access');
    expect(await answer(requestId)).toMatchObject({ state: 'answered', version: 2 });
    expect(await owed(requestId)).toEqual(['fulfilled 2020-06-08', 'open 2020-06-19']);
    await training.refuses('data-request-answered', () => answer(requestId, 2));
    await training.refuses('changed-meanwhile', () => extend(requestId, 1));
    expect(await extend(requestId, 2)).toMatchObject({ doneBy: '2020-07-04', version: 3 });
    await training.refuses('data-request-extended', () => extend(requestId, 3));
    await training.refuses('correction-not-asked', () => complete(requestId, { seenVersion: 3, correction: { phone: null } }));
    expect(await complete(requestId, { seenVersion: 3 })).toMatchObject({ state: 'done', version: 4, withdrawn: [] });
    expect(await owed(requestId)).toEqual(['fulfilled 2020-06-08', 'fulfilled 2020-07-04']);
    for (const late of [() => answer(requestId, 4), () => extend(requestId, 4), () => complete(requestId, { seenVersion: 4 })])
      await training.refuses('data-request-over', late);
    await training.refuses('data-request-not-found', () => complete(NOWHERE));
    expect(await training.told(requestId)).toEqual(['received', 'answered: Bằng văn bản', 'extended: Phải xác minh', 'done']);
    expect(await training.get(DataRequestRepository).list({ traineeId, limit: 10 }, 10, undefined)).toMatchObject([
      { requestId, state: 'done', extended: true, asked: ASKED, outcome: 'Đã thực hiện' },
    ]);
  });

  it('that is refused changes nothing of the person, and is owed no more', async () => {
    const { traineeId, enrolmentId } = await enrolled('Tuchoi');
    const { requestId } = await record(traineeId, 'erase');
    expect(await complete(requestId, { refused: true, outcome: 'Luật không cho phép' })).toMatchObject({ state: 'refused', withdrawn: [] });
    expect(await owed(requestId)).toEqual(['fulfilled 2020-06-08', 'fulfilled 2020-06-19']);
    expect([await nominations.state(enrolmentId), (await trainee(traineeId)).fullName]).toEqual(['enrolled', 'Trần Tuchoi']);
    expect(await training.told(requestId)).toEqual(['received', 'refused: Luật không cho phép']);
  });

  it('is decided by one of two who decide at once', async () => {
    const { traineeId } = await enrolled('Cungluc');
    const { requestId } = await record(traineeId, 'erase');
    const both = await Promise.allSettled([complete(requestId), complete(requestId, { refused: true })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'changed-meanwhile' } });
  });
});

describe('access', () => {
  it('shows everything that is kept of a person, to a request for it alone', async () => {
    const { traineeId, classId, person } = await enrolled('Xemdulieu');
    const { requestId } = await record(traineeId, 'access');
    const { code } = await training.database.trainingClass.findUniqueOrThrow({ where: { id: classId } });
    const shown = await training.get(DataRequestRepository).exportOf(requestId, training.clock.now());
    expect(shown).toMatchObject({
      person: { traineeId, ...person, nominatedBy: 'SDL', legalBasis: 'state-task', noticeVersion: '2020-05', restricted: false },
      enrolments: [{ class: code, agency: 'SDL', state: 'enrolled', attendance: [], certificate: null }],
      requests: [{ requestId, kind: 'access' }],
    });
    const { requestId: other } = await record(traineeId, 'correct');
    const ask = (id: string) => training.get(DataRequestRepository).exportOf(id, training.clock.now());
    await training.refuses('access-not-asked', () => ask(other));
    await training.refuses('data-request-not-found', () => ask(NOWHERE));
    await complete(requestId, { refused: true });
    await training.refuses('access-not-asked', () => ask(requestId));
  });
});

describe('a correction', () => {
  it('changes the person and whoever keeps a copy, and finds them again by the new data', async () => {
    const { traineeId, classId, person } = await enrolled('Suadulieu', 5);
    const { requestId } = await record(traineeId, 'correct');
    await training.refuses('correction-missing', () => complete(requestId));
    await complete(requestId, { correction: { fullName: 'Trần Thị Đã Sửa', phone: null } });
    expect(await trainee(traineeId)).toMatchObject({ fullName: 'Trần Thị Đã Sửa', phone: null, unit: person.unit, version: 2 });
    expect(await toldOf(traineeId)).toMatchObject({ version: 2, phone: null, organisation: SDL, active: true, forgotten: false });
    expect(await training.told(traineeId)).toEqual(['recorded', 'corrected']);
    await training.refuses('already-nominated', () =>
      nominations.nominate(classId, { person: { ...person, fullName: 'Trần Thị Đã Sửa', phone: null } }),
    );
    expect(await tablesWith('Trần Suadulieu')).toEqual([]);
  });

  it('that makes two people one is refused', async () => {
    const [one, two] = [await enrolled('Trunglap'), await enrolled('Khonglap')];
    const { requestId } = await record(two.traineeId, 'correct');
    const { fullName, unit, email } = one.person;
    await training.refuses('trainee-already-known', () => complete(requestId, { correction: { fullName, unit, email } }));
  });
});

describe('erasing', () => {
  it.each(['erase', 'withdraw'] as const)(
    'by "%s" leaves nothing in any table that tells who it was, and the seat to who waits',
    async (kind) => {
      const word = `Xoa${kind}`;
      const { traineeId, enrolmentId, classId } = await enrolled(word);
      const next = await nominations.nominate(classId);
      expect(next.state).toBe('waiting');
      const { requestId: open } = await record(traineeId, 'access');
      const { requestId } = await record(traineeId, kind);
      expect(await tablesWith(word)).toEqual(['trainee']);
      const id = kind === 'erase' ? '22222222-2222-4333-8444-555555555555' : '33333333-2222-4333-8444-555555555555';
      const first = await complete(requestId, { outcome: `Đã xóa của Trần ${word}` }, id);
      expect(first).toMatchObject({ state: 'done', withdrawn: [enrolmentId] });
      expect(await tablesWith(word)).toEqual([]);
      // Not even what waits to be sent told their unit: people are named with the agency that nominated them.
      expect(await tablesWith(unitOf(word))).toEqual([]);
      expect(await trainee(traineeId)).toMatchObject({ fullName: null, unit: null, email: null, phone: null, identity: null, version: 2 });
      expect(await toldOf(traineeId)).toMatchObject({
        organisation: SDL,
        version: 2,
        name: null,
        email: null,
        phone: null,
        active: false,
        forgotten: true,
      });
      expect([await nominations.state(enrolmentId), await nominations.state(next.enrolmentId)]).toEqual(['withdrawn', 'enrolled']);
      expect(await owed(open)).toEqual(['fulfilled 2020-06-08', 'fulfilled 2020-06-19']);
      const before = await training.contents();
      expect(await complete(requestId, { outcome: `Đã xóa của Trần ${word}` }, id)).toEqual(first);
      expect(await training.contents()).toEqual(before);
      await training.refuses('trainee-forgotten', () => record(traineeId, 'access'));
      await training.refuses('trainee-forgotten', () => training.get(DataRequestRepository).exportOf(open, training.clock.now()));
      await training.refuses('data-request-over', () => complete(open, { seenVersion: 2 }));
    },
  );
});

describe('restricting', () => {
  it.each(['restrict', 'object'] as const)('by "%s" ends mail and lists, and keeps the person', async (kind) => {
    const { traineeId, enrolmentId, person, classId } = await enrolled(`Hanche${kind}`, 5);
    const { requestId } = await record(traineeId, kind);
    expect(await complete(requestId)).toMatchObject({ withdrawn: [enrolmentId] });
    expect(await trainee(traineeId)).toMatchObject({ restricted: true, fullName: person.fullName });
    expect(await toldOf(traineeId)).toMatchObject({ active: false, forgotten: false });
    expect(await nominations.state(enrolmentId)).toBe('withdrawn');
    await training.refuses('trainee-restricted', () => nominations.nominate(classId, { person }));
  });
});

describe('every night', () => {
  it('forgets whose newest class ended more than a year ago, once, and nobody else', async () => {
    const [over, asking] = [await enrolled('Hethan'), await enrolled('Dangyeucau')];
    // A class that was postponed to days that are not known is still to come.
    const postponed = await enrolled('Hoanlop');
    await nominations.postpone(postponed.classId);
    training.clock.set(at('2021-07-08T02:00'));
    expect(await training.get(ForgetExpired).execute(training.clock.now())).toBe(0);
    const { requestId } = await record(asking.traineeId, 'access');
    training.clock.set(at('2021-07-09T02:00'));
    expect(await training.get(ForgetExpired).execute(training.clock.now())).toBeGreaterThan(0);
    expect(await tablesWith('Hethan')).toEqual([]);
    expect(await toldOf(over.traineeId)).toMatchObject({ version: 2, name: null, forgotten: true });
    expect(await training.told(over.traineeId)).toEqual(['recorded', 'forgotten: Hết thời hạn lưu giữ']);
    for (const kept of [asking, postponed]) expect((await trainee(kept.traineeId)).fullName).toBe(kept.person.fullName);
    const before = await training.contents();
    expect(await training.get(ForgetExpired).execute(training.clock.now())).toBe(0);
    expect(await training.contents()).toEqual(before);
    await complete(requestId);
    expect(await training.get(ForgetExpired).execute(training.clock.now())).toBe(1);
    expect((await trainee(asking.traineeId)).fullName).toBeNull();
  });
});
