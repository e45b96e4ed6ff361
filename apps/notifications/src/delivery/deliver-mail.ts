import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, loadWorkingCalendar, toDate, type WorkingCalendar } from '#calendar';
import { Env, type NotificationsEnv } from '#config';
import type { Mail, PayloadOf, sendMail } from '#contracts';
import { snooze, type Message, type Verdict } from '#messaging';
import { Mailer, type Handover } from '../mail/mailer.js';
import { mailIdOf, nextAttempt, withoutSettled, type DeliveryState } from './delivery.js';
import { MailLedger, type Ended } from './mail-ledger.js';
import { PrepareMail } from './prepare-mail.js';
import { Slots } from './slots.js';

type SendMail = PayloadOf<typeof sendMail>;

/** Deliveries in hand per connection: one at the server, the others being claimed or settled meanwhile. */
const SLOTS_PER_CONNECTION = 3;

/**
 * One message, one mail. Accepts it, waits for office hours, claims it, hands it over and settles, each of which is on record before the next begins.
 * Delivered again it goes on from what the row says; what was at the mail server when we died is `unknown` and is not sent again.
 */
@Injectable()
export class DeliverMail {
  private readonly logger = new Logger(DeliverMail.name);
  private readonly calendar: WorkingCalendar;
  private readonly slots: Slots;
  private readonly domain: string;
  private readonly templateVersion: string;

  constructor(
    private readonly ledger: MailLedger,
    private readonly preparing: PrepareMail,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
    env: Env<NotificationsEnv>,
  ) {
    this.calendar = loadWorkingCalendar(join(env.get('PLANS_DIR'), 'calendar'));
    this.slots = new Slots(env.get('SMTP_CONNECTIONS') * SLOTS_PER_CONNECTION);
    this.domain = /@([^\s>]+)/.exec(env.get('MAIL_FROM'))?.[1] ?? 'localhost';
    this.templateVersion = preparing.templateVersion;
  }

  /** @throws RecipientUnknownError until the recipient's agency has been heard of */
  async execute(command: SendMail, message: Message): Promise<Verdict | null> {
    const state = await this.ledger.accept({ message, draft: this.draft(command, message) });
    if (state === 'duplicate') return null;
    if (state.state === 'sending') await this.leaveInDoubt(message.id, state);
    if (state.state !== 'queued') return null;
    const wait = this.waitUntil(state);
    return wait ? snooze(wait) : await this.slots.take(() => this.deliver(command, message));
  }

  private draft(command: SendMail, message: Message) {
    return {
      id: message.id,
      businessKey: command.businessKey,
      stream: command.stream,
      templateVersion: this.templateVersion,
      recipientId: command.recipientId,
      mail: command.mail,
      obligationIds: command.obligationIds,
      correlationId: message.correlationId,
      mailId: mailIdOf(message.id, this.domain),
      decidedAt: message.occurredAt,
      createdAt: this.clock.now(),
    };
  }

  /** The next moment at which it may leave, or null for now. */
  private waitUntil(state: Pick<DeliveryState, 'nextAttemptAt'>): Temporal.Instant | null {
    const now = this.clock.now();
    const earliest = state.nextAttemptAt && Temporal.Instant.compare(state.nextAttemptAt, now) > 0 ? state.nextAttemptAt : now;
    const allowed = this.calendar.nextOfficeHour(earliest);
    return Temporal.Instant.compare(allowed, now) > 0 ? allowed : null;
  }

  private async deliver(command: SendMail, message: Message): Promise<Verdict | null> {
    // It may have waited for its slot until after hours.
    const wait = this.waitUntil({ nextAttemptAt: null });
    if (wait) return snooze(wait);
    const claimed = await this.ledger.claim(message.id);
    if (!claimed) return null;
    // The claim's own instant stands in the Date header, so it is the one that must lie in office hours.
    if (!this.calendar.isOfficeHour(claimed.at)) return await this.putBack(message.id, claimed.attempt, claimed.at);
    const mail = withoutSettled(command.mail, claimed.settled);
    if (!mail) return await this.withdraw(message.id, claimed.attempt, claimed.at);
    return await this.handOver(command, mail, message, claimed);
  }

  private async handOver(
    command: SendMail,
    mail: Mail,
    message: Message,
    claimed: { attempt: number; at: Temporal.Instant },
  ): Promise<Verdict | null> {
    const prepared = await this.preparing.execute(command.recipientId, mail);
    const handover = await this.mailer.send({
      to: { name: prepared.to.name, address: prepared.to.email },
      subject: prepared.subject,
      html: prepared.html,
      text: prepared.text,
      mailId: mailIdOf(message.id, this.domain),
      date: toDate(claimed.at),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Dondoc-Correlation': message.correlationId, 'X-Dondoc-Message': message.id },
    });
    const ended = this.ended(command, message, claimed, handover, prepared.subject, prepared.to.agencyId);
    await this.ledger.settle(ended);
    if (handover.kind !== 'sent')
      this.logger.warn(`Not sent: ${handover.kind}: ${handover.answer}`, { messageId: message.id, attempt: claimed.attempt });
    return ended.nextAttemptAt ? snooze(this.calendar.nextOfficeHour(ended.nextAttemptAt)) : null;
  }

  private ended(
    command: SendMail,
    message: Message,
    claimed: { attempt: number; at: Temporal.Instant },
    handover: Handover,
    subject: string,
    agencyId: string,
  ): Ended {
    const again = handover.kind === 'retry' ? nextAttempt(claimed.attempt, this.clock.now()) : null;
    const state = handover.kind === 'sent' ? 'sent' : handover.kind === 'unknown' ? 'unknown' : again ? 'queued' : 'failed';
    const refusal =
      handover.kind === 'refused' && handover.address
        ? {
            messageId: message.id,
            contactId: command.recipientId,
            agencyId,
            obligationIds: [...command.obligationIds],
            status: handover.status,
            at: claimed.at.toString(),
          }
        : null;
    return {
      id: message.id,
      attempt: claimed.attempt,
      state,
      outcome: handover.kind,
      answer: handover.answer,
      reason: handover.kind === 'sent' ? null : handover.answer,
      subject,
      at: claimed.at,
      nextAttemptAt: again,
      refusal,
    };
  }

  private async leaveInDoubt(id: string, state: DeliveryState): Promise<void> {
    const reason = 'the service ended while the mail was at the mail server; it may or may not have been taken';
    await this.ledger.settle({
      id,
      attempt: state.attempts,
      state: 'unknown',
      outcome: 'interrupted',
      answer: null,
      reason,
      subject: null,
      at: this.clock.now(),
      nextAttemptAt: null,
      refusal: null,
    });
    this.logger.warn('A delivery was interrupted; it is unknown and is not sent again', { messageId: id });
  }

  private async putBack(id: string, attempt: number, at: Temporal.Instant): Promise<Verdict> {
    const next = this.calendar.nextOfficeHour(at);
    await this.ledger.settle({
      id,
      attempt,
      state: 'queued',
      outcome: 'retry',
      answer: 'office hours were over',
      reason: null,
      subject: null,
      at,
      nextAttemptAt: next,
      refusal: null,
    });
    return snooze(next);
  }

  private async withdraw(id: string, attempt: number, at: Temporal.Instant): Promise<null> {
    const reason = 'settled before the mail left';
    await this.ledger.settle({
      id,
      attempt,
      state: 'withdrawn',
      outcome: 'retry',
      answer: reason,
      reason,
      subject: null,
      at,
      nextAttemptAt: null,
      refusal: null,
    });
    return null;
  }
}
