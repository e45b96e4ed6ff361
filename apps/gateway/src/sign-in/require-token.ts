import { HttpStatus } from '@nestjs/common';
import { isUnsafe, type Next, type Request, type Response } from '../http/exchange.js';
import { isLinkPage } from '../http/link-pages.js';
import { Refusal } from '../http/problem.js';
import { FailedAttempts } from './failed-attempts.js';
import { presentedIn, tokenCheck } from './token.js';

/** What is open without a token, by exact path. Beside it pages that links in mails lead to: what is neither is closed, whether it exists or not. */
const OPEN = new Set(['/health/live', '/health/ready']);
/** Pages that a person opens in a browser, which asks for name and password; elsewhere that question would disturb a console. */
const PAGES = /^\/(api\/docs(\/|$)|api\/openapi\.json$|obligations(\/|$)|plans\/)/;

/** What leads nowhere, or no longer, is a wrong token that somebody tried. */
const WRONG_LINK: ReadonlySet<number> = new Set([HttpStatus.NOT_FOUND, HttpStatus.GONE]);

/**
 * Closes everything but health and pages of links, before a body is read: routes, pages, files and addresses that do not exist. A link is its own token:
 * one that is wrong or old counts as a failed attempt, apart from those of the API, so that an old mail locks nobody out of that.
 *
 * Basic credentials are kept by browsers and sent along with requests that other sites cause, so they can read and never change anything.
 */
export function requireToken(rightToken: string, failed = new FailedAttempts(), failedLinks = new FailedAttempts()) {
  const isRight = tokenCheck(rightToken);

  return (request: Request, response: Response, next: Next): void => {
    if (OPEN.has(request.path) && !isUnsafe(request.method)) {
      next();
      return;
    }
    const address = request.ip ?? 'unknown';
    if (isLinkPage(request)) {
      mustNotGuess(failedLinks, address);
      response.once('finish', () => {
        if (WRONG_LINK.has(response.statusCode)) failedLinks.record(address);
      });
      next();
      return;
    }
    mustNotGuess(failed, address);
    const presented = presentedIn(request.headers.authorization);
    if (!presented) throw unauthorized(request, 'Send the header "Authorization: Bearer <token>".');
    if (!isRight(presented.token)) {
      failed.record(address);
      throw unauthorized(request, 'This token is not valid. Ask the operator for the current one.', 'invalid_token');
    }
    if (presented.scheme === 'basic' && isUnsafe(request.method)) {
      throw unauthorized(request, 'Name and password can only read. To change something send "Authorization: Bearer <token>".');
    }
    next();
  };
}

function mustNotGuess(failed: FailedAttempts, address: string): void {
  const wait = failed.waitFor(address);
  if (wait > 0) throw tooMany(wait);
}

function unauthorized(request: Request, detail: string, error?: string): Refusal {
  const bearer = `Bearer realm="dondoc"${error ? `, error="${error}"` : ''}`;
  // Browsers understand one challenge per header line.
  const challenges = PAGES.test(request.path) ? ['Basic realm="dondoc", charset="UTF-8"', bearer] : [bearer];
  return new Refusal({
    status: HttpStatus.UNAUTHORIZED,
    code: 'unauthorized',
    detail,
    headers: { 'WWW-Authenticate': challenges },
  });
}

function tooMany(seconds: number): Refusal {
  return new Refusal({
    status: HttpStatus.TOO_MANY_REQUESTS,
    code: 'too-many-attempts',
    detail: `Too many wrong tokens from this address. Try again in ${seconds} seconds.`,
    headers: { 'Retry-After': String(seconds) },
  });
}
