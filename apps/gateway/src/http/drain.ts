import type { Server } from 'node:http';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/** Real milliseconds in which requests that are in hand at a stop may end. */
const STOP_WITHIN = 10_000;

/** A stopping gateway takes no new request and finishes those in hand, within a bound: what is cut off then is safe to repeat. */
@Injectable()
export class Drain implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Drain.name);

  constructor(private readonly host: HttpAdapterHost) {}

  beforeApplicationShutdown(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    const cut = setTimeout(() => {
      this.logger.warn('Requests were still in hand at the end of the stop; they are cut off');
      server.closeAllConnections();
    }, STOP_WITHIN);
    server.once('close', () => {
      clearTimeout(cut);
    });
  }
}
