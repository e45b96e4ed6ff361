import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { Env } from '#config';
import { connectionsTo, type SqlDatabase } from '#messaging';
import { type Prisma, PrismaClient } from '../generated/prisma/client.js';

/** A transaction of this service, as its repositories take it. */
export type Tx = Prisma.TransactionClient;

/** The service's own schema, under its own login role. Connects when first asked, so the service starts while the database is away. */
@Injectable()
export class Database extends PrismaClient implements SqlDatabase<Tx>, OnApplicationShutdown {
  constructor(env: Env) {
    super({
      adapter: new PrismaPg(connectionsTo(env.get('DATABASE_URL'), 'notifications'), {
        schema: 'notifications',
        disposeExternalPool: true,
      }),
    });
  }

  ping(): Promise<unknown> {
    return this.$queryRaw`SELECT 1`;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.$disconnect();
  }
}
