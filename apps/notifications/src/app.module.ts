import { Module } from '@nestjs/common';
import { ClockModule, ConfigModule, Env, notificationsEnv } from '#config';
import { MessagingModule, type MessagingOptions } from '#messaging';
import { StatusModule } from '#observability';
import { DeliveryModule } from './delivery/delivery.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { Database } from './persistence/database.js';
import { PersistenceModule } from './persistence/persistence.module.js';
import { RecipientsModule } from './recipients/recipients.module.js';
import { StatusConsumer } from './status/status.consumer.js';

/** The notifications service: what it stands on, and its features. */
@Module({
  imports: [
    ConfigModule.forService(notificationsEnv),
    ClockModule,
    StatusModule,
    PersistenceModule,
    MessagingModule.forServiceAsync({
      inject: [Env, Database],
      useFactory: (env: Env, database: Database): MessagingOptions => ({
        service: 'notifications',
        database,
        databaseUrl: env.get('DATABASE_URL'),
        redisUrl: env.get('REDIS_URL'),
        prefix: env.get('QUEUE_PREFIX'),
      }),
    }),
    RecipientsModule,
    MessagesModule,
    DeliveryModule,
  ],
  controllers: [StatusConsumer],
})
export class AppModule {}
