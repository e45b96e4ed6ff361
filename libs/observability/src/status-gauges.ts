import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Injectable, Logger } from '@nestjs/common';
import type { ServiceStatus } from '#contracts';

/** One figure of a service, named and explained as Prometheus wants it: base units, `_total` only for what never falls. */
export type Gauge = ServiceStatus['gauges'][number];

/** Reads the figures of one feature. Called on every status query, so it costs at most a few indexed reads. */
export type GaugeSource = () => readonly Gauge[] | Promise<readonly Gauge[]>;

/** Real milliseconds that a source may take; a slow one is left out, so that a status is always answered. */
const DEADLINE = 2_000;

/** The figures of a service; each module contributes its own at start. */
@Injectable()
export class StatusGauges {
  private readonly logger = new Logger(StatusGauges.name);
  private readonly sources: { readonly read: GaugeSource; failing: boolean }[] = [];

  contribute(source: GaugeSource): void {
    this.sources.push({ read: source, failing: false });
  }

  /** All figures now. A source that fails or takes too long is logged once and counted in `dondoc_gauge_sources_failed`. */
  async collect(): Promise<Gauge[]> {
    const readings = await Promise.all(this.sources.map((source) => this.read(source)));
    const failed = this.sources.filter(({ failing }) => failing).length;
    const help = 'Sources of gauges that gave none at this reading';
    return [...readings.flat(), { name: 'dondoc_gauge_sources_failed', help, labels: {}, value: failed }];
  }

  private async read(source: { readonly read: GaugeSource; failing: boolean }): Promise<readonly Gauge[]> {
    try {
      const gauges = await within(DEADLINE, async () => source.read());
      source.failing = false;
      return gauges;
    } catch (error) {
      if (!source.failing) this.logger.warn('A source of gauges gives none', error);
      source.failing = true;
      return [];
    }
  }
}

/** Runs `work`, at most `milliseconds` of real time. @throws Error after the deadline, or what `work` throws */
export async function within<R>(milliseconds: number, work: () => Promise<R>): Promise<R> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${String(milliseconds)} ms`));
    }, milliseconds);
  });
  try {
    return await Promise.race([work(), expired]);
  } finally {
    clearTimeout(timer);
  }
}

/** Memory and event loop of the process. The loop's delay is measured from the call of this function on, and restarts with every reading. */
export function processGauges(): GaugeSource {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  return () => {
    const { rss, heapUsed } = process.memoryUsage();
    const worst = Number.isFinite(delay.max) ? delay.max / 1e9 : 0;
    const usual = Number.isFinite(delay.mean) ? delay.mean / 1e9 : 0;
    delay.reset();
    return [
      { name: 'dondoc_memory_resident_bytes', help: 'Memory of the process', labels: {}, value: rss },
      { name: 'dondoc_memory_heap_used_bytes', help: 'JavaScript heap in use', labels: {}, value: heapUsed },
      {
        name: 'dondoc_event_loop_delay_seconds',
        help: 'Delay of the event loop since the last reading',
        labels: { of: 'mean' },
        value: usual,
      },
      {
        name: 'dondoc_event_loop_delay_seconds',
        help: 'Delay of the event loop since the last reading',
        labels: { of: 'max' },
        value: worst,
      },
    ];
  };
}
