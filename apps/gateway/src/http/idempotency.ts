import { createHash, randomUUID } from 'node:crypto';
import { createParamDecorator, HttpStatus, type ExecutionContext } from '@nestjs/common';
import type { Request } from './exchange.js';
import { Refusal } from './problem.js';

export const IDEMPOTENCY_HEADER = 'Idempotency-Key';

/** Which request this is: repeated, it is the same message, and another request under the same id can be told by its fingerprint. */
export interface RequestIdentity {
  /** Id of the message that carries the request. */
  readonly id: string;
  /** Digest of method, address and body; null without a key, when no two requests are the same. */
  readonly fingerprint: string | null;
}

const key = /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/;

/** @throws Refusal 422 `idempotency-key-invalid` */
export function identityOf(request: Pick<Request, 'method' | 'originalUrl' | 'body' | 'headers'>): RequestIdentity {
  const given = request.headers[IDEMPOTENCY_HEADER.toLowerCase()];
  if (given === undefined) return { id: randomUUID(), fingerprint: null };
  if (typeof given !== 'string' || !key.test(given)) {
    throw new Refusal({
      status: HttpStatus.UNPROCESSABLE_ENTITY,
      code: 'idempotency-key-invalid',
      detail: `${IDEMPOTENCY_HEADER} takes 1 to 200 plain characters, for example a UUID.`,
    });
  }
  return {
    id: uuidOf(createHash('sha256').update(`dondoc idempotency key\n${given}`).digest()),
    fingerprint: createHash('sha256')
      .update(`${request.method}\n${request.originalUrl}\n${JSON.stringify(request.body ?? null)}`)
      .digest('base64url'),
  };
}

/** UUID version 8 (RFC 9562): ours to fill, so a key never names a message that was made elsewhere. */
function uuidOf(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The identity of a request that changes something, as an argument of its route. */
export const Identity = createParamDecorator((_: unknown, context: ExecutionContext) =>
  identityOf(context.switchToHttp().getRequest<Request>()),
);
