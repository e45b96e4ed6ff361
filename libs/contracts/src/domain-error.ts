/**
 * The request is understood and refused: it would be refused again, so it is never retried, and the asker is told.
 * `code` is stable kebab-case and documented; the message names what is wrong and the remedy, never a person's data.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: string,
    message: string,
    readonly details: readonly Readonly<Record<string, unknown>>[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
