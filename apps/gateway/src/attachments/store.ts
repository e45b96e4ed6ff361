import type { Readable } from 'node:stream';

/** A file of the store. */
export interface Stored {
  readonly id: string;
  /** Real time, in milliseconds since 1970. */
  readonly storedAt: number;
}

/** Names the store of this installation to those who inject it. */
export const ATTACHMENT_STORE = Symbol('attachment store');

/** Where the bytes of attachments lie, each under the id of its attachment and nothing else: names and meaning are planning's. */
export interface AttachmentStore {
  /** Takes over the whole file at `path`; it is durable when this returns. Twice is once. The file at `path` may be gone afterwards. */
  keep(id: string, path: string): Promise<void>;
  /** The bytes, or undefined when there are none under this id. */
  open(id: string): Promise<Readable | undefined>;
  /** Nothing is under this id afterwards, whether something was or not. */
  remove(id: string): Promise<void>;
  /** Everything that is there, in no order. */
  list(): AsyncIterable<Stored>;
}
