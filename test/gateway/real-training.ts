import { ConsoleLogger } from '@nestjs/common';
import { join } from 'node:path';
import { clockFrom } from '#calendar';
import { sendMail, type PayloadOf, type taskChanged } from '#contracts';
import { createService } from '#messaging';
import { messageAt, type TestStack } from '#testing';
import { AppModule } from '../../apps/training/src/app.module.js';
import { Database } from '../../apps/training/src/persistence/database.js';
import { KeepTask } from '../../apps/training/src/tasks/keep-task.js';
import { SEAL_KEY } from './under-test.js';

/**
 * The training service itself, on its lanes and its database, in this process. It knows one agency and the tasks that it is told of.
 * @param from when business time starts, in Asia/Ho_Chi_Minh; from there it passes like any other
 */
export async function startTraining(stack: TestStack, from: string) {
  const { redisUrl, prefix } = stack;
  const epoch = Math.floor(performance.timeOrigin + performance.now());
  const clock = clockFrom({ CLOCK_START: from, CLOCK_EPOCH: epoch });
  Object.assign(process.env, {
    CLOCK_START: from,
    CLOCK_EPOCH: String(epoch),
    DATABASE_URL: stack.databaseUrl('training'),
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: prefix,
    SEAL_KEY,
    PLANS_DIR: join(import.meta.dirname, '../../plans'),
  });
  const logger = new ConsoleLogger({ logLevels: [] });
  const app = await createService(AppModule, { service: 'training', clock, logger, redisUrl, prefix });
  await app.listen();
  const database = app.get(Database, { strict: false });
  const names = { code: 'SDL', name: 'Sở Du lịch', nameEn: 'Department of Tourism', shortName: 'SDL' };
  const agency = { ...names, kind: 'DEPARTMENT', validFrom: new Date('2008-08-01'), validTo: null, version: 1 };
  await database.agency.create({ data: { id: '00000000-0000-4000-8000-000000000001', ...agency } });

  return {
    close: () => app.close(),
    tell: (task: PayloadOf<typeof taskChanged>) => app.get(KeepTask, { strict: false }).execute(task, messageAt(clock.now())),
    /** Mails to one person, oldest first, as notifications reads them. */
    async mailsTo(recipientId: string): Promise<PayloadOf<typeof sendMail>[]> {
      const rows = await database.outbox.findMany({ where: { name: sendMail.name }, orderBy: { seq: 'asc' } });
      const mails = rows.map(({ envelope }) => sendMail.payload.parse((envelope as { payload: unknown }).payload));
      return mails.filter((mail) => mail.recipientId === recipientId);
    },
    /** Everything that somebody has done, as rows of the tables that tell it. */
    async deeds(): Promise<number[]> {
      return Promise.all([database.inbox.count(), database.history.count(), database.accessLinkUse.count(), database.outbox.count()]);
    },
    actorsOf: async (subjectId: string): Promise<string[]> =>
      (await database.history.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(({ actor, what }) => `${actor} ${what}`),
  };
}
