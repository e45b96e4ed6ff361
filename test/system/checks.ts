import type { ParsedMail } from 'mailparser';
import { Temporal } from 'temporal-polyfill';
import { atLocalTime, localDate, toInstant, type WorkingCalendar } from '#calendar';
import type { MessageRow, ObligationRow, StepRow, readBook } from './ledger.js';

type Book = Awaited<ReturnType<typeof readBook>>;

const header = (mail: ParsedMail, name: string): string => {
  const value = mail.headers.get(name);
  return typeof value === 'string' ? value : '';
};
export const messageIdOf = (mail: ParsedMail): string => header(mail, 'x-dondoc-message');

const stepsOf = (book: Book, obligation: ObligationRow): StepRow[] => book.steps.filter((step) => step.obligation_id === obligation.id);

/** Each obligation has exactly the rungs of its ladder in each generation, each decided once, none left behind. */
export function unsoundLedger(book: Book, now: Temporal.Instant): string[] {
  return book.obligations.flatMap((obligation) => {
    const steps = stepsOf(book, obligation);
    const findings: string[] = [];
    for (let generation = 1; generation <= obligation.generation; generation++) {
      const rungs = steps.filter((step) => step.generation === generation).map((step) => step.rung);
      if (rungs.length !== obligation.rungs || new Set(rungs).size !== rungs.length) {
        findings.push(`${obligation.debtor} ${obligation.due_on}: generation ${String(generation)} has ${rungs.join(', ')}`);
      }
    }
    for (const step of steps) {
      const decided = step.state !== 'pending';
      if (decided !== (step.decided_at !== null)) findings.push(`${step.rung} is ${step.state} but decided at ${String(step.decided_at)}`);
      if (!decided && obligation.state !== 'open') findings.push(`${step.rung} pending on a ${obligation.state} obligation`);
      // A working day is longer than any pause between two sweeps, nights and weekends excluded by the planned instants themselves.
      if (!decided && now.since(toInstant(step.due_at)).total('hours') > 24 * 5)
        findings.push(`${step.rung} of ${obligation.debtor} left behind since ${step.due_at.toISOString()}`);
    }
    return findings;
  });
}

/** Mails whose Date is no working day or outside office hours. */
export function mailsOutOfHours(mails: readonly ParsedMail[], calendar: WorkingCalendar): string[] {
  return mails
    .filter((mail) => mail.date === undefined || !calendar.isOfficeHour(toInstant(mail.date)))
    .map((mail) => `${mail.date?.toISOString() ?? 'no date'} ${mail.subject ?? ''}`);
}

