import type { LanePolicy } from '#contracts';

/**
 * Real milliseconds before the next attempt: doubled each time up to the ceiling; half of it is certain, half is chance, so that what failed
 * together does not come back together.
 * @param attempts failed so far, at least 1
 * @param chance in [0, 1)
 */
export function backoff(policy: LanePolicy['backoff'], attempts: number, chance = Math.random()): number {
  const full = Math.min(policy.ceiling, policy.first * 2 ** (attempts - 1));
  return Math.round(full / 2 + (full / 2) * chance);
}
