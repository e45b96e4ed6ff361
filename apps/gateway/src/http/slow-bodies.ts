import { HttpStatus } from '@nestjs/common';
import type { Next, Request, Response } from './exchange.js';

/**
 * Gives up a body that trickles in: it is answered 408 and its connection ends. Node's own limit is one for all requests and has to be that of files.
 * @param within real milliseconds from the head of the request to the end of its body
 * @param mayTakeLonger requests to which only Node's limit applies
 */
export function slowBodies(within: number, mayTakeLonger: (request: Request) => boolean) {
  return (request: Request, response: Response, next: Next): void => {
    if (!mayTakeLonger(request)) {
      const timer = setTimeout(() => {
        if (request.complete) return;
        if (!response.headersSent) response.writeHead(HttpStatus.REQUEST_TIMEOUT, { Connection: 'close' });
        response.end(() => request.destroy());
      }, within);
      request.once('close', () => {
        clearTimeout(timer);
      });
    }
    next();
  };
}
