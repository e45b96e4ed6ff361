import { Temporal } from 'temporal-polyfill';
import { answererOf } from '../approvals/check-approvals.js';
import type { AgencyEntry } from '../plans/plan-file.js';
import { repeated, type Finding, type Placed, type PlanParts } from '../plans/plan-parts.js';

/** Reporting lines without a circle, succession without a gap, somebody to write to wherever a mail may have to go. */
export function checkAgencies(plan: PlanParts): Finding[] {
  const byCode = new Map(plan.agencies.map(({ entry }) => [entry.code, entry]));
  return [
    ...circles(plan.agencies),
    ...plan.agencies.flatMap((placed) => succession(placed, byCode)),
    ...plan.agencies.flatMap(contactsTwice),
    ...nobodyToWriteTo(plan),
  ];
}

function circles(agencies: readonly Placed<AgencyEntry>[]): Finding[] {
  const above = new Map(agencies.map(({ entry }) => [entry.code, entry.reportsTo]));
  const told = new Set<string>();
  return agencies.flatMap(({ at: index, entry: agency }) => {
    const line = new Set([agency.code]);
    for (let at = above.get(agency.code); at !== undefined; at = above.get(at)) {
      if (at === agency.code && !told.has(at)) {
        for (const member of line) told.add(member);
        return [{ path: ['agencies', index, 'reportsTo'], message: `reporting lines run in a circle: ${[...line, at].join(' -> ')}` }];
      }
      if (line.has(at)) break;
      line.add(at);
    }
    return [];
  });
}

function succession({ at, entry: agency }: Placed<AgencyEntry>, byCode: ReadonlyMap<string, AgencyEntry>): Finding[] {
  const { validFrom, validTo } = agency;
  const finding = (key: string, message: string): Finding[] => [{ path: ['agencies', at, key], message }];
  if (validTo !== undefined && validTo < validFrom) return finding('validTo', `ends before it begins on ${validFrom}`);
  if (agency.successor === undefined) return [];
  if (validTo === undefined) return finding('successor', 'a successor needs the day on which the agency ends: add validTo');
  const successor = byCode.get(agency.successor);
  if (!successor) return [];
  if (successor.validTo !== undefined && successor.validTo <= validTo)
    return finding('successor', `${successor.code} ends on ${successor.validTo}, no later than ${agency.code} itself`);
  const next = Temporal.PlainDate.from(validTo).add({ days: 1 }).toString();
  return successor.validFrom > next
    ? finding(
        'successor',
        `${successor.code} begins on ${successor.validFrom}: from ${next} until then nobody would owe what ${agency.code} owes`,
      )
    : [];
}

function contactsTwice({ at, entry: agency }: Placed<AgencyEntry>): Finding[] {
  return repeated(agency.contacts.map((contact) => `${contact.role} ${contact.email.toLowerCase()}`)).map((index) => ({
    path: ['agencies', at, 'contacts', index],
    message: 'the same role and address twice',
  }));
}

/** A reminder, a chasing or an escalation that no person receives is worse than a file that is refused. */
function nobodyToWriteTo(plan: PlanParts): Finding[] {
  const reasons = new Map<string, string>();
  for (const { entry: dossier } of plan.approvals) {
    reasons.set(dossier.submitter, `submits ${dossier.code}`);
    if (plan.document) reasons.set(answererOf(dossier, plan.document), `answers ${dossier.code}`);
  }
  for (const { entry: report } of plan.reports) for (const code of report.reporters) reasons.set(code, `owes ${report.code}`);
  if (plan.document) {
    reasons.set(plan.document.standingAgency, 'is the standing agency');
    reasons.set(plan.document.cityOffice, 'is the city office');
  }
  return plan.agencies.flatMap(({ at, entry: agency }) => {
    const reason = reasons.get(agency.code);
    if (reason === undefined || agency.contacts.length > 0) return [];
    return [{ path: ['agencies', at, 'contacts'], message: `${agency.code} ${reason} and has nobody to write to: add a contact` }];
  });
}
