import { Temporal } from 'temporal-polyfill';
import { DomainError } from '#contracts';

/** An agency as far as owing goes. */
export interface Successive {
  readonly id: string;
  /** Its last day; null while no end is known. */
  readonly validTo: Temporal.PlainDate | null;
  readonly successorId: string | null;
}

/** An agency that is to end, to succeed, or to owe something. */
export interface AgencyFacts {
  readonly id: string;
  readonly code: string;
  readonly validFrom: Temporal.PlainDate;
  /** Its last day; null while no end is known. */
  readonly validTo: Temporal.PlainDate | null;
  readonly successorId: string | null;
  /** Code of the successor. */
  readonly successor: string | null;
  readonly version: number;
}

/** Who owes on a day, and who had ended before. Nobody when one of them ended without a successor, or they succeed each other in a circle. Pure. */
export function lineAt(
  id: string,
  on: Temporal.PlainDate,
  agencies: ReadonlyMap<string, Successive>,
): { debtor: string | undefined; before: readonly string[] } {
  const before = new Set<string>();
  for (
    let at = agencies.get(id);
    at !== undefined && !before.has(at.id);
    at = at.successorId === null ? undefined : agencies.get(at.successorId)
  ) {
    const ended = at.validTo !== null && Temporal.PlainDate.compare(at.validTo, on) < 0;
    if (!ended) return { debtor: at.id, before: [...before] };
    before.add(at.id);
  }
  return { debtor: undefined, before: [...before] };
}

/** Who owes on a day: the agency, or whoever took over when it ended; nobody when it ended without a successor. */
export function validAt(id: string, on: Temporal.PlainDate, agencies: ReadonlyMap<string, Successive>): string | undefined {
  return lineAt(id, on, agencies).debtor;
}

/**
 * Whether an agency may end so. An end that is over is history: only the successor that it lacks may still be named.
 * @throws DomainError `ends-before-it-begins`, `agency-ended`
 */
export function mayEnd(agency: AgencyFacts, endsOn: Temporal.PlainDate, successor: AgencyFacts | null, today: Temporal.PlainDate): void {
  const { code, validFrom, validTo } = agency;
  if (Temporal.PlainDate.compare(endsOn, validFrom) < 0)
    throw new DomainError('ends-before-it-begins', `${code} begins on ${validFrom.toString()}, after ${endsOn.toString()}.`);
  if (validTo === null || Temporal.PlainDate.compare(validTo, today) >= 0) return;
  if (agency.successorId === null && successor !== null && validTo.equals(endsOn)) return;
  throw new DomainError(
    'agency-ended',
    `${code} ended on ${validTo.toString()}${agency.successor === null ? ' without a successor: name it with this day' : ` and passed on to ${agency.successor}`}.`,
    [{ agency: code, endsOn: validTo.toString(), successor: agency.successor }],
  );
}

/**
 * Whether one agency may succeed another: it is there on the day after the end, and does not pass on to the one that it succeeds.
 * @throws DomainError `succession-circle`, `successor-ended`, `successor-not-begun`
 */
export function maySucceed(
  agency: AgencyFacts,
  endsOn: Temporal.PlainDate,
  successor: AgencyFacts,
  agencies: ReadonlyMap<string, Successive>,
): void {
  const line = new Set<string>();
  for (let at: string | null = successor.id; at !== null && !line.has(at); at = agencies.get(at)?.successorId ?? null) line.add(at);
  if (line.has(agency.id))
    throw new DomainError('succession-circle', `${successor.code} passes on to ${agency.code} itself; choose an agency that stays.`);
  const next = endsOn.add({ days: 1 });
  if (successor.validTo !== null && Temporal.PlainDate.compare(successor.validTo, next) < 0)
    throw new DomainError(
      'successor-ended',
      `${successor.code} ends on ${successor.validTo.toString()} itself; choose an agency that stays.`,
    );
  if (Temporal.PlainDate.compare(successor.validFrom, next) > 0)
    throw new DomainError(
      'successor-not-begun',
      `${successor.code} begins on ${successor.validFrom.toString()}: from ${next.toString()} until then nobody would owe what ${agency.code} owes.`,
    );
}
