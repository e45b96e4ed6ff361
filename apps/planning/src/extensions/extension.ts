import { Temporal } from 'temporal-polyfill';
import { DomainError, type answerExtension, type extensionStates, type PayloadOf } from '#contracts';
import { answeringAgency } from '../obligations/obligation.js';

export type ExtensionState = (typeof extensionStates)[number];

/** Working days that the creditor has for an answer. An assumption: no decision states it. */
export const ANSWER_WITHIN = 2;

/** A question for more time as its use cases hold it: locked, in their transaction. */
export interface HeldExtension {
  readonly id: string;
  readonly obligationId: string;
  readonly state: ExtensionState;
  readonly wishedFor: Temporal.PlainDate;
  /** The obligation to answer it. */
  readonly answerObligationId: string | null;
  readonly version: number;
}

/** How a question ended. */
export interface ExtensionAnswer {
  readonly state: Exclude<ExtensionState, 'asked'>;
  readonly granted: Temporal.PlainDate | null;
  readonly ground: 'ordinary' | 'force-majeure' | null;
  readonly decision: string | null;
  readonly answer: string;
  readonly by: string;
}

/**
 * Who must answer: the creditor, or who answers for it. Null when the debtor would have to answer itself: nobody
 * chases themselves (SEED-40).
 */
export function answererOf(
  owed: { readonly debtorId: string; readonly creditorId: string },
  plan: { readonly issuerId: string; readonly standingAgencyId: string; readonly cityOfficeId: string },
): string | null {
  const answerer = answeringAgency(owed.creditorId, {
    issuer: plan.issuerId,
    standingAgency: plan.standingAgencyId,
    cityOffice: plan.cityOfficeId,
  });
  return answerer === owed.debtorId ? null : answerer;
}

/**
 * The day that a verdict gives; null for a refusal. Pure.
 * @throws DomainError `date-missing`, `date-unexpected`, `deadline-not-shorter`
 */
export function grantedBy(
  { verdict, date }: Pick<PayloadOf<typeof answerExtension>, 'verdict' | 'date'>,
  wishedFor: Temporal.PlainDate,
): Temporal.PlainDate | null {
  if (verdict === 'shorten') {
    if (date === undefined) throw new DomainError('date-missing', 'Say which day is granted: a shortened extension needs a date.');
    const granted = Temporal.PlainDate.from(date);
    if (Temporal.PlainDate.compare(granted, wishedFor) >= 0)
      throw new DomainError(
        'deadline-not-shorter',
        `A shortened extension ends before ${wishedFor.toString()}, the day asked for; or grant it.`,
      );
    return granted;
  }
  if (date !== undefined)
    throw new DomainError('date-unexpected', 'Only a shortened extension has a date of its own; leave the date out, or shorten.');
  return verdict === 'grant' ? wishedFor : null;
}

/** @throws DomainError `extension-answered` */
export function mustBeAsked({ state }: HeldExtension): void {
  if (state !== 'asked') throw new DomainError('extension-answered', `Nobody waits for an answer any more: this question was ${state}.`);
}
