import { HttpStatus } from '@nestjs/common';
import { ATTACHMENT_LIMIT } from '#contracts';
import type { Request } from '../http/exchange.js';
import { Refusal } from '../http/problem.js';
import { tooLarge } from './spool.js';

/**
 * The body of a request, piece by piece as its reader asks for them. A reader that stops early leaves the connection whole, so that a refusal is heard.
 * @throws Refusal 413 `file-too-large` at once when the request says so itself, 400 `broken-off` when the sender goes away
 */
export async function* piecesOf(request: Request): AsyncGenerator<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > ATTACHMENT_LIMIT) throw tooLarge();
  try {
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch (cause) {
    throw new Refusal(
      { status: HttpStatus.BAD_REQUEST, code: 'broken-off', detail: 'The file did not arrive whole. Send it again.' },
      { cause },
    );
  }
}
