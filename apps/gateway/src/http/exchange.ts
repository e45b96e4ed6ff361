import type { IncomingMessage, ServerResponse } from 'node:http';

/** The little of Express that this service uses: Node's own request and response, and what the router adds to the request. */
export interface Request extends IncomingMessage {
  readonly method: string;
  /** Path and query as the caller sent them. */
  readonly originalUrl: string;
  readonly path: string;
  /** Address of the caller; of the one behind it when the caller is a proxy on this machine. */
  readonly ip?: string;
  /** Pattern of the route that answered, known after routing. */
  readonly route?: { readonly path: string };
  /** Parsed by the limits in `bodies.ts`; undefined when there was none, or none that was understood. */
  readonly body?: unknown;
}

export type Response = ServerResponse;
export type Next = (error?: unknown) => void;

export const isUnsafe = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method);
