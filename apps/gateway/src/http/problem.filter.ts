import { Catch, HttpStatus, Logger, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { correlationIdOf } from './correlation.js';
import type { Request, Response } from './exchange.js';
import { isLinkPage } from './link-pages.js';
import { faultOf, problemOf, Refusal } from './problem.js';
import { problemPage } from '../links/problem-page.js';

/** Every error of every route leaves as a problem document; of pages that links in mails lead to as a page. `allowedOn` tells which methods a path has, so that a wrong one is 405, not 404. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly allowedOn: (path: string) => readonly string[]) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const fault = faultOf(error instanceof NotFoundException ? this.unrouted(request) : error);
    this.record(error, fault.status);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
    response.statusCode = fault.status;
    response.setHeader('Cache-Control', 'no-store');
    const problem = problemOf(fault, correlationIdOf(response));
    if (isLinkPage(request)) {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(problemPage(problem, /[?&]lang=en(&|$)/.test(request.originalUrl) ? 'en' : 'vi'));
      return;
    }
    response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
    response.end(JSON.stringify(problem));
  }

  /** A silent part is the operator's concern and heals by itself; anything else from 500 on is a fault to find. */
  private record(error: unknown, status: number): void {
    const seen = error instanceof Error ? error : new Error('thrown value', { cause: error });
    if (status === 503) this.logger.warn(seen.message);
    else if (status >= 500) this.logger.error(seen);
  }

  /** Only the router throws NotFoundException here: services say `not-found` as a domain error. */
  private unrouted({ method, path }: Request): Refusal {
    const allowed = this.allowedOn(path);
    if (allowed.length > 0) {
      const allow = allowed.join(', ');
      return new Refusal({
        status: HttpStatus.METHOD_NOT_ALLOWED,
        code: 'method-not-allowed',
        detail: `${method} is not possible here. Use ${allow}.`,
        headers: { Allow: allow },
      });
    }
    return new Refusal({
      status: HttpStatus.NOT_FOUND,
      code: 'route-not-found',
      detail: 'There is nothing under this address. All addresses are listed at /api/docs.',
    });
  }
}
