import {
  type DynamicModule,
  Inject,
  type InjectionToken,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type Type,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Clock } from '#calendar';
import type { SqlDatabase } from '#messaging';
import { type Gauge, StatusGauges } from '#observability';
import type { ScheduleSource } from './schedule.js';
import { Scheduler, type ScheduleState } from './scheduler.js';

const OPTIONS = Symbol('scheduling options');

export interface SchedulingOptions {
  /** Name of the service, actor of the stories that its schedules begin. */
  readonly service: string;
  /** Token of the service's database, which has a `schedule_run` table. */
  readonly database: InjectionToken<SqlDatabase>;
  /** Every class of the service that holds schedules; each is a provider of its feature module. */
  readonly sources: readonly Type<ScheduleSource>[];
}

/** Starts the schedules of a service with it and ends them before its connections close. */
@Module({})
export class SchedulingModule implements OnApplicationBootstrap, OnModuleDestroy {
  private scheduler: Scheduler | undefined;

  constructor(
    @Inject(OPTIONS) private readonly options: SchedulingOptions,
    private readonly modules: ModuleRef,
    private readonly clock: Clock,
    private readonly gauges: StatusGauges,
  ) {}

  static register(options: SchedulingOptions): DynamicModule {
    return { module: SchedulingModule, providers: [{ provide: OPTIONS, useValue: options }] };
  }

  onApplicationBootstrap(): void {
    const anywhere = { strict: false };
    const scheduler = new Scheduler({
      service: this.options.service,
      database: this.modules.get<SqlDatabase>(this.options.database, anywhere),
      clock: this.clock,
      schedules: this.options.sources.flatMap((source) => this.modules.get(source, anywhere).schedules),
    });
    this.gauges.contribute(() => scheduler.state().flatMap(gaugesOf));
    scheduler.start();
    this.scheduler = scheduler;
  }

  async onModuleDestroy(): Promise<void> {
    await this.scheduler?.stop();
  }
}

function gaugesOf(state: ScheduleState): Gauge[] {
  const labels = { task: state.task };
  return [
    {
      name: 'dondoc_schedule_runs_total',
      help: 'Runs of a schedule by this process',
      labels: { ...labels, outcome: 'done' },
      value: state.done,
    },
    {
      name: 'dondoc_schedule_runs_total',
      help: 'Runs of a schedule by this process',
      labels: { ...labels, outcome: 'failed' },
      value: state.failed,
    },
    { name: 'dondoc_schedule_left_out_total', help: 'Times that missed occurrences were left out by policy', labels, value: state.leftOut },
    ...(state.lastRun
      ? [
          {
            name: 'dondoc_schedule_last_run_seconds',
            help: 'Newest occurrence that this process ran, business time',
            labels,
            value: state.lastRun.epochMilliseconds / 1000,
          },
        ]
      : []),
    ...(state.next
      ? [
          {
            name: 'dondoc_schedule_next_run_seconds',
            help: 'Next occurrence, business time',
            labels,
            value: state.next.epochMilliseconds / 1000,
          },
        ]
      : []),
  ];
}
