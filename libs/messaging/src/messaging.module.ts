import {
  Module,
  type DynamicModule,
  type InjectionToken,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OptionalFactoryDependency,
} from '@nestjs/common';
import { Clock } from '#calendar';
import { type Service } from '#contracts';
import { LaneQueues } from './lane-queues.js';
import { Outbox } from './outbox.js';
import { Reconciler } from './reconciler.js';
import { Relay } from './relay.js';
import type { SqlDatabase } from './sql.js';
import { UnitOfWork } from './unit-of-work.js';

export interface MessagingOptions {
  readonly service: Service;
  readonly database: SqlDatabase;
  /** The service's own role: it listens for the bell of its own schema. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly prefix: string;
}

const OPTIONS = Symbol('messaging options');

/** Runs the relay and the reconciler as long as the application does. */
class Carriers implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly relay: Relay,
    private readonly reconciler: Reconciler,
    private readonly queues: LaneQueues,
  ) {}

  onApplicationBootstrap(): void {
    this.relay.start();
    this.reconciler.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.relay.stop(), this.reconciler.stop()]);
    await this.queues.close();
  }
}

/** The messages of one service: unit of work, outbox, relay and reconciler, for every module of the application. */
@Module({})
export class MessagingModule {
  static forServiceAsync(options: {
    imports?: DynamicModule['imports'];
    inject: (InjectionToken | OptionalFactoryDependency)[];
    useFactory: (...injected: never[]) => MessagingOptions;
  }): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      ...(options.imports ? { imports: options.imports } : {}),
      providers: [
        { provide: OPTIONS, inject: options.inject, useFactory: options.useFactory },
        { provide: UnitOfWork, inject: [OPTIONS], useFactory: ({ database }: MessagingOptions) => new UnitOfWork(database) },
        {
          provide: Outbox,
          inject: [OPTIONS, Clock],
          useFactory: ({ service }: MessagingOptions, clock: Clock) => new Outbox(clock, service),
        },
        { provide: LaneQueues, inject: [OPTIONS], useFactory: (connection: MessagingOptions) => new LaneQueues(connection) },
        {
          provide: Relay,
          inject: [OPTIONS, LaneQueues],
          useFactory: ({ database, databaseUrl, service }: MessagingOptions, queues: LaneQueues) =>
            new Relay(database, queues, { databaseUrl, schema: service }),
        },
        {
          provide: Reconciler,
          inject: [OPTIONS, LaneQueues],
          useFactory: ({ database }: MessagingOptions, queues: LaneQueues) => new Reconciler(database, queues),
        },
        {
          provide: Carriers,
          inject: [Relay, Reconciler, LaneQueues],
          useFactory: (relay: Relay, reconciler: Reconciler, queues: LaneQueues) => new Carriers(relay, reconciler, queues),
        },
      ],
      exports: [UnitOfWork, Outbox, Relay, Reconciler],
    };
  }
}
