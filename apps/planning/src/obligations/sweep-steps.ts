import { Injectable, Logger } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { sendMail } from '#contracts';
import { overtaken, type Rung } from '#ladder';
import { Outbox, UnitOfWork } from '#messaging';
import { EscalationRepository, type RaisedCase } from '../escalations/escalation.repository.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { addressees, levelAbove, type ContactRow, type Line } from './audience.js';
import { composeMails, workingDaysLeft, type ChasedItem, type Told } from './compose-mails.js';
import { SweepRepository, type DueStep, type OwedFacts, type PlanRow } from './sweep.repository.js';

const OUTBOX_BATCH = 2_000;

export interface Swept {
  readonly fired: number;
  readonly superseded: number;
  readonly mails: number;
}

interface Known {
  readonly agencies: Map<string, { code: string; name: string; nameEn: string }>;
  readonly contacts: Map<string, ContactRow[]>;
  readonly plans: Map<string, PlanRow>;
}

/**
 * Decides every step that is due: which are told, which were overtaken, who hears of it, and what becomes a case. Claim, decisions, cases and outbox
 * rows are one transaction, so a sweep that dies has decided nothing, and one that is repeated finds nothing to do. Works in office hours only: what
 * fell due in an outage or at night is told once, at the right level, in the next office hour.
 */
@Injectable()
export class SweepSteps {
  private readonly logger = new Logger(SweepSteps.name);

  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly ledger: SweepRepository,
    private readonly escalations: EscalationRepository,
    private readonly outbox: Outbox,
    private readonly rules: RuleFiles,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<Swept> {
    const now = this.clock.now();
    if (!this.rules.calendar.isOfficeHour(now)) return { fired: 0, superseded: 0, mails: 0 };
    const swept = await this.work.run(async (tx) =>
      (await this.ledger.alone(tx)) ? await this.decide(tx, now) : { fired: 0, superseded: 0, mails: 0 },
    );
    if (swept.fired > 0)
      this.logger.log(`Fired ${String(swept.fired)} steps in ${String(swept.mails)} mails`, { superseded: swept.superseded });
    return swept;
  }

  private async decide(tx: Tx, now: Temporal.Instant): Promise<Swept> {
    await this.escalations.expire(tx, localDate(now));
    const due = await this.ledger.claim(tx, now);
    if (due.length === 0) return { fired: 0, superseded: 0, mails: 0 };
    const slot = now.round({ smallestUnit: 'minute', roundingMode: 'floor' });
    const verdicts = [...groupBy(due, (step) => step.obligation_id).values()].map((steps) => overtaken(steps));
    const superseded = verdicts.flatMap((verdict) => verdict.superseded.map((step) => step.id));
    await this.ledger.end(tx, superseded, 'superseded', 'overtaken', now);
    const fire = verdicts.flatMap((verdict) => verdict.fire);
    const fired = await this.ledger.fire(
      tx,
      fire.map((step) => step.id),
      slot,
      now,
    );
    const mails = await this.tell(
      tx,
      fire.filter((step) => fired.has(step.id)),
      slot,
      now,
    );
    return { fired: fired.size, superseded: superseded.length, mails };
  }

