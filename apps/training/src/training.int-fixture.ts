import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import { Temporal } from 'temporal-polyfill';
import { Clock, FixedClock } from '#calendar';
import {
  useSealingKeys,
  type InstitutionKind,
  type PayloadOf,
  type recordCourse,
  type recordTrainer,
  type recordVenue,
  type taskChanged,
} from '#contracts';
import { messageAt, testStack, type TestStack } from '#testing';
import { AppModule } from './app.module.js';
import { RecordCourse } from './courses/record-course.js';
import { Database } from './persistence/database.js';
import { KeepTask } from './tasks/keep-task.js';
import { RecordInstitution } from './trainers/record-institution.js';
import { RecordTrainer } from './trainers/record-trainer.js';
import { RecordVenue } from './venues/record-venue.js';

export const NOWHERE = '11111111-1111-4111-8111-111111111111';
export const PLAN = '22222222-2222-4222-8222-222222222222';
const PLANS = join(import.meta.dirname, '../../../plans');

export const at = (local: string): Temporal.Instant => Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Ho_Chi_Minh').toInstant();

/** A refusal, or what came instead. */
export async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'not refused',
    (error: unknown) => error,
  );
}

export const COURSE: PayloadOf<typeof recordCourse> = {
  code: 'KHOA-A',
  planId: PLAN,
  title: 'Kỹ năng thuyết minh tại điểm làng nghề',
  titleEn: 'Guide skills at craft villages',
  objective: 'Giới thiệu sản phẩm OCOP',
  curriculum: [
    { topic: 'Tổng quan về du lịch', periods: 4 },
    { topic: 'Du lịch cộng đồng', periods: 4 },
    { topic: 'Quy tắc ứng xử', periods: 4 },
    { topic: 'Xử lý tình huống', periods: 4 },
  ],
  plannedClasses: 5,
  capacity: 70,
  minSize: 30,
  daysPerClass: 2,
  leadAgency: 'SDL',
  windowFrom: '2020-06-01',
  windowTo: '2020-09-30',
  threshold: 80,
};

export const VENUE: PayloadOf<typeof recordVenue> = {
  code: 'NVH-BATTRANG',
  name: 'Nhà văn hóa xã Bát Tràng',
  address: 'Xã Bát Tràng, huyện Gia Lâm',
  district: 'UBND-GIALAM',
  capacity: 120,
};

export const TASK: PayloadOf<typeof taskChanged> = {
  taskId: '33333333-3333-4333-8333-333333333333',
  version: 1,
  plan: {
    planId: PLAN,
    documentNumber: '100/KH-UBND',
    issuedOn: '2020-05-15',
    title: 'Triển khai mô hình chỉ đạo điểm Chương trình Mỗi xã một sản phẩm',
    programme: 'OCOP 2020',
    standingAgency: 'SNNPTNT',
  },
  code: 'T2.4',
  title: 'Mở các lớp tập huấn, bồi dưỡng kiến thức',
  lead: 'SDL',
  window: { from: '2020-06-01', to: '2020-09-30' },
  status: 'not-started',
  approved: true,
};

/** Lets every module begin, so that whoever follows a class does; no worker, relay or schedule starts. */
async function initialised(app: TestingModule): Promise<void> {
  await (app as unknown as { callInitHook: () => Promise<void> }).callInitHook();
}

/** The training service on a database of its own and a clock that stands still, without its workers. It knows four agencies, one of them ended, and one task. */
export class TrainingFixture {
  private constructor(
    readonly stack: TestStack,
    readonly app: TestingModule,
    readonly clock: FixedClock,
  ) {}

