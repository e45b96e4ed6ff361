/** What can be wrong with a file as a whole; what is wrong with a value is its reader's. */
export type TableErrorCode =
  | 'too-large'
  | 'unpacks-too-large'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'not-readable'
  | 'not-utf-8'
  | 'open-quote'
  | 'column-twice'
  | 'no-header';

/** A file that is not taken. `address` is the cell where it shows (`B7`); null when it is the file as a whole. */
export class TableError extends Error {
  constructor(
    readonly code: TableErrorCode,
    readonly address: string | null,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(address === null ? code : `${code} at ${address}`);
  }
}
