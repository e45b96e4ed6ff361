import { applyDecorators, HttpCode, HttpStatus } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { z } from 'zod';
import { IDEMPOTENCY_HEADER } from './idempotency.js';

/** Documents a route: what it does in one line, and the reply of the message behind it. */
export function Answers(reply: z.ZodType, summary: string, description?: string): MethodDecorator {
  return applyDecorators(
    HttpCode(HttpStatus.OK),
    ApiOperation({ summary, ...(description ? { description } : {}) }),
    ApiOkResponse({ standardSchema: reply, description: summary }),
  );
}

/** The same for a route that sends a command: it may be repeated under its key. */
export function Executes(reply: z.ZodType, summary: string, description?: string): MethodDecorator {
  return applyDecorators(
    Answers(reply, summary, description),
    ApiHeader({
      name: IDEMPOTENCY_HEADER,
      description:
        'Any text, new for each thing to do. Sent again with the same request, it has no second effect and gets the same answer.',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    }),
  );
}
