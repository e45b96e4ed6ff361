import type { Contract, Event, Service } from './contract.js';
import * as ceremonyQueries from './ceremony/queries.js';
import * as notificationsCommands from './notifications/commands.js';
import * as notificationsEvents from './notifications/events.js';
import * as notificationsQueries from './notifications/queries.js';
import * as planning from './planning/index.js';
import * as training from './training/index.js';

/** Who hears what. The relay copies an event into the `<service>.events` lane of every service named here; docs/messages.md is drawn from it. */
export const subscriptions: readonly (readonly [Event, readonly Service[]])[] = [
  [planning.agencyChanged, ['training', 'ceremony', 'notifications']],
  [planning.obligationsSettled, ['notifications']],
  [planning.delegationChanged, ['notifications']],
  [planning.dossierDecided, ['ceremony']],
  [planning.taskChanged, ['training']],
  [notificationsEvents.mailRefused, ['planning']],
  [training.personChanged, ['notifications']],
];

function contractsIn(module: Record<string, unknown>): Contract[] {
  return Object.values(module).filter(
    (value): value is Contract => typeof value === 'object' && value !== null && 'kind' in value && 'name' in value && 'owner' in value,
  );
}

/** Every message of the system, in order of its name. */
export const catalogue: readonly Contract[] = [
  planning,
  notificationsCommands,
  notificationsEvents,
  notificationsQueries,
  training,
  ceremonyQueries,
]
  .flatMap((module) => contractsIn(module))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

export function subscribersOf(event: Event): readonly Service[] {
  return subscriptions.find(([subscribed]) => subscribed.name === event.name)?.[1] ?? [];
}

/** The contracts that a service must have a handler for: its own commands and queries, and the events it subscribed to. */
export function handledBy(service: Service): readonly Contract[] {
  return catalogue.filter((contract) =>
    contract.kind === 'event' ? subscribersOf(contract).includes(service) : contract.owner === service,
  );
}

/** The lanes on which a message travels: its own, or one per subscriber for an event. */
export function lanesOf(contract: Contract): readonly string[] {
  return contract.kind === 'event' ? subscribersOf(contract).map((service) => `${service}.events`) : [contract.lane];
}
