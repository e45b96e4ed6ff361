import { Temporal } from 'temporal-polyfill';
import { localDate, type WorkingCalendar } from '#calendar';
import type { PayloadOf, sendMail } from '#contracts';
import { highestLevel, type Audience } from '#ladder';

type SendMail = PayloadOf<typeof sendMail>;
type ChasingMail = Extract<SendMail['mail'], { template: 'chasing' }>;
export type ChasedItem = ChasingMail['items'][number];

export interface PlanFacts {
  readonly id: string;
  readonly documentNumber: string;
  readonly issuedOn: string;
  readonly title: string;
  readonly programme: string;
}

/** One thing to tell one recipient, before mails are made of it. */
export interface Told {
  readonly contactId: string;
  readonly debtorId: string;
  readonly plan: PlanFacts;
  /** Contact to ask, at the creditor. */
  readonly askContactId: string | null;
  readonly item: ChasedItem;
}

const WEIGHT: Readonly<Record<Audience['as'], number>> = { escalated: 3, owes: 2, copied: 1 };

/**
 * One mail per recipient and slot that says everything: the same obligation once, under its weightiest section; most serious first. Pure.
 * @param slot the business minute of the sweep; with the recipient it is the mail's business key
 */
export function composeMails(told: readonly Told[], slot: Temporal.Instant): SendMail[] {
  const recipients = new Map<string, Map<string, Told>>();
  for (const one of told) {
    const items = recipients.get(one.contactId) ?? new Map<string, Told>();
    recipients.set(one.contactId, items);
    const known = items.get(one.item.obligationId);
    if (!known || WEIGHT[one.item.section] > WEIGHT[known.item.section]) items.set(one.item.obligationId, one);
  }
  const written = slot.toString();
  return [...recipients].map(([contactId, items]) => mailOf(contactId, [...items.values()], written));
}

function mailOf(recipientId: string, told: readonly Told[], slot: string): SendMail {
  const [first] = told;
  if (!first) throw new RangeError('a mail about nothing');
  const items = told
    .map(({ item, plan }) => (plan.id === first.plan.id ? item : { ...item, plan: refOf(plan) }))
    .sort((a, b) => WEIGHT[b.section] - WEIGHT[a.section] || (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  return {
    businessKey: `chasing.${recipientId}.${slot}`,
    stream: 'chasing',
    recipientId,
    obligationIds: items.map((item) => item.obligationId),
    mail: {
      template: 'chasing',
      plan: refOf(first.plan),
      slot,
      level: highestLevel(items.map((item) => item.level)),
      items,
      askContactId: first.askContactId,
    },
  };
}

function refOf({ documentNumber, issuedOn, title, programme }: PlanFacts): ChasingMail['plan'] {
  return { documentNumber, issuedOn, title, programme };
}

/** Working days from the business day of `now` to the due day; negative when it is over. */
export function workingDaysLeft(dueOn: Temporal.PlainDate, now: Temporal.Instant, calendar: WorkingCalendar): number {
  return calendar.workingDaysBetween(localDate(now), dueOn);
}
