import { DomainError } from '#contracts';

/**
 * Optimistic concurrency: under the lock of a thing, refuses a command whose sender saw another version of it.
 * @param seenVersion undefined when the sender does not care
 * @throws DomainError `changed-meanwhile`, with what it is now
 */
export function mustBeSeen(
  thing: string,
  current: { readonly version: number; readonly state: string },
  seenVersion: number | undefined,
): void {
  if (seenVersion === undefined || seenVersion === current.version) return;
  throw new DomainError(
    'changed-meanwhile',
    `Somebody changed this ${thing} meanwhile: you saw version ${String(seenVersion)}, now it is version ${String(current.version)} and ${current.state}. Read it again.`,
    [{ seenVersion, version: current.version, state: current.state }],
  );
}
