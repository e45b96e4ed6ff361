import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Handover, Mailer, OutgoingMail } from '../mail/mailer.js';

/** Failures in a row to reach the mail server, after which nobody tries any more. */
const PATIENCE = 3;
/** Real milliseconds between two knocks at a mail server that is away: doubled from the first to the ceiling. */
const KNOCKS = { first: 1_000, ceiling: 30_000 };

/**
 * The door to the mail server: a bounded number of mails at once, first come first served, so that a crash leaves few in doubt. Shut while the server is
 * away: mails wait unclaimed and use up no try; somebody knocks, without a mail, until it answers. Real time, whatever the business clock does.
 */
export class MailServerGate implements OnApplicationShutdown {
  private readonly logger = new Logger(MailServerGate.name);
  private free: number;
  private readonly waiting: (() => void)[] = [];
  private failures = 0;
  private knock: { readonly timer: NodeJS.Timeout; readonly at: number; readonly pause: number } | undefined;
  private stopped = false;

  constructor(
    private readonly mailer: Mailer,
    places: number,
    private readonly knocks = KNOCKS,
  ) {
    this.free = places;
  }

  /** Real milliseconds until it is worth asking again; 0 when the gate is open. */
  get shutFor(): number {
    return this.knock ? Math.max(100, this.knock.at - performance.now()) : 0;
  }

  /** Runs `work` when one of the places is free. */
  async enter<R>(work: () => Promise<R>): Promise<R> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }

  /** Hands a mail over, and learns from it whether the server is there. */
  async send(mail: OutgoingMail): Promise<Handover> {
    const handover = await this.mailer.send(mail);
    this.learn(handover);
    return handover;
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.knock?.timer);
  }

  private learn(handover: Handover): void {
    const away = handover.kind === 'unknown' || (handover.kind === 'retry' && !handover.reached);
    this.failures = away ? this.failures + 1 : 0;
    if (this.failures < PATIENCE || this.knock || this.stopped) return;
    this.logger.warn(`The mail server is away; mails wait: ${handover.answer}`);
    this.shut(this.knocks.first);
  }

  private shut(pause: number): void {
    const timer = setTimeout(() => void this.ask(), pause);
    this.knock = { timer, at: performance.now() + pause, pause };
  }

  private async ask(): Promise<void> {
    const there = await this.mailer.reachable();
    if (this.stopped) return;
    if (!there) {
      this.shut(Math.min(this.knocks.ceiling, (this.knock?.pause ?? this.knocks.first) * 2));
      return;
    }
    this.logger.log('The mail server is back');
    this.knock = undefined;
    this.failures = 0;
  }
}
