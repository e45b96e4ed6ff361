import { applyDecorators, HttpCode, HttpStatus } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { z } from 'zod';

/** Documents a route: what it does in one line, and the reply of the message behind it. */
export function Answers(reply: z.ZodType, summary: string, description?: string): MethodDecorator {
  return applyDecorators(
    HttpCode(HttpStatus.OK),
    ApiOperation({ summary, ...(description ? { description } : {}) }),
    ApiOkResponse({ standardSchema: reply, description: summary }),
  );
}
