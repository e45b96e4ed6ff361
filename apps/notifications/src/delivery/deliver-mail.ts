import { Injectable, Logger } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { Clock, toDate, WorkingCalendar } from '#calendar';
import { Env, type NotificationsEnv } from '#config';
import type { Mail, PayloadOf, sendMail } from '#contracts';
import { snooze, type Message, type Verdict } from '#messaging';
import type { Attachment, OutgoingMail } from '../mail/mailer.js';
import type { RenderedMail } from '../templates/render-mail.js';
import {
  endingOf,
  hoursOf,
  interruption,
  mailIdOf,
  mayLeave,
  waitForRecipient,
  waitUntil,
  type Claim,
  type DeliveryState,
  type Ending,
} from './delivery.js';
import { MailLedger } from './mail-ledger.js';
import { MailServerGate } from './mail-server-gate.js';
import { PrepareMail, type PreparedMail } from './prepare-mail.js';

/** Thrown for a recipient that no event has told of for a day: the lane tries some more, and then somebody must look. */
export class RecipientUnknownError extends Error {
  override readonly name = 'RecipientUnknownError';
}

/** A command in hand, with the message that brought it. */
interface Task {
  readonly command: PayloadOf<typeof sendMail>;
  readonly message: Message;
}

/**
 * One message, one mail. Accepts it, waits for office hours, claims it, hands it over and settles, each of which is on record before the next begins.
 * Delivered again it goes on from what the row says; what was at the mail server when we died is in doubt, and never silently sent again.
 */
@Injectable()
export class DeliverMail {
  private readonly logger = new Logger(DeliverMail.name);
  private readonly domain: string;

  constructor(
    private readonly ledger: MailLedger,
    private readonly preparing: PrepareMail,
    private readonly gate: MailServerGate,
    private readonly clock: Clock,
    private readonly calendar: WorkingCalendar,
    env: Env<NotificationsEnv>,
  ) {
    this.domain = /@([^\s>]+)/.exec(env.get('MAIL_FROM'))?.[1] ?? 'localhost';
  }

  /**
   * A mail may overtake the event that tells of its recipient: it waits until they are heard of.
   * @throws RecipientUnknownError when they have not been for a day
   */
  async execute(command: Task['command'], message: Message): Promise<Verdict | null> {
    const task = { command, message };
    const prepared = await this.preparing.execute(command.recipientId, command.mail);
    if (!prepared) return this.untilHeardOf(task);
    const state = await this.ledger.accept(this.draft(task, prepared));
    if (state === 'duplicate') return null;
    if (state.state === 'sending') return await this.leaveInDoubt(task, state);
    if (!mayLeave(state)) return null;
    const wait = this.wait(command.mail, state.nextAttemptAt);
    if (wait) return snooze(wait);
    if (prepared.to.withheld !== null) {
      await this.ledger.withdraw(message.id, prepared.to.withheld);
      return null;
    }
    // Before the claim: what cannot be made was surely not sent. Before the gate: who waits for a document holds up nobody who has none.
    const attachments = await prepared.documents(message.occurredAt);
    return await this.gate.enter(() => this.deliver(task, prepared, attachments));
  }

  private untilHeardOf({ command, message }: Task): Verdict {
    const next = waitForRecipient(message.occurredAt, this.clock.now());
    if (!next) throw new RecipientUnknownError(`recipient ${command.recipientId} is not known yet`);
    return snooze(next);
  }

  private draft({ command, message }: Task, { to }: PreparedMail) {
    const now = this.clock.now();
    return {
      id: message.id,
      businessKey: command.businessKey,
      stream: command.stream,
      templateVersion: this.preparing.versionOf(command.mail),
      recipientId: command.recipientId,
      agencyCode: to.agencyCode,
      mail: command.mail,
      obligationIds: command.obligationIds,
      correlationId: message.correlationId,
      mailId: mailIdOf(message.id, this.domain),
      decidedAt: message.occurredAt,
      createdAt: now,
      nextAttemptAt: waitUntil(null, now, hoursOf(command.mail, this.calendar)),
    };
  }

  /** The next moment at which it may leave, or null for now: its hours, its own pause, and a mail server that is there. */
  private wait(mail: Mail, notBefore: Temporal.Instant | null): Temporal.Instant | null {
    const now = this.clock.now();
    const wait = waitUntil(notBefore, now, hoursOf(mail, this.calendar));
    if (wait || this.gate.shutFor === 0) return wait;
    // The gate's pause is real time, a snooze is business time.
    return now.add({ milliseconds: Math.max(1, Math.ceil(this.gate.shutFor * this.clock.speed)) });
  }

  private async deliver(task: Task, prepared: PreparedMail, attachments: readonly Attachment[]): Promise<Verdict | null> {
    const { mail } = task.command;
    // It may have waited for its place until after hours, or until the mail server went away.
    const wait = this.wait(mail, null);
    if (wait) return snooze(wait);
    const claimed = await this.ledger.claim({ id: task.message.id, mail });
    if (claimed === 'over') return null;
    if (claimed === 'after-hours') return snooze(hoursOf(mail, this.calendar).nextOfficeHour(this.clock.now()));
    const rendered = { ...prepared.render(claimed.mail, claimed.doubts > 0, claimed.standIn), attachments };
    const ending = await this.handOver(task, prepared, rendered, claimed);
    return ending.nextAttemptAt ? snooze(ending.nextAttemptAt) : null;
  }

  private async handOver(
    task: Task,
    { to }: PreparedMail,
    rendered: RenderedMail & Pick<OutgoingMail, 'attachments'>,
    claim: Claim,
  ): Promise<Ending> {
    const { command, message } = task;
    const reader = claim.standIn ?? to;
    const handover = await this.gate.send({
      ...rendered,
      to: { name: reader.name, address: reader.email },
      mailId: mailIdOf(message.id, this.domain),
      date: toDate(claim.at),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Dondoc-Correlation': message.correlationId, 'X-Dondoc-Message': message.id },
    });
    const endedAt = this.clock.now();
    const ending = endingOf(handover, claim, command.mail, endedAt, hoursOf(command.mail, this.calendar));
    const refused = handover.kind === 'refused' && handover.address;
    await this.ledger.settle({
      ...ending,
      id: message.id,
      attempt: claim.attempt,
      subject: rendered.subject,
      sentAt: claim.at,
      endedAt,
      refusal: refused
        ? {
            messageId: message.id,
            contactId: reader.id,
            agencyId: reader.agencyId,
            obligationIds: [...command.obligationIds],
            status: handover.status,
            at: claim.at.toString(),
          }
        : null,
    });
    if (handover.kind !== 'sent')
      this.logger.warn(`Not sent: ${handover.kind}: ${handover.answer}`, { messageId: message.id, attempt: claim.attempt });
    return ending;
  }

  private async leaveInDoubt({ command, message }: Task, state: DeliveryState): Promise<Verdict | null> {
    const at = this.clock.now();
    const ending = interruption(state.doubts, command.mail, at, hoursOf(command.mail, this.calendar));
    await this.ledger.settle({ ...ending, id: message.id, attempt: state.attempts, subject: null, sentAt: at, endedAt: at, refusal: null });
    this.logger.warn('A delivery was interrupted at the mail server; it is not known whether the mail arrived', { messageId: message.id });
    return ending.nextAttemptAt ? snooze(ending.nextAttemptAt) : null;
  }
}
