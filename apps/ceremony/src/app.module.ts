import { Module } from '@nestjs/common';
import { ClockModule, ConfigModule, Env, serviceEnv } from '#config';
import { MessagingModule, type MessagingOptions } from '#messaging';
import { StatusModule } from '#observability';
import { AgenciesModule } from './agencies/agencies.module.js';
import { ApprovalsModule } from './approvals/approvals.module.js';
import { Database } from './persistence/database.js';
import { PersistenceModule } from './persistence/persistence.module.js';
import { StatusConsumer } from './status/status.consumer.js';

/** The ceremony service: what it stands on, and its features. */
@Module({
  imports: [
    ConfigModule.forService(serviceEnv),
    ClockModule,
    StatusModule,
    PersistenceModule,
    MessagingModule.forServiceAsync({
      inject: [Env, Database],
      useFactory: (env: Env, database: Database): MessagingOptions => ({
        service: 'ceremony',
        database,
        databaseUrl: env.get('DATABASE_URL'),
        redisUrl: env.get('REDIS_URL'),
        prefix: env.get('QUEUE_PREFIX'),
      }),
    }),
    AgenciesModule,
    ApprovalsModule,
  ],
  controllers: [StatusConsumer],
})
export class AppModule {}
