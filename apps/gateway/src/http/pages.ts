import { type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { tap, type Observable } from 'rxjs';
import type { Request, Response } from './exchange.js';

/** Address of the next page: the same question, after the last thing of this page. Relative to the host that was asked. */
export function nextPage(originalUrl: string, cursor: string): string {
  const { pathname, searchParams } = new URL(originalUrl, 'http://localhost');
  searchParams.set('after', cursor);
  return `${pathname}?${searchParams.toString()}`;
}

function cursorOf(reply: unknown): string | undefined {
  if (typeof reply !== 'object' || reply === null || !('items' in reply) || !('next' in reply)) return undefined;
  return typeof reply.next === 'string' ? reply.next : undefined;
}

/** Says `Link: <…>; rel="next"` (RFC 8288) beside every page that is not the last. */
export class PageLinks implements NestInterceptor {
  intercept(context: ExecutionContext, handler: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    return handler.handle().pipe(
      tap((reply) => {
        const cursor = cursorOf(reply);
        if (cursor === undefined) return;
        const { originalUrl } = http.getRequest<Request>();
        http.getResponse<Response>().setHeader('Link', `<${nextPage(originalUrl, cursor)}>; rel="next"`);
      }),
    );
  }
}
