import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { sendMail, type PayloadOf } from '#contracts';
import { Outbox } from '#messaging';
import { DocumentRepository } from '../documents/document.repository.js';
import { EscalationRepository } from '../escalations/escalation.repository.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { announce, announceReport, Today, type Announcement, type Known } from './announce.js';
import { composeMails } from './compose-mails.js';
import { SweepRepository, type DueStep, type OwedFacts } from './sweep.repository.js';

type SendMail = PayloadOf<typeof sendMail>;

const OUTBOX_BATCH = 2_000;

/** Turns what was decided into cases, prepared documents and mails, in the transaction that decided it. */
@Injectable()
export class TellSteps {
  constructor(
    private readonly ledger: SweepRepository,
    private readonly escalations: EscalationRepository,
    private readonly documents: DocumentRepository,
    private readonly outbox: Outbox,
    private readonly rules: RuleFiles,
  ) {}

  /** @param fired steps of this sweep. @param slot the business minute that they are told in. @returns how many mails */
  async execute(tx: Tx, fired: readonly DueStep[], slot: Temporal.Instant, now: Temporal.Instant): Promise<number> {
    const facts = await this.ledger.facts(tx, [...new Set(fired.map((step) => step.obligation_id))]);
    const besides = await this.ledger.besides(
      tx,
      [...new Set(facts.map((owed) => owed.debtor_id))],
      facts.map((owed) => owed.id),
    );
    const known = await this.know(tx, [...facts, ...besides]);
    const announced = announce(fired, facts, besides, known, new Today(now, this.rules.calendar));
    await this.write(tx, announced, now);
    return this.publish(tx, composeMails(announced.told, slot));
  }

  /**
   * An obligation that is held was reported to the city office by a letter: a case there, and a mail to its people. The mail has a stream of its own, so
   * that no chasing of the next morning takes its place while it waits for office hours.
   */
  async report(
    tx: Tx,
    report: { readonly obligationId: string; readonly rung: string; readonly documentId: string; readonly letterNumber: string },
    now: Temporal.Instant,
  ): Promise<void> {
    const [owed] = await this.ledger.facts(tx, [report.obligationId]);
    if (!owed) throw new Error(`obligation ${report.obligationId} is not there`);
    const announced = announceReport(report, owed, await this.know(tx, [owed]), new Today(now, this.rules.calendar));
    await this.write(tx, announced, now);
    const about = `city-list-item.${report.documentId}`;
    const mails = composeMails(announced.told, now).map((mail) => ({
      ...mail,
      businessKey: `${about}.${mail.recipientId}`,
      stream: about,
    }));
    await this.publish(tx, mails);
  }

  private async write(tx: Tx, { cases, unreachable, prepared }: Announcement, now: Temporal.Instant): Promise<void> {
    await this.escalations.raise(tx, 'overdue', cases, now);
    await this.escalations.raise(tx, 'unreachable', unreachable, now);
    await this.documents.prepareItems(tx, prepared, now);
  }

  private async publish(tx: Tx, mails: readonly SendMail[]): Promise<number> {
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
