import {
  Module,
  type DynamicModule,
  type InjectionToken,
  type OnApplicationShutdown,
  type OptionalFactoryDependency,
} from '@nestjs/common';
import { Clock } from '#calendar';
import { Asker } from './asker.js';
import { CommandClient } from './command-client.js';
import { LaneInspector } from './lane-inspector.js';
import { LaneQueues, type QueueConnection } from './lane-queues.js';
import { QueryClient } from './query-client.js';

export type AskingOptions = QueueConnection;

const OPTIONS = Symbol('asking options');

class Closer implements OnApplicationShutdown {
  constructor(
    private readonly asker: Asker,
    private readonly queues: LaneQueues,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.asker.close();
    await this.queues.close();
  }
}

/** Query and command clients and the lane inspector, for every module of the gateway. */
@Module({})
export class AskingModule {
  static forRootAsync(options: {
    imports?: DynamicModule['imports'];
    inject: (InjectionToken | OptionalFactoryDependency)[];
    useFactory: (...injected: never[]) => AskingOptions;
  }): DynamicModule {
    return {
      module: AskingModule,
      global: true,
      ...(options.imports ? { imports: options.imports } : {}),
      providers: [
        { provide: OPTIONS, inject: options.inject, useFactory: options.useFactory },
        { provide: LaneQueues, inject: [OPTIONS], useFactory: (connection: AskingOptions) => new LaneQueues(connection) },
        {
          provide: Asker,
          inject: [LaneQueues, OPTIONS],
          useFactory: (queues: LaneQueues, connection: AskingOptions) => new Asker(queues, connection),
        },
        { provide: QueryClient, inject: [Asker, Clock], useFactory: (asker: Asker, clock: Clock) => new QueryClient(asker, clock) },
        { provide: CommandClient, inject: [Asker, Clock], useFactory: (asker: Asker, clock: Clock) => new CommandClient(asker, clock) },
        { provide: LaneInspector, inject: [LaneQueues], useFactory: (queues: LaneQueues) => new LaneInspector(queues) },
        { provide: Closer, inject: [Asker, LaneQueues], useFactory: (asker: Asker, queues: LaneQueues) => new Closer(asker, queues) },
      ],
      exports: [QueryClient, CommandClient, LaneInspector],
    };
  }
}
