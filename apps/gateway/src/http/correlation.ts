import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { withTrace } from '#observability';
import type { Next, Request, Response } from './exchange.js';
import { isLinkPage } from './link-pages.js';

export const CORRELATION_HEADER = 'X-Correlation-Id';

/** Until people sign in, whoever holds the token acts under this account id. */
const ACTOR = 'admin';
/** Whoever has the link of a mail; what they did names the person that the link was for. */
const LINK_ACTOR = 'link';

const given = z.uuid();

/**
 * Starts the story of a request: the caller's `X-Correlation-Id` when it is a UUID, else a new one. It is answered in the same header and
 * travels with every message and log line, down to the headers of a mail.
 */
export function correlation(request: Request, response: Response, next: Next): void {
  const asked = given.safeParse(request.headers['x-correlation-id']);
  const correlationId = asked.success ? asked.data.toLowerCase() : randomUUID();
  response.setHeader(CORRELATION_HEADER, correlationId);
  withTrace({ correlationId, causationId: null, actor: isLinkPage(request) ? LINK_ACTOR : ACTOR }, next);
}

/** The id that the caller was told. */
export function correlationIdOf(response: Response): string {
  return String(response.getHeader(CORRELATION_HEADER));
}
