import { createHash } from 'node:crypto';
import { createParamDecorator, HttpStatus, type ExecutionContext } from '@nestjs/common';
import { type CommandOptions } from '#messaging/asking';
import type { Request } from './exchange.js';
import { Refusal } from './problem.js';

export const IDEMPOTENCY_HEADER = 'Idempotency-Key';

/** Which request this is: repeated under its key it is the same message; another request under the same key is told by its fingerprint. */
export type RequestIdentity = Pick<CommandOptions, 'idempotencyKey' | 'fingerprint'>;

const plain = /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/;

/**
 * The fingerprint is a digest of method, address and body; without a key no two requests are the same and there is none.
 * @throws Refusal 422 `idempotency-key-invalid`
 */
export function identityOf(request: Pick<Request, 'method' | 'originalUrl' | 'body' | 'headers'>): RequestIdentity {
  const key = request.headers[IDEMPOTENCY_HEADER.toLowerCase()];
  if (key === undefined) return {};
  if (typeof key !== 'string' || !plain.test(key)) {
    throw new Refusal({
      status: HttpStatus.UNPROCESSABLE_ENTITY,
      code: 'idempotency-key-invalid',
      detail: `${IDEMPOTENCY_HEADER} takes 1 to 200 plain characters, for example a UUID.`,
    });
  }
  const body = Buffer.isBuffer(request.body) ? request.body : JSON.stringify(request.body ?? null);
  const asked = createHash('sha256').update(`${request.method}\n${request.originalUrl}\n`).update(body);
  return { idempotencyKey: key, fingerprint: asked.digest('base64url') };
}

/** The identity of a request that changes something, as an argument of its route. */
export const Identity = createParamDecorator((_: unknown, context: ExecutionContext) =>
  identityOf(context.switchToHttp().getRequest<Request>()),
);
