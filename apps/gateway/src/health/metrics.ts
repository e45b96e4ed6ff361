import { Gauge, Registry } from 'prom-client';
import { type LaneState } from '#messaging/asking';
import type { ServiceAnswer } from './services.js';

/** One family of figures: a name and an explanation, and a value per set of labels. */
interface Family {
  readonly help: string;
  readonly samples: { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

/**
 * Figures that others hold, as Prometheus text. Made anew for each scrape, so what is gone is not told again.
 * @param lanes undefined when Redis did not answer
 */
export async function figures(lanes: readonly LaneState[] | undefined, answers: readonly ServiceAnswer[]): Promise<string> {
  const families = new Map<string, Family>();
  const put = (name: string, help: string, labels: Readonly<Record<string, string>>, value: number): void => {
    const family = families.get(name) ?? { help, samples: [] };
    family.samples.push({ labels, value });
    families.set(name, family);
  };

  put('dondoc_redis_up', '1 when Redis answers', {}, lanes ? 1 : 0);
  for (const { lane, ...state } of lanes ?? []) {
    for (const kind of ['waiting', 'active', 'delayed'] as const) {
      put('dondoc_lane_messages', 'Messages in a lane by state', { lane, state: kind }, state[kind]);
    }
    put('dondoc_lane_oldest_waiting_seconds', 'Age of the oldest message that waits in a lane', { lane }, state.oldestWaitingSeconds);
    put('dondoc_lane_workers', 'Processes that take messages from a lane', { lane }, state.workers);
    put('dondoc_dead_letters', 'Messages that failed for good and wait for a decision', { lane }, state.failed);
  }
  for (const { service, answer, ms } of answers) {
    put('dondoc_service_up', '1 when a service answers', { service }, answer ? 1 : 0);
    put('dondoc_service_answer_seconds', 'Time until a service answered, or was given up', { service }, ms / 1000);
    if (!answer) continue;
    put('dondoc_service_database_up', '1 when the database of a service answers', { service }, answer.database === 'up' ? 1 : 0);
    for (const gauge of answer.gauges) put(nameOf(gauge.name), gauge.help, { ...gauge.labels, service }, gauge.value);
  }
  return textOf(families);
}

/** Metric names are lower case words joined by `_`, and all of ours begin alike. */
function nameOf(name: string): string {
  const words = name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  return words.startsWith('dondoc_') ? words : `dondoc_${words}`;
}

function textOf(families: ReadonlyMap<string, Family>): Promise<string> {
  const registry = new Registry();
  for (const [name, { help, samples }] of families) {
    const labelNames = [...new Set(samples.flatMap(({ labels }) => Object.keys(labels)))];
    const gauge = new Gauge({ name, help, labelNames, registers: [registry] });
    for (const { labels, value } of samples) gauge.set(labels, value);
  }
  return registry.metrics();
}
