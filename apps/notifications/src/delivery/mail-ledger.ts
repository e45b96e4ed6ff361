import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock, WorkingCalendar } from '#calendar';
import { mailRefused, type Mail, type PayloadOf } from '#contracts';
import { Batcher, Outbox, UnitOfWork } from '#messaging';
import { currentTrace, newTrace, withTrace, type Trace } from '#observability';
import type { Tx } from '../persistence/database.js';
import { hoursOf, withoutDropped, type Claim, type DeliveryState } from './delivery.js';
import { DeliveryRepository, type Dropped, type NewMessage, type Settled } from './delivery.repository.js';

type Refusal = PayloadOf<typeof mailRefused>;
export interface Ended extends Settled {
  readonly refusal: Refusal | null;
}
/** With the story it belongs to: a batch holds the ends of many. */
interface Told extends Ended {
  readonly trace: Trace;
}
interface Wanted {
  readonly id: string;
  readonly mail: Mail;
}
/** `after-hours`: office hours ended meanwhile. `over`: there is nothing left to send, or somebody else decided. */
export type Claimed = (Claim & { readonly mail: Mail }) | 'after-hours' | 'over';

/** Real milliseconds for which the end of a try is offered to the database: nobody else knows the mail server's answer. */
const SETTLE_WITHIN = 30_000;

/** The three writes of a delivery, each committed for all deliveries that need it at the same moment. */
@Injectable()
export class MailLedger {
  private readonly accepting: Batcher<NewMessage, DeliveryState | 'duplicate'>;
  private readonly claiming: Batcher<Wanted, Claimed>;
  private readonly settling: Batcher<Told, undefined>;

  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly deliveries: DeliveryRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly calendar: WorkingCalendar,
  ) {
    this.accepting = new Batcher((arrived) => this.acceptAll(arrived));
    this.claiming = new Batcher((wanted) => this.claimAll(wanted));
    this.settling = new Batcher((ended) => this.settleAll(ended));
  }

  /** @returns the row's state, or `duplicate` when another message has its business key */
  accept(arrived: NewMessage): Promise<DeliveryState | 'duplicate'> {
    return this.accepting.add(arrived);
  }

  /** Puts a try on record, and takes out of the mail what need not be told any more. What is left of nothing is withdrawn or superseded. */
  claim(wanted: Wanted): Promise<Claimed> {
    return this.claiming.add(wanted);
  }

  /** Records how a try ended, through short outages of the database. Whatever is not recorded in the end is found in doubt. */
  async settle(ended: Ended): Promise<void> {
    const told = { ...ended, trace: currentTrace() ?? newTrace('service:notifications') };
    const deadline = performance.now() + SETTLE_WITHIN;
    for (let wait = 100; ; wait *= 2) {
      try {
        await this.settling.add(told);
        return;
      } catch (error) {
        if (performance.now() + wait > deadline) throw error;
        await pause(wait);
      }
    }
  }

  /** The recipient must not be written to any more. */
  withdraw(id: string, reason: string): Promise<void> {
    return this.deliveries.end([{ id, state: 'withdrawn', reason }]);
  }

  private async acceptAll(arrived: readonly NewMessage[]): Promise<(DeliveryState | 'duplicate')[]> {
    const fresh = await this.deliveries.accept(arrived);
    const known = arrived.filter(({ id }) => !fresh.has(id)).map(({ id }) => id);
    const states = known.length > 0 ? await this.deliveries.states(known) : new Map<string, DeliveryState>();
    return arrived.map(({ id, nextAttemptAt }) =>
      fresh.has(id) ? { state: 'queued', attempts: 0, nextAttemptAt, doubts: 0 } : (states.get(id) ?? 'duplicate'),
    );
  }

  private async claimAll(wanted: readonly Wanted[]): Promise<Claimed[]> {
    const at = this.clock.now();
    const mayLeave = wanted.filter(({ mail }) => hoursOf(mail, this.calendar).isOfficeHour(at));
    const open = new Set(mayLeave.map(({ id }) => id));
    if (open.size === 0) return wanted.map(() => 'after-hours');
    const dropped = await this.deliveries.dropped([...open]);
    const left = new Map(mayLeave.map(({ id, mail }) => [id, withoutDropped(mail, everything(dropped.get(id)))]));
    const ended = mayLeave.filter(({ id }) => left.get(id) === null).map(({ id }) => endOf(id, dropped.get(id)));
    if (ended.length > 0) await this.deliveries.end(ended);
    const claims = await this.deliveries.claim(
      mayLeave.filter(({ id }) => left.get(id) !== null).map(({ id }) => id),
      at,
    );
    return wanted.map(({ id }) => {
      if (!open.has(id)) return 'after-hours';
      const [claim, mail] = [claims.get(id), left.get(id)];
      // A message may be in several hands of one batch; only the first of them has the claim.
      return claim && mail && claims.delete(id) ? { ...claim, at, mail } : 'over';
    });
  }

  private async settleAll(ended: readonly Told[]): Promise<undefined[]> {
    const rows = ended.map(({ refusal: _, trace: __, ...row }) => row);
    const refusals = ended.flatMap(({ refusal, trace }) => (refusal ? [{ refusal, trace }] : []));
    if (refusals.length === 0) await this.deliveries.settle(rows);
    else
      await this.work.run(async (tx) => {
        await this.deliveries.settle(rows, tx);
        await this.deliveries.markRefused(
          tx,
          refusals.map(({ refusal }) => refusal.contactId),
        );
        for (const { refusal, trace } of refusals) await withTrace(trace, () => this.outbox.publish(tx, mailRefused, refusal));
      });
    return ended.map(() => undefined);
  }
}

function everything(dropped: Dropped | undefined): ReadonlySet<string> {
  return new Set([...(dropped?.settled ?? []), ...(dropped?.toldSince ?? [])]);
}

function endOf(id: string, dropped: Dropped | undefined): { id: string; state: 'withdrawn' | 'superseded'; reason: string } {
  return dropped && dropped.toldSince.size > 0
    ? { id, state: 'superseded', reason: 'newer mails to the same recipient tell everything' }
    : { id, state: 'withdrawn', reason: 'settled before the mail left' };
}
