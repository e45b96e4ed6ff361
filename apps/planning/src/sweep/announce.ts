import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '#calendar';
import type { Ladder, Rung } from '#ladder';
import { documentId, cityListKey } from '../documents/document.js';
import type { CityItem } from '../documents/document.repository.js';
import type { RaisedCase } from '../escalations/escalation.repository.js';
import { addressees, doing, levelAbove, type Act, type ContactRow, type Line } from './audience.js';
import { workingDaysLeft, type ChasedItem, type Told } from './compose-mails.js';
import type { DueStep, OwedFacts, PlanRow, ToldFacts } from './sweep.repository.js';

/** What the sweep looked up, by id. */
export interface Known {
  readonly agencies: ReadonlyMap<string, { code: string; name: string; nameEn: string }>;
  readonly contacts: ReadonlyMap<string, ContactRow[]>;
  readonly plans: ReadonlyMap<string, PlanRow>;
  readonly ladders: ReadonlyMap<string, Ladder>;
}

/** What day it is for the ledger, and how far away each due day is. */
export class Today {
  private readonly left = new Map<string, number>();

  constructor(
    private readonly now: Temporal.Instant,
    private readonly calendar: WorkingCalendar,
  ) {}

  /** Working days until the due day; negative when it is over. Thousands of obligations share a due day, so each is counted once. */
  daysLeft(dueOn: string): number {
    const known = this.left.get(dueOn) ?? workingDaysLeft(Temporal.PlainDate.from(dueOn), this.now, this.calendar);
    this.left.set(dueOn, known);
    return known;
  }
}

export interface Announcement {
  readonly told: Told[];
  readonly cases: RaisedCase[];
  readonly unreachable: RaisedCase[];
  /** Items for the city office's list, which the standing agency may send. */
  readonly prepared: CityItem[];
}

type Letter = ChasedItem['document'];

/** Who hears what of the fired steps, and which cases and documents follow. Pure: the sweep looks up before and writes after. */
export function announce(
  fired: readonly DueStep[],
  facts: readonly OwedFacts[],
  besides: readonly ToldFacts[],
  known: Known,
  today: Today,
): Announcement {
  const byId = new Map(facts.map((owed) => [owed.id, owed]));
  const each = fired.map((step) => announceStep(step, byId.get(step.obligation_id), known, today));
  const told = each.flatMap((one) => one.told);
  return {
    told: [...told, ...tellBesides(told, besides, known, today)],
    cases: each.flatMap((one) => one.cases),
    unreachable: each.flatMap((one) => one.unreachable),
    prepared: each.flatMap((one) => one.prepared),
  };
}

/**
 * A person reported an obligation to the city office by a letter: who hears of it there, and the case that it is from now on. Pure.
 * @param rung the one that prepared the item
 */
export function announceReport(
  report: { readonly rung: string; readonly documentId: string; readonly letterNumber: string },
  owed: OwedFacts,
  known: Known,
  today: Today,
): Announcement {
  const rung = rungOf(owed, report.rung, known);
  const plan = known.plans.get(owed.plan_id);
  if (!rung || !plan) throw new Error(`obligation ${owed.id} has no rung ${report.rung}`);
  const act: Act = { audiences: [{ who: 'city-office', as: 'escalated' }], raises: 'city-office' };
  return announceTo(act, owed, { rung, plan, letter: { id: report.documentId, number: report.letterNumber } }, known, today);
}

function announceStep(step: DueStep, owed: OwedFacts | undefined, known: Known, today: Today): Announcement {
  const rung = owed && rungOf(owed, step.rung, known);
  const plan = owed && known.plans.get(owed.plan_id);
  if (!owed || !rung || !plan) throw new Error(`step ${step.id} belongs to no rung of its obligation's ladder`);
  const act = doing(rung, lineOf(owed, plan));
  const letter = act.prepares ? { id: documentId(cityListKey(owed.id, owed.generation)), number: null } : null;
  return {
    ...announceTo(act, owed, { rung, plan, letter }, known, today),
    prepared: act.prepares ? [{ obligationId: owed.id, generation: owed.generation, rung: rung.code }] : [],
  };
}