/** Recipients who got more than one chasing mail in a slot, and mails that arrived twice though they are not marked unknown. */
export function repeatedMails(mails: readonly ParsedMail[], book: Book): string[] {
  const byId = new Map(book.messages.map((message) => [message.id, message]));
  const arrivals = countBy(mails.map(messageIdOf));
  const unexplained = [...arrivals.keys()].filter((id) => !byId.has(id)).map((id) => `a mail that no message explains: ${id}`);
  const twice = [...arrivals]
    .filter(([id, count]) => count > 1 && byId.get(id)?.state !== 'unknown')
    .map(([id, count]) => `${byId.get(id)?.business_key ?? id} arrived ${String(count)} times`);
  const slots = countBy(
    book.messages.filter((message) => message.template === 'chasing' && arrivals.has(message.id)).map((message) => message.business_key),
  );
  return [
    ...unexplained,
    ...twice,
    ...[...slots].filter(([, count]) => count > 1).map(([key, count]) => `${String(count)} chasing mails for ${key}`),
  ];
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Sent messages without an arrival, and arrivals of messages that say they were not sent. */
export function lostMails(mails: readonly ParsedMail[], book: Book): string[] {
  const arrived = new Set(mails.map(messageIdOf));
  return book.messages.flatMap((message) => {
    if (message.state === 'sent' && !arrived.has(message.id)) return [`${message.business_key} is sent but never arrived`];
    if (['queued', 'withdrawn', 'superseded', 'failed'].includes(message.state) && arrived.has(message.id))
      return [`${message.business_key} arrived but is ${message.state}`];
    return [];
  });
}

/** Steps that were told after their obligation had been fulfilled: the ledger decides under its lock, so there is no excuse. */
export function toldAfterFulfilment(book: Book): string[] {
  return book.obligations.flatMap((obligation) => {
    const { settled_at: settledAt } = obligation;
    if (settledAt === null) return [];
    return stepsOf(book, obligation)
      .filter((step) => step.state === 'fired' && step.decided_at !== null && step.decided_at > settledAt)
      .map(
        (step) =>
          `${step.rung} of ${obligation.debtor} told ${String(step.decided_at?.toISOString())}, fulfilled ${settledAt.toISOString()}`,
      );
  });
}

/** Real milliseconds that the word of a fulfilment may need to the mails that wait in another service. */
const WORD_TRAVELS = 150;

/** Mails that still asked for what had been fulfilled before they left. @param speed business milliseconds per real one */
export function mailsAboutTheFulfilled(mails: readonly ParsedMail[], book: Book, speed: number): string[] {
  const settled = new Map(book.obligations.map(({ id, settled_at }) => [id, settled_at]));
  const byId = new Map(book.messages.map((message) => [message.id, message]));
  return mails.flatMap((mail) => {
    const message = byId.get(messageIdOf(mail));
    if (message?.template !== 'chasing' || mail.date === undefined) return [];
    const sentAt = mail.date;
    return message.obligation_ids
      .filter((id) => {
        const at = settled.get(id);
        return at && at.getTime() + WORD_TRAVELS * speed < sentAt.getTime() && (mail.text ?? '').includes(id);
      })
      .map(
        (id) => `${message.business_key} of ${sentAt.toISOString()} asks for ${id}, fulfilled ${String(settled.get(id)?.toISOString())}`,
      );
  });
}

/** Overdue obligations that were not escalated, on the second working day after the due day, to the one who answers for the debtor. */
export function missedEscalations(
  book: Book,
  mails: readonly ParsedMail[],
  calendar: WorkingCalendar,
  now: Temporal.Instant,
  agencies: { standing: string; city: string },
): string[] {
  const arrived = new Set(mails.map(messageIdOf));
  return book.obligations.flatMap((obligation) => {
    const due = Temporal.PlainDate.from(obligation.due_on);
    const on = calendar.addWorkingDays(due, 2);
    // The step falls due at 08:00, and the next sweep decides it: at the speed of a rehearsal that may be a few business hours later.
    const decided = atLocalTime(on, '12:00');
    const owedThen = obligation.settled_at === null || Temporal.Instant.compare(toInstant(obligation.settled_at), decided) >= 0;
    if (!owedThen || Temporal.PlainDate.compare(localDate(now), on) <= 0) return [];
    const step = stepsOf(book, obligation).find(
      (candidate) => candidate.rung === 'ESCALATE_STANDING' && candidate.generation === obligation.generation,
    );
    const where = `${obligation.debtor} due ${obligation.due_on}`;
    if (step?.state !== 'fired' || step.slot === null) return [`${where}: escalation is ${step?.state ?? 'missing'}`];
    const slot = step.slot;
    if (!localDate(toInstant(slot)).equals(on))
      return [`${where}: escalated on ${localDate(toInstant(slot)).toString()}, not on ${on.toString()}`];
    const audience = obligation.debtor === agencies.standing ? agencies.city : agencies.standing;
    const told = book.messages.filter(
      (message: MessageRow) =>
        message.agency_code === audience &&
        message.business_key.includes(slot.toISOString().slice(0, 16)) &&
        message.obligation_ids.includes(obligation.id),
    );
    if (told.length === 0) return [`${where}: nobody at ${audience} was written to`];
    return told.some((message) => arrived.has(message.id) || message.state === 'unknown')
      ? []
      : [`${where}: no mail about the escalation arrived at ${audience}`];
  });
}

/**
 * After three chasings a person decides whether the city office hears of it: each such rung prepared one item, and nobody was reported there by the
 * system. The standing agency alone, which would have to report itself, is a case there at once.
 */
export function wrongReportsToTheCity(book: Book, agencies: { standing: string; city: string }): string[] {
  const rungs = book.steps.filter((step) => step.rung === 'ESCALATE_CITY' && step.state === 'fired');
  const items = countBy(book.documents.filter(({ kind }) => kind === 'city-list-item').map(({ key }) => key));
  const debtors = new Map(book.obligations.map(({ id, debtor }) => [id, debtor]));
  const wrong = rungs.flatMap(({ obligation_id: id, generation }) => {
    const debtor = debtors.get(id) ?? '';
    const wanted = debtor === agencies.standing || debtor === agencies.city ? 0 : 1;
    const prepared = items.get(`city-list-item:${id}:${String(generation)}`) ?? 0;
    return prepared === wanted ? [] : [`${debtor} ${id}: ${String(prepared)} items for the city office, not ${String(wanted)}`];
  });
  const told = book.messages.filter(({ agency_code, template }) => agency_code === agencies.city && template === 'chasing');
  const others = (id: string): boolean => debtors.get(id) !== agencies.standing && debtors.get(id) !== agencies.city;
  return [
    ...wrong,
    ...book.cases
      .filter((found) => found.level === 'city-office' && found.agency !== agencies.standing)
      .map(({ agency }) => `${agency} became a case of the city office by itself`),
    ...told
      .filter((message) => message.obligation_ids.some(others))
      .map((message) => `${message.business_key} told the city office by itself`),
  ];
}

/** Escalations of an agency to itself. */
export function selfEscalations(book: Book, agencies: { standing: string; city: string }): string[] {
  return book.cases
    .filter(
      (found) =>
        (found.level === 'standing-agency' && found.agency === agencies.standing) ||
        (found.level === 'city-office' && found.agency === agencies.city),
    )
    .map((found) => `${found.agency} was escalated to itself`);
}
