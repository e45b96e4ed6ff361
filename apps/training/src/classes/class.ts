import { DomainError, type ClassState } from '#contracts';

/** A class as its use cases hold it: locked, in their transaction. */
export interface HeldClass {
  readonly id: string;
  readonly code: string;
  readonly courseId: string;
  readonly venueId: string | null;
  readonly capacity: number;
  readonly minSize: number;
  readonly state: ClassState;
  /** Why sessions may be held on days off, or null where they may not. */
  readonly daysOff: string | null;
  /** Document and reason of the last postponement, or of the cancellation. */
  readonly decision: string | null;
  readonly reason: string | null;
  /** Of the newest roster; 0: none was locked yet. */
  readonly rosterVersion: number;
  /** Why invitations may leave later than three working days before. */
  readonly urgent: string | null;
  readonly version: number;
}

/** What must be so before some steps are taken; each is looked at only for the step that it guards. */
export interface ClassFacts {
  readonly enrolled?: number;
  readonly minSize?: number;
  readonly capacity?: number;
  /** Whether it has no sessions at all. */
  readonly dayless?: boolean;
  /** Sessions without a venue, or without a trainer who accepted. */
  readonly unready?: number;
  /** Working days from the invitation to the first session. */
  readonly notice?: number;
  readonly urgent?: boolean;
  /** Who are enrolled and were never told of the class. */
  readonly untold?: number;
  /** Sessions whose attendance is not recorded. */
  readonly unattended?: number;
}

/** States in which the class is still to be held, by its days. */
export const standing = ['planned', 'nomination-open', 'nomination-closed', 'roster-locked', 'notified'] as const;

/** Invitations leave at least so many working days before the first session, unless they are marked urgent (domain 4.4). */
const NOTICE = 3;

interface Step {
  readonly from: readonly ClassState[];
  readonly to: ClassState;
  /** What is missing for it, or null. */
  readonly guard?: (facts: ClassFacts) => string | null;
}

/** The life of a class (domain 4.4): every step, from where it may be taken, and what it asks for. Certificates are judged one by one, so no guard. */
export const steps = {
  'open-nominations': { from: ['planned'], to: 'nomination-open' },
  'close-nominations': { from: ['nomination-open'], to: 'nomination-closed' },
  'lock-roster': { from: ['nomination-closed'], to: 'roster-locked', guard: mayLock },
  notify: { from: ['roster-locked'], to: 'notified', guard: mayNotify },
  begin: {
    // A class that was told too late for three working days is held all the same.
    from: ['notified', 'roster-locked'],
    to: 'in-progress',
    guard: ({ untold = 0 }) => (untold > 0 ? `${String(untold)} who are enrolled were never told of it` : null),
  },
  complete: {
    from: ['in-progress'],
    to: 'completed',
    guard: ({ unattended = 0 }) => (unattended > 0 ? `the attendance of ${String(unattended)} sessions is missing` : null),
  },
  certify: { from: ['completed'], to: 'certified' },
  report: { from: ['certified'], to: 'reported' },
  'return-report': { from: ['reported'], to: 'certified' },
  postpone: { from: [...standing, 'postponed'], to: 'postponed' },
  reschedule: { from: ['postponed'], to: 'planned' },
  cancel: { from: [...standing, 'postponed'], to: 'cancelled' },
} as const satisfies Record<string, Step>;
export type ClassStep = keyof typeof steps;

/**
 * The state after a step.
 * @throws DomainError `class-step-refused`, with the state, when the step cannot be taken from there or what it asks for is not so
 */
export function after(step: ClassStep, { code, state }: Pick<HeldClass, 'code' | 'state'>, facts: ClassFacts = {}): ClassState {
  const { from, to, guard }: Step = steps[step];
  if (!from.includes(state))
    throw new DomainError('class-step-refused', `Class ${code} is ${state}; "${step}" is for one that is ${from.join(' or ')}.`, [
      { state, step },
    ]);
  const missing = guard?.(facts) ?? null;
  if (missing !== null)
    throw new DomainError('class-step-refused', `Class ${code} stays ${state}: ${missing}.`, [{ state, step, missing }]);
  return to;
}

/** Whether a class is still to be held, on days that it has. */
export function stands(state: ClassState): boolean {
  return standing.some((one) => one === state);
}

/** Only a class that is still to be held, on days that it has, can be changed. @throws DomainError `class-not-standing` */
export function mustStand({ code, state }: Pick<HeldClass, 'code' | 'state'>): void {
  if (stands(state)) return;
  throw new DomainError(
    'class-not-standing',
    state === 'postponed'
      ? `Class ${code} is postponed: say its new first day before anything else is changed.`
      : `Class ${code} is ${state}: nothing of it can be changed any more.`,
    [{ state }],
  );
}

/** Whether a class in that state has begun, so that its attendance can be kept. */
export function attendable(state: ClassState): boolean {
  return ['in-progress', 'completed', 'certified', 'reported'].includes(state);
}

function mayLock({ enrolled = 0, minSize = 0, capacity = 0, dayless = false, unready = 0 }: ClassFacts): string | null {
  if (dayless) return 'it has no days';
  if (enrolled < minSize) return `${String(enrolled)} are enrolled, ${String(minSize)} are the least`;
  if (enrolled > capacity) return `${String(enrolled)} are enrolled, there are ${String(capacity)} places`;
  return unready > 0 ? `${String(unready)} sessions have no venue, or no trainer who accepted` : null;
}

function mayNotify({ notice = 0, urgent = false }: ClassFacts): string | null {
  return notice >= NOTICE || urgent
    ? null
    : `only ${String(notice)} working days are left, ${String(NOTICE)} are the least; mark it urgent if it must be`;
}
