/*
 * Every queue of the system, and all of its policy, in one table. Redis keys start with `{dondoc}` (one hash slot, so Redis Cluster works).
 * Queries have lanes of their own: a flood of events never makes a person wait. Mail has its own because its speed is the mail server's.
 */
export interface LanePolicy {
  /** Runs of one message before it becomes a dead letter; a domain error or a broken contract goes there at once. */
  readonly attempts: number;
  /** First pause and ceiling between attempts in real milliseconds; doubled each time, with full jitter on the second half. */
  readonly backoff: { readonly first: number; readonly ceiling: number };
  /** Messages in hand at once, per process. */
  readonly concurrency: number;
  /** Messages started per real second over all processes; absent where the consumer's own speed is the limit. */
  readonly rate?: number;
  /** Whether what failed for good waits for somebody's decision. A failed query does not: whoever asked has been told. */
  readonly deadLetters: boolean;
  /** How long a finished message stays visible, and replies can be fetched; dead letters stay until somebody decides. */
  readonly keep: { readonly seconds: number; readonly count: number };
}

const steady: LanePolicy = {
  attempts: 10,
  backoff: { first: 500, ceiling: 60_000 },
  concurrency: 8,
  deadLetters: true,
  keep: { seconds: 3600, count: 5000 },
};
const queries: LanePolicy = {
  attempts: 1,
  backoff: { first: 0, ceiling: 0 },
  concurrency: 16,
  deadLetters: false,
  keep: { seconds: 60, count: 1000 },
};

export const lanes = {
  'planning.commands': steady,
  'planning.events': steady,
  'planning.queries': queries,
  'training.commands': steady,
  'training.events': steady,
  'training.queries': queries,
  'ceremony.events': steady,
  'ceremony.queries': queries,
  'notifications.events': { ...steady, concurrency: 32 },
  'notifications.queries': queries,
  // Delivery decides itself when to try a mail again (hours, office hours); attempts here only bound unexpected failures of our own.
  // Finished ones stay until the reconciler of the sender has seen them, some seconds of the fastest mail server.
  'notifications.email': { ...steady, concurrency: 400, attempts: 20, keep: { seconds: 3600, count: 50_000 } },
} as const satisfies Record<string, LanePolicy>;

export type Lane = keyof typeof lanes;

export function isLane(name: string): name is Lane {
  return Object.hasOwn(lanes, name);
}
