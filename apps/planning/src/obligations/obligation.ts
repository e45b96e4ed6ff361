import { Temporal } from 'temporal-polyfill';
import { localDate, type Deadline, type DeadlineWord, type WorkingCalendar } from '#calendar';
import type { ObligationKind } from '#contracts';
import type { Ladder, PlannedStep } from '#ladder';

/** What is needed to open an obligation. Ids are given by whoever opens it, so that opening twice is opening once. */
export interface NewObligation {
  readonly id: string;
  readonly planId: string;
  /** The task it belongs to, where it belongs to one: it waits when the task is suspended. */
  readonly taskId?: string | null;
  readonly kind: ObligationKind;
  readonly title: string;
  readonly titleEn: string;
  readonly period: string;
  readonly periodEn: string;
  readonly window: { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate } | null;
  readonly debtorId: string;
  readonly creditorId: string;
  readonly deadline: Deadline;
  readonly ladder: Ladder;
}

/** An obligation as it is written: with the day it comes to and every step of its ladder. */
export interface OpenedObligation {
  readonly obligation: NewObligation;
  readonly dueOn: Temporal.PlainDate;
  readonly overdueAt: Temporal.Instant;
  readonly steps: readonly PlannedStep[];
}

export type ObligationState = 'open' | 'fulfilled' | 'waived' | 'cancelled';

/** An obligation as its use cases hold it: locked, in their transaction. */
export interface HeldObligation {
  readonly id: string;
  readonly planId: string;
  readonly taskId: string | null;
  readonly kind: ObligationKind;
  readonly debtorId: string;
  readonly creditorId: string;
  readonly state: ObligationState;
  readonly generation: number;
  readonly version: number;
  readonly dueOn: Temporal.PlainDate;
  readonly overdueAt: Temporal.Instant;
  /** Null until it is fulfilled for the first time. */
  readonly firstFulfilledAt: Temporal.Instant | null;
  readonly rollPolicy: 'FORWARD' | 'NONE';
  readonly officeHourCutoff: string | null;
  /** Local midnight since which its ladder stands still; null: it goes on. */
  readonly heldSince: Temporal.Instant | null;
  readonly ladder: Ladder;
}

/** Why pending steps ended without being told. */
export type Supersession = 'fulfilled' | 'extended' | 'waived' | 'returned' | 'included' | 'cancelled' | 'reassigned' | 'rescheduled';

/** What the next generation has of its own; everything else stays as it was. */
export interface NextGeneration {
  readonly steps: readonly PlannedStep[];
  readonly deadline?: {
    readonly word: DeadlineWord;
    readonly date: Temporal.PlainDate;
    readonly dueOn: Temporal.PlainDate;
    readonly overdueAt: Temporal.Instant;
    /** An ordinary extension: it counts in the second on-time figure too. */
    readonly ordinary: boolean;
  };
  readonly debtorId?: string;
}

/** The day by which a thing is owed again: the later of its deadline and so many working days from now. */
export function owedAgainOn(
  { dueOn }: Pick<HeldObligation, 'dueOn'>,
  workingDays: number,
  at: Temporal.Instant,
  calendar: WorkingCalendar,
): Temporal.PlainDate {
  const soonest = calendar.addWorkingDays(localDate(at), workingDays);
  return Temporal.PlainDate.compare(soonest, dueOn) > 0 ? soonest : dueOn;
}

/**
 * Who owes the answer where somebody has to decide. The City People's Committee has no mailbox and no clerk of its own, so where that is the issuer of
 * the plan its city office answers; the issuer of an agency's own plan, which carries it out itself, answers itself. An assumption: the plan names the
 * approver (SEED-47), not who sees to it. Ids or codes, all of one kind.
 */
export function answeringAgency(
  agency: string,
  plan: { readonly issuer: string; readonly standingAgency: string; readonly cityOffice: string },
): string {
  return agency === plan.issuer && agency !== plan.standingAgency ? plan.cityOffice : agency;
}