function announceTo(
  act: Act,
  owed: OwedFacts,
  by: { readonly rung: Rung; readonly plan: PlanRow; readonly letter: Letter },
  known: Known,
  today: Today,
): Announcement {
  const line = lineOf(owed, by.plan);
  const addressed = act.audiences.flatMap((audience) => addressees(audience, line, (agencyId) => known.contacts.get(agencyId) ?? []) ?? []);
  // Above the city office there is the standing agency alone: a ladder that begins at its last rung leaves a case there.
  const raised = act.raises && (levelAbove(act.raises, line) ?? levelAbove('standing-agency', line));
  return {
    told: addressed.flatMap(({ contactIds, as }) =>
      contactIds.map((contactId) => withLetter(toldTo(contactId, as, owed, by.rung, known, today), by.letter)),
    ),
    cases: raised ? [{ level: raised.level, agencyId: owed.debtor_id, obligationId: owed.id, contactId: null }] : [],
    unreachable: addressed.filter(({ contactIds }) => contactIds.length === 0).flatMap(({ agencyId }) => nobodyThere(agencyId, owed, line)),
    prepared: [],
  };
}

function lineOf(owed: OwedFacts, { standingAgencyId, cityOfficeId }: PlanRow): Line {
  return { debtorId: owed.debtor_id, standingAgencyId, cityOfficeId };
}

/** Whoever is told that something is owed is told everything that is owed. */
function tellBesides(told: readonly Told[], besides: readonly ToldFacts[], known: Known, today: Today): Told[] {
  if (besides.length === 0) return [];
  const owing = new Map<string, Set<string>>();
  for (const { contactId, item, debtorId } of told) {
    if (item.section === 'owes') owing.set(debtorId, (owing.get(debtorId) ?? new Set()).add(contactId));
  }
  return besides.flatMap((owed) => {
    const rung = rungOf(owed, owed.told_rung, known);
    return rung ? [...(owing.get(owed.debtor_id) ?? [])].map((contactId) => toldTo(contactId, 'owes', owed, rung, known, today)) : [];
  });
}

/** The letter concerns those who are asked to act. */
function withLetter(told: Told, letter: Letter): Told {
  return told.item.section === 'escalated' ? { ...told, item: { ...told.item, document: letter } } : told;
}

function toldTo(contactId: string, section: ChasedItem['section'], owed: OwedFacts, rung: Rung, known: Known, today: Today): Told {
  const plan = known.plans.get(owed.plan_id);
  if (!plan) throw new Error(`obligation ${owed.id} names a plan that is not there`);
  return {
    contactId,
    debtorId: owed.debtor_id,
    plan,
    askContactId: whomToAsk(owed, plan, known),
    item: itemOf(section, owed, rung, known, today),
  };
}

/** The creditor's focal contact; where the creditor has none, that of the level above the debtor: nobody is told to ask themselves. */
function whomToAsk(owed: OwedFacts, plan: PlanRow, known: Known): string | null {
  const above = levelAbove('standing-agency', lineOf(owed, plan));
  return focalOf(owed.creditor_id, known) ?? (above && focalOf(above.agencyId, known)) ?? null;
}

function focalOf(agencyId: string, known: Known): string | undefined {
  return known.contacts.get(agencyId)?.find((contact) => contact.role === 'FOCAL')?.id;
}

function itemOf(section: ChasedItem['section'], owed: OwedFacts, rung: Rung, known: Known, today: Today): ChasedItem {
  const next = section === 'escalated' ? (owed.next_superior ?? owed.next_debtor) : owed.next_debtor;
  return {
    obligationId: owed.id,
    kind: owed.kind,
    plan: null,
    section,
    rung: rung.code,
    level: rung.level,
    debtor: nameOf(owed.debtor_id, known),
    creditor: nameOf(owed.creditor_id, known),
    title: owed.title,
    titleEn: owed.title_en,
    period: owed.period,
    periodEn: owed.period_en,
    window: owed.window_from !== null && owed.window_to !== null ? { from: owed.window_from, to: owed.window_to } : null,
    dueOn: owed.due_on,
    workingDaysLeft: today.daysLeft(owed.due_on),
    chasings: owed.chasings,
    next: next && { level: next[0], on: next[1] },
    contactId: section === 'escalated' ? (focalOf(owed.debtor_id, known) ?? null) : null,
    document: null,
    path: `/obligations/${owed.id}`,
  };
}

function nameOf(agencyId: string, known: Known): ChasedItem['debtor'] {
  const agency = known.agencies.get(agencyId);
  if (!agency) throw new Error(`agency ${agencyId} is not there`);
  return agency;
}

function rungOf(owed: OwedFacts, code: string, known: Known): Rung | undefined {
  return known.ladders.get(owed.ladder_id)?.rungs.find((candidate) => candidate.code === code);
}

/** An agency with nobody who can be written to is a case for the level above it. */
function nobodyThere(agencyId: string, owed: OwedFacts, line: Line): RaisedCase[] {
  const above = levelAbove('standing-agency', { ...line, debtorId: agencyId });
  return above ? [{ level: above.level, agencyId, obligationId: owed.id, contactId: null }] : [];
}
