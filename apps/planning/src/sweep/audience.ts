import type { Audience, AudienceRole, Rung } from '#ladder';
import type { EscalationLevel } from '../escalations/escalation.repository.js';

export interface ContactRow {
  readonly id: string;
  readonly agencyId: string;
  readonly role: 'FOCAL' | 'HEAD' | 'DEPUTY' | 'CLERK';
  readonly reachable: boolean;
}

/** Who answers for whom in one plan. */
export interface Line {
  readonly debtorId: string;
  readonly standingAgencyId: string;
  readonly cityOfficeId: string;
}

/** Whom a rung speaks to after the rule that nobody is escalated to themselves; null when there is no level above. */
export function levelAbove(level: EscalationLevel, line: Line): { level: EscalationLevel; agencyId: string } | null {
  if (level === 'standing-agency' && line.debtorId !== line.standingAgencyId) return { level, agencyId: line.standingAgencyId };
  return line.debtorId === line.cityOfficeId ? null : { level: 'city-office', agencyId: line.cityOfficeId };
}

/** Whom a rung speaks to, and what follows from it. */
export interface Act {
  readonly audiences: readonly Audience[];
  readonly raises?: EscalationLevel | undefined;
  readonly prepares?: Rung['prepares'];
}

/**
 * What a rung does for one debtor. An item for the city office's list is prepared for the standing agency to send; where that is the debtor itself, or the
 * city office is, nobody would send it: then the city office is told at once, or whoever is left above the debtor.
 */
export function doing(rung: Rung, line: Line): Act {
  const sends = line.debtorId !== line.standingAgencyId && line.debtorId !== line.cityOfficeId;
  if (rung.prepares === undefined || sends) return rung;
  return { audiences: [{ who: 'city-office', as: 'escalated' }], raises: 'city-office' };
}

const FALLBACKS: Readonly<Record<'focal' | 'head', readonly ContactRow['role'][]>> = {
  focal: ['FOCAL', 'DEPUTY', 'CLERK', 'HEAD'],
  head: ['HEAD', 'DEPUTY', 'FOCAL', 'CLERK'],
};

/** People of one agency for a role: those who have it and can be reached, else the next role that has somebody. */
function people(contacts: readonly ContactRow[], role: 'focal' | 'head'): ContactRow[] {
  for (const wanted of FALLBACKS[role]) {
    const found = contacts.filter((contact) => contact.role === wanted && contact.reachable);
    if (found.length > 0) return found;
  }
  return [];
}

export interface Addressed {
  readonly contactIds: readonly string[];
  readonly as: Audience['as'];
  /** The agency whose people they are. */
  readonly agencyId: string;
}

/** Contacts of one audience of a rung. Empty contacts: the agency has nobody who can be reached. Null: no such level exists. */
export function addressees(audience: Audience, line: Line, contactsOf: (agencyId: string) => readonly ContactRow[]): Addressed | null {
  if (isDebtor(audience.who))
    return {
      contactIds: people(contactsOf(line.debtorId), audience.who).map((contact) => contact.id),
      as: audience.as,
      agencyId: line.debtorId,
    };
  const above = levelAbove(audience.who, line);
  if (!above) return null;
  const contacts = contactsOf(above.agencyId);
  const ids = [...people(contacts, 'focal'), ...people(contacts, 'head')].map((contact) => contact.id);
  return { contactIds: [...new Set(ids)], as: audience.as, agencyId: above.agencyId };
}

function isDebtor(who: AudienceRole): who is 'focal' | 'head' {
  return who === 'focal' || who === 'head';
}
