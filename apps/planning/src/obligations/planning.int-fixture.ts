import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import { Temporal } from 'temporal-polyfill';
import { Clock, FixedClock } from '#calendar';
import { useSealingKeys, type PayloadOf, type sendMail } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { messageAt, testStack, type TestStack } from '#testing';
import { AppModule } from '../app.module.js';
import { Database, type Tx } from '../persistence/database.js';
import { ImportPlan } from '../plans/import-plan.js';
import { OpenReports } from '../reports/open-reports.js';
import { SweepSteps } from '../sweep/sweep-steps.js';

/** The plan with passages replaced; each must be there, or the test proves nothing. */
export function planWith(...passages: readonly (readonly [from: string, to: string])[]): string {
  return passages.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the plan does not say: ${from}`);
    return text.replace(from, () => to);
  }, PLAN_TEXT);
}

const PLANS = join(import.meta.dirname, '../../../../plans');
export const PLAN_TEXT = readFileSync(join(PLANS, '100-kh-ubnd-2020.yaml'), 'utf8');
/** The code of a refusal, or what came instead. */
export async function refusal(work: Promise<unknown>): Promise<unknown> {
  const outcome = await work.then(
    () => 'not refused',
    (error: unknown) => error,
  );
  return outcome instanceof Error && 'code' in outcome ? outcome.code : outcome;
}

export const at = (local: string): Temporal.Instant => Temporal.PlainDateTime.from(local).toZonedDateTime('Asia/Ho_Chi_Minh').toInstant();

export type Mail = Extract<PayloadOf<typeof sendMail>['mail'], { template: 'chasing' }>;
export interface SentMail extends Omit<PayloadOf<typeof sendMail>, 'mail'> {
  readonly mail: Mail;
}

function boot(clock: FixedClock, plans: string): Promise<TestingModule> {
  process.env['PLANS_DIR'] = plans;
  return Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
}

/** The planning service on a database of its own and a clock that stands still, without its workers: what it would send stands in its outbox. */
export class PlanningFixture {
  private constructor(
    readonly stack: TestStack,
    private running: TestingModule,
    readonly clock: FixedClock,
  ) {}

  /** @param plans folder of the calendar and the ladders */
  static async start(local: string, plans = PLANS): Promise<PlanningFixture> {
    const stack = await testStack();
    const sealKey = randomBytes(32).toString('base64');
    useSealingKeys([sealKey]);
    Object.assign(process.env, {
      DATABASE_URL: stack.databaseUrl('planning'),
      REDIS_URL: stack.redisUrl,
      QUEUE_PREFIX: stack.prefix,
      SEAL_KEY: sealKey,
    });
    const clock = new FixedClock(at(local));
    return new PlanningFixture(stack, await boot(clock, plans), clock);
  }

  /** Starts the service again on the same database, with what lies in the folder now. */
  async restart(plans: string): Promise<void> {
    await this.running.close();
    this.running = await boot(this.clock, plans);
  }

  get app(): TestingModule {
    return this.running;
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.get<T>(type);
  }

  get database(): Database {
    return this.app.get(Database);
  }

  import(yaml = PLAN_TEXT) {
    return this.importAs(this.message(), yaml);
  }

  importAs(message: Message, yaml = PLAN_TEXT) {
    return this.get(ImportPlan).execute({ fileName: 'plan.yaml', yaml }, message);
  }

  /** Sets the clock and sweeps. @returns the mails that this sweep wrote to the outbox */
  async sweepAt(local: string): Promise<SentMail[]> {
    this.clock.set(at(local));
    const before = await this.mails();
    await this.get(SweepSteps).execute();
    return (await this.mails()).slice(before.length);
  }

  async mails(): Promise<SentMail[]> {
    const rows = await this.database.outbox.findMany({ where: { name: 'notifications.send-mail.v1' }, orderBy: { seq: 'asc' } });
    return rows.map((row) => (row.envelope as unknown as { payload: SentMail }).payload);
  }

  /** Agency and role of a mail's recipient, `SCT/FOCAL`. */
  async recipient(mail: { recipientId: string }): Promise<string> {
    const contact = await this.database.contact.findUniqueOrThrow({ where: { id: mail.recipientId }, include: { agency: true } });
    return `${contact.agency.code}/${contact.role}`;
  }

  report(agency: string, requirement = 'BC-THANG', periodKey = '2020-06') {
    return this.database.report.findFirstOrThrow({
      where: { agency: { code: agency }, requirement: { code: requirement }, periodKey },
      include: { obligation: true },
    });
  }

  /** As the schedule does it at night. @returns how many reports were opened */
  openReports(): Promise<number> {
    return this.get(UnitOfWork<Tx>).run((tx) => this.get(OpenReports).openDue(tx, this.clock.now()));
  }

  /** Rows of the service's own schema, past every use case: how tests plant what must not be. */
  sql<Row>(query: string, ...values: unknown[]): Promise<Row[]> {
    return this.database.$queryRawUnsafe<Row[]>(query, ...values);
  }

  /** Rows and digest of every table of the schema. */
  async contents(): Promise<Record<string, string>> {
    const tables = await this.sql<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'planning' ORDER BY 1`);
    const read = tables.map(async ({ name }) => {
      const [row] = await this.sql<{ seen: string }>(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text)), '') AS seen FROM "${name}" t`,
      );
      return [name, row?.seen ?? ''] as const;
    });
    return Object.fromEntries(await Promise.all(read));
  }

  /** The code of a refusal, after having made sure that it changed nothing. */
  async refused(work: () => Promise<unknown>): Promise<unknown> {
    const before = await this.contents();
    const code = await refusal(work());
    expect(await this.contents()).toEqual(before);
    return code;
  }

  /** A command as the strategy would hand it over now; the same id is the same message. */
  message(id?: string) {
    return messageAt(this.clock.now(), id);
  }

  steps(obligationId: string, generation = 1) {
    return this.database.step.findMany({ where: { obligationId, generation }, orderBy: { ordinal: 'asc' } });
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.stack.dispose();
  }
}
