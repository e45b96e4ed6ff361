import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { Clock, localDate, localMinutes, minutesOf } from '#calendar';
import { sendMail } from '#contracts';
import { overtaken } from '#ladder';
import { Outbox, UnitOfWork } from '#messaging';
import { EscalationRepository } from '../escalations/escalation.repository.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { announce, Today, type Known } from './announce.js';
import { composeMails } from './compose-mails.js';
import { SweepRepository, type DueStep, type OwedFacts } from './sweep.repository.js';

const OUTBOX_BATCH = 2_000;

/**
 * Minutes after local midnight at which a day's chasing begins: when the rungs of a ladder fall due. What an outage left over waits for it too, so that
 * nobody gets one mail at the opening of the office and the day's own half an hour later.
 */
const CHASING_BEGINS = minutesOf('08:00');

export interface Swept {
  readonly fired: number;
  readonly superseded: number;
  readonly mails: number;
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
    if (!this.rules.calendar.isOfficeHour(now) || localMinutes(now) < CHASING_BEGINS) return { fired: 0, superseded: 0, mails: 0 };
    const swept = await this.work.run(async (tx) =>
      (await this.ledger.alone(tx)) ? await this.decide(tx, now) : { fired: 0, superseded: 0, mails: 0 },
    );
    if (swept.fired > 0)
      this.logger.log(`Fired ${String(swept.fired)} steps in ${String(swept.mails)} mails`, { superseded: swept.superseded });
    return swept;
  }

  private async decide(tx: Tx, now: Temporal.Instant): Promise<Swept> {
    await this.escalations.expire(tx, localDate(now), now);
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
    const { told, cases, unreachable } = announce(fired, facts, besides, known, new Today(now, this.rules.calendar));
    await this.escalations.raise(tx, 'overdue', cases, now);
    await this.escalations.raise(tx, 'unreachable', unreachable, now);
    const mails = composeMails(told, slot);
    const writes: Promise<unknown>[] = [];
    for (let from = 0; from < mails.length; from += OUTBOX_BATCH) {
      const write = this.outbox.publishAll(tx, sendMail, mails.slice(from, from + OUTBOX_BATCH));
      write.catch(() => undefined); // told below, when all are made
      writes.push(write);
      await nextTurn(); // PostgreSQL writes one batch while the next is made
    }
    await Promise.all(writes);
    return mails.length;
  }

  private async know(tx: Tx, owed: readonly OwedFacts[]): Promise<Known> {
    const plans = await this.ledger.plans(tx);
    const above = [...plans.values()].flatMap((plan) => [plan.standingAgencyId, plan.cityOfficeId]);
    const ids = [...new Set([...owed.flatMap((one) => [one.debtor_id, one.creditor_id]), ...above])];
    return {
      plans,
      agencies: await this.ledger.agencies(tx, ids),
      contacts: await this.ledger.contacts(tx, ids),
      ladders: await this.ledger.ladders(
        tx,
        owed.map((one) => one.ladder_id),
      ),
    };
  }
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
