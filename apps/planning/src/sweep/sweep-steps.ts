import { Injectable, Logger } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { Clock, localDate, localMinutes, minutesOf } from '#calendar';
import { overtaken } from '#ladder';
import { UnitOfWork } from '#messaging';
import { EscalationRepository } from '../escalations/escalation.repository.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { SweepRepository } from './sweep.repository.js';
import { TellSteps } from './tell-steps.js';

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
 * Decides every step that is due: which are told, which were overtaken, who hears of it, and what becomes a case. Claim, decisions, cases,
 * documents and outbox rows are one transaction, so a sweep that dies has decided nothing, and one that is repeated finds nothing to do. Works in office hours only: what
 * fell due in an outage or at night is told once, at the right level, in the next office hour.
 */
@Injectable()
export class SweepSteps {
  private readonly logger = new Logger(SweepSteps.name);

  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly ledger: SweepRepository,
    private readonly escalations: EscalationRepository,
    private readonly telling: TellSteps,
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
    const mails = await this.telling.execute(
      tx,
      fire.filter((step) => fired.has(step.id)),
      slot,
      now,
    );
    return { fired: fired.size, superseded: superseded.length, mails };
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
