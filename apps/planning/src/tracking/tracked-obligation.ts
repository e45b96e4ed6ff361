import type { Temporal } from 'temporal-polyfill';
import type { ObligationState } from '../obligations/obligation.js';

/** How another service says that a thing stands. */
export interface Word {
  readonly version: number;
  readonly state: ObligationState;
  /** Code of the agency. */
  readonly debtor: string;
  /** The day that its deadline comes to. */
  readonly dueOn: Temporal.PlainDate;
}

export type Difference =
  | { readonly do: 'nothing' }
  | { readonly do: 'close'; readonly outcome: Exclude<ObligationState, 'open'> }
  | { readonly do: 'change'; readonly reschedule: boolean; readonly reassign: boolean };

/**
 * What is to be done in the ledger after a new word. Day and debtor are compared with the word before, not with the ledger: more time that was granted
 * meanwhile, or a reassignment, is not undone. What is owed again is always rescheduled, for its ladder begins anew. Pure.
 * @param state of the obligation now
 */
export function differenceOf(state: ObligationState, before: Omit<Word, 'state'>, word: Word): Difference {
  if (word.state !== 'open') return state === 'open' ? { do: 'close', outcome: word.state } : { do: 'nothing' };
  const reassign = before.debtor !== word.debtor;
  const reschedule = state !== 'open' || !before.dueOn.equals(word.dueOn);
  return reassign || reschedule ? { do: 'change', reassign, reschedule } : { do: 'nothing' };
}
