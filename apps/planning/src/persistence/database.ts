import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { Env } from '#config';
import type { SqlDatabase } from '#messaging';
import { PrismaClient, type Prisma } from '../generated/prisma/client.js';

/** A transaction of this service's own schema. */
export type Tx = Prisma.TransactionClient;

/** The one connection pool of the service, logged in as its own role. */
@Injectable()
export class Database implements OnApplicationShutdown, SqlDatabase<Tx> {
  readonly client: PrismaClient;

  constructor(env: Env) {
    this.client = new PrismaClient({
      adapter: new PrismaPg({ connectionString: env.get('DATABASE_URL'), max: 12 }, { schema: 'planning' }),
    });
  }

  $transaction<R>(work: (tx: Tx) => Promise<R>, options?: { maxWait?: number; timeout?: number }): Promise<R> {
    return this.client.$transaction(work, options);
  }

  $queryRawUnsafe<Row>(sql: string, ...values: unknown[]): Promise<Row> {
    return this.client.$queryRawUnsafe<Row>(sql, ...values);
  }

  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number> {
    return this.client.$executeRawUnsafe(sql, ...values);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.$disconnect();
  }
}