  /** Turns fired steps into cases and mails. @returns how many mails */
  private async tell(tx: Tx, fired: readonly DueStep[], slot: Temporal.Instant, now: Temporal.Instant): Promise<number> {
    const facts = await this.ledger.facts(tx, [...new Set(fired.map((step) => step.obligation_id))]);
    const besides = await this.ledger.besides(
      tx,
      [...new Set(facts.map((owed) => owed.debtor_id))],
      facts.map((owed) => owed.id),
    );
    const known = await this.know(tx, [...facts, ...besides]);
    const byId = new Map(facts.map((owed) => [owed.id, owed]));
    const told: Told[] = [];
    const cases: RaisedCase[] = [];
    const unreachable: RaisedCase[] = [];
    const owing = new Map<string, Set<string>>();
    for (const step of fired) {
      const owed = byId.get(step.obligation_id);
      const rung = owed?.ladder.rungs.find((candidate) => candidate.code === step.rung);
      const line = owed && lineOf(owed, known);
      if (!owed || !rung || !line) throw new Error(`step ${step.id} belongs to no rung of its obligation's ladder`);
      const raised = rung.raises && levelAbove(rung.raises, line);
      if (raised) cases.push({ level: raised.level, agencyId: owed.debtor_id, obligationId: owed.id, contactId: null });
      for (const audience of rung.audiences) {
        const addressed = addressees(audience, line, (agencyId) => known.contacts.get(agencyId) ?? []);
        if (!addressed) continue;
        if (addressed.contactIds.length === 0) unreachable.push(...nobodyThere(addressed.agencyId, owed, line));
        for (const contactId of addressed.contactIds) {
          told.push(this.toldTo(contactId, audience.as, owed, rung, known, now));
          if (audience.as === 'owes') owing.set(owed.debtor_id, (owing.get(owed.debtor_id) ?? new Set()).add(contactId));
        }
      }
    }
    for (const owed of besides) {
      const rung = owed.ladder.rungs.find((candidate) => candidate.code === owed.last_rung);
      for (const contactId of rung ? (owing.get(owed.debtor_id) ?? []) : [])
        if (rung) told.push(this.toldTo(contactId, 'owes', owed, rung, known, now));
    }
    await this.escalations.raise(tx, 'overdue', cases, now);
    await this.escalations.raise(tx, 'unreachable', unreachable, now);
    const mails = composeMails(told, slot);
    for (let from = 0; from < mails.length; from += OUTBOX_BATCH)
      await this.outbox.publishAll(tx, sendMail, mails.slice(from, from + OUTBOX_BATCH));
    return mails.length;
  }

  private async know(tx: Tx, owed: readonly OwedFacts[]): Promise<Known> {
    const plans = await this.ledger.plans(tx);
    const above = [...plans.values()].flatMap((plan) => [plan.standingAgencyId, plan.cityOfficeId]);
    const ids = [...new Set([...owed.flatMap((one) => [one.debtor_id, one.creditor_id]), ...above])];
    return { plans, agencies: await this.ledger.agencies(tx, ids), contacts: await this.ledger.contacts(tx, ids) };
  }

  private toldTo(
    contactId: string,
    section: ChasedItem['section'],
    owed: OwedFacts,
    rung: Rung,
    known: Known,
    now: Temporal.Instant,
  ): Told {
    const plan = known.plans.get(owed.plan_id);
    const debtor = known.agencies.get(owed.debtor_id);
    const creditor = known.agencies.get(owed.creditor_id);
    if (!plan || !debtor || !creditor) throw new Error(`obligation ${owed.id} names a plan or an agency that is not there`);
    const next = section === 'escalated' ? (owed.next_superior ?? owed.next_debtor) : owed.next_debtor;
    return {
      contactId,
      plan,
      askContactId:
        known.contacts.get(owed.creditor_id)?.find((contact) => contact.role === 'FOCAL')?.id ??
        known.contacts.get(plan.standingAgencyId)?.find((contact) => contact.role === 'FOCAL')?.id ??
        null,
      item: {
        obligationId: owed.id,
        section,
        rung: rung.code,
        level: rung.level,
        debtor,
        creditor,
        title: owed.title,
        titleEn: owed.title_en,
        period: owed.period,
        periodEn: owed.period_en,
        window: owed.window_from !== null && owed.window_to !== null ? { from: owed.window_from, to: owed.window_to } : null,
        dueOn: owed.due_on,
        workingDaysLeft: workingDaysLeft(Temporal.PlainDate.from(owed.due_on), now, this.rules.calendar),
        chasings: owed.chasings,
        next: next && { level: next[0], on: next[1] },
        path: `/obligations/${owed.id}`,
      },
    };
  }
}

function lineOf(owed: OwedFacts, known: Known): Line | undefined {
  const plan = known.plans.get(owed.plan_id);
  return plan && { debtorId: owed.debtor_id, standingAgencyId: plan.standingAgencyId, cityOfficeId: plan.cityOfficeId };
}

/** An agency with nobody who can be written to is a case for the level above it. */
function nobodyThere(agencyId: string, owed: OwedFacts, line: Line): RaisedCase[] {
  const above = levelAbove('standing-agency', { ...line, debtorId: agencyId });
  return above ? [{ level: above.level, agencyId, obligationId: owed.id, contactId: null }] : [];
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
