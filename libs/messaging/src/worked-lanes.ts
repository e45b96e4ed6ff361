import { handledBy, isLane, lanesOf, type Lane, type Service } from '#contracts';

/** The lanes that a service works on: those of its own commands and queries, and `<service>.events` when it subscribed to any. */
export function workedLanes(service: Service): Lane[] {
  const names = handledBy(service).flatMap((contract) => (contract.kind === 'event' ? [`${service}.events`] : lanesOf(contract)));
  return [...new Set(names)].filter(isLane);
}
