import { Temporal } from 'temporal-polyfill';
import { DomainError } from '#contracts';

/** Hops that a mail may take at most, from whom it is meant for to who reads it. An assumption: no decision states it. */
export const MOST_HOPS = 3;

/** Days of Asia/Ho_Chi_Minh, both included. */
export interface Absence {
  readonly contactId: string;
  readonly toContactId: string;
  readonly fromOn: Temporal.PlainDate;
  readonly toOn: Temporal.PlainDate;
}

export interface Contact {
  readonly id: string;
  readonly agencyId: string;
  /** Whether its agency still names it. */
  readonly active: boolean;
}

const compare = (one: Temporal.PlainDate, other: Temporal.PlainDate) => Temporal.PlainDate.compare(one, other);

export function inForce({ fromOn, toOn }: Pick<Absence, 'fromOn' | 'toOn'>, on: Temporal.PlainDate): boolean {
  return compare(fromOn, on) <= 0 && compare(on, toOn) <= 0;
}

/** @throws DomainError `contact-retired`, `delegate-to-oneself`, `other-agency` */
export function mayStandIn(contact: Contact, to: Contact): void {
  if (contact.id === to.id) throw new DomainError('delegate-to-oneself', 'Choose somebody else: nobody stands in for themselves.');
  for (const one of [contact, to]) {
    if (!one.active)
      throw new DomainError('contact-retired', `The agency no longer names the contact ${one.id}; choose one of those it names.`);
  }
  if (contact.agencyId !== to.agencyId)
    throw new DomainError('other-agency', 'A stand-in is of the same agency: what the agency is told stays within it.');
}

/** @throws DomainError `period-backwards`, `period-past` */
export function mustLieAhead({ fromOn, toOn }: Absence, today: Temporal.PlainDate): void {
  if (compare(toOn, fromOn) < 0)
    throw new DomainError('period-backwards', `The last day ${toOn.toString()} is before the first, ${fromOn.toString()}.`);
  if (compare(fromOn, today) < 0)
    throw new DomainError('period-past', `${fromOn.toString()} is over; mails of that day have left. Begin today or later.`);
}

/**
 * Whether a delegation fits among those of the same agency: one at a time for each contact, no circle and no chain beyond {@link MOST_HOPS} on any of
 * its days. On each day somebody has one stand-in at most, so it is enough to look at the days on which a delegation begins. Pure.
 * @throws DomainError `delegation-overlaps`, `delegation-circle`, `delegation-chain-too-long`
 */
export function mustFit(wanted: Absence, others: readonly (Absence & { readonly id: string })[]): void {
  const meeting = others.filter((one) => compare(one.fromOn, wanted.toOn) <= 0 && compare(wanted.fromOn, one.toOn) <= 0);
  const own = meeting.find((one) => one.contactId === wanted.contactId);
  if (own)
    throw new DomainError(
      'delegation-overlaps',
      `There is a delegation from ${own.fromOn.toString()} to ${own.toOn.toString()} already; revoke it first, or choose other days.`,
      [{ delegationId: own.id, fromOn: own.fromOn.toString(), toOn: own.toOn.toString() }],
    );
  const days = [wanted.fromOn, ...meeting.map((one) => one.fromOn).filter((day) => compare(day, wanted.fromOn) > 0)];
  for (const day of days) {
    const absent = meeting.filter((one) => inForce(one, day));
    const after = hopsFrom(wanted.toContactId, absent, wanted.contactId);
    if (after === 'circle')
      throw new DomainError(
        'delegation-circle',
        `On ${day.toString()} the stand-in's own mails come back to this contact; choose somebody who is there.`,
      );
    if (hopsTo(wanted.contactId, absent) + 1 + after > MOST_HOPS)
      throw new DomainError(
        'delegation-chain-too-long',
        `On ${day.toString()} a mail would be passed on more than ${String(MOST_HOPS)} times; choose somebody who is there.`,
      );
  }
}

/** How often a mail to a contact is passed on; `circle` when it comes to `origin`. */
function hopsFrom(contactId: string, absent: readonly Absence[], origin: string): number | 'circle' {
  const to = new Map(absent.map((one) => [one.contactId, one.toContactId]));
  let hops = 0;
  for (let at = to.get(contactId); at !== undefined && hops <= MOST_HOPS; at = to.get(at)) {
    hops += 1;
    if (at === origin) return 'circle';
  }
  return hops;
}

/** The longest way on which mails come to a contact. */
function hopsTo(contactId: string, absent: readonly Absence[], depth = 0): number {
  if (depth > MOST_HOPS) return depth;
  const before = absent.filter((one) => one.toContactId === contactId);
  return Math.max(0, ...before.map((one) => 1 + hopsTo(one.contactId, absent, depth + 1)));
}