  static async start(local: string): Promise<TrainingFixture> {
    const stack = await testStack();
    const sealKey = randomBytes(32).toString('base64');
    useSealingKeys([sealKey]);
    Object.assign(process.env, {
      DATABASE_URL: stack.databaseUrl('training'),
      REDIS_URL: stack.redisUrl,
      QUEUE_PREFIX: stack.prefix,
      SEAL_KEY: sealKey,
      PLANS_DIR: PLANS,
    });
    const clock = new FixedClock(at(local));
    const app = await Test.createTestingModule({ imports: [AppModule] })
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    await initialised(app);
    const training = new TrainingFixture(stack, app, clock);
    await training.database.agency.createMany({
      data: ['SNNPTNT', 'SDL', 'UBND-GIALAM', 'SVHTT-CU'].map((code) => ({
        id: randomUUID(),
        code,
        name: code,
        nameEn: code,
        shortName: code,
        kind: 'department',
        validFrom: new Date('2008-08-01'),
        validTo: code === 'SVHTT-CU' ? new Date('2019-12-31') : null,
        version: 1,
      })),
    });
    await training.task();
    return training;
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.get<T>(type, { strict: false });
  }

  get database(): Database {
    return this.app.get(Database);
  }

  /** A command as the strategy would hand it over now; the same id is the same message. */
  message(id?: string) {
    return messageAt(this.clock.now(), id);
  }

  /** Planning tells of a task. Each needs a higher version than the last. */
  task(changes: Partial<PayloadOf<typeof taskChanged>> = {}) {
    return this.get(KeepTask).execute({ ...TASK, ...changes }, this.message());
  }

  /** Messages of one contract that wait in the outbox, oldest first, as they travel: sealed values are sealed. */
  async written(name: string): Promise<unknown[]> {
    const rows = await this.database.outbox.findMany({ where: { name }, orderBy: { seq: 'asc' } });
    return rows.map(({ envelope }) => (envelope as { payload: unknown }).payload);
  }

  course(changes: Partial<PayloadOf<typeof recordCourse>> = {}, id?: string) {
    return this.get(RecordCourse).execute({ ...COURSE, ...changes }, this.message(id));
  }

  venue(changes: Partial<PayloadOf<typeof recordVenue>> = {}, id?: string) {
    return this.get(RecordVenue).execute({ ...VENUE, ...changes }, this.message(id));
  }

  /** @returns its id */
  async institution(kind: InstitutionKind = 'university'): Promise<string> {
    const code = randomUUID().toUpperCase();
    const given = { code, name: `Trường ${code}`, nameEn: `School ${code}`, kind };
    return (await this.get(RecordInstitution).execute(given, this.message())).institutionId;
  }

  async trainer(changes: Partial<PayloadOf<typeof recordTrainer>> = {}, id?: string) {
    const institutionId = changes.institutionId ?? (await this.institution());
    const person = { fullName: 'Nguyễn Văn Mẫu', title: 'TS', email: 'mau@dai-hoc.example', phone: '0900000000', language: 'vi' } as const;
    const given = { ...person, overrideReason: null, specialities: ['du lịch'], ...changes, institutionId };
    return this.get(RecordTrainer).execute(given, this.message(id));
  }

  /** What is on record about a thing, as `what: reason`. */
  async told(subjectId: string): Promise<string[]> {
    const rows = await this.database.history.findMany({ where: { subjectId }, orderBy: { id: 'asc' } });
    return rows.map(({ what, reason }) => (reason === null ? what : `${what}: ${reason}`));
  }

  /** Rows and digest of every table of the schema. */
  async contents(): Promise<Record<string, string>> {
    const sql = <Row>(query: string) => this.database.$queryRawUnsafe<Row[]>(query);
    const tables = await sql<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'training' ORDER BY 1`);
    const read = tables.map(async ({ name }) => {
      const [row] = await sql<{ seen: string }>(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text)), '') AS seen FROM "${name}" t`,
      );
      return [name, row?.seen ?? ''] as const;
    });
    return Object.fromEntries(await Promise.all(read));
  }

  /** Expects a refusal with this code that changed nothing. @returns its details, and its message as `message` */
  async refuses(code: string, work: () => Promise<unknown>): Promise<{ message: string; details: unknown }> {
    const before = await this.contents();
    const error = (await refusal(work())) as { code?: string; message: string; details: unknown };
    expect(error).toMatchObject({ code });
    expect(await this.contents()).toEqual(before);
    return error;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.stack.dispose();
  }
}
