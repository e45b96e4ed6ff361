import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { Clock } from '#calendar';
import { mailRefused, type PayloadOf } from '#contracts';
import { Batcher, Outbox, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { RecipientRepository } from '../recipients/recipient.repository.js';
import type { DeliveryState } from './delivery.js';
import { DeliveryRepository, type NewMessage, type Settled } from './delivery.repository.js';

type Refusal = PayloadOf<typeof mailRefused>;
export interface Ended extends Settled {
  readonly refusal: Refusal | null;
}
interface Arrived {
  readonly message: Message;
  readonly draft: Omit<NewMessage, 'agencyCode'>;
}

/** Thrown for a recipient that no event has told of yet; the lane tries again. */
export class RecipientUnknownError extends Error {
  override readonly name = 'RecipientUnknownError';
}

/** The three writes of a delivery, each committed for all deliveries that need it at the same moment. */
@Injectable()
export class MailLedger {
  private readonly accepting: Batcher<Arrived, DeliveryState | 'duplicate' | 'stranger'>;
  private readonly claiming: Batcher<string, { attempt: number; at: Temporal.Instant; settled: ReadonlySet<string> } | undefined>;
  private readonly settling: Batcher<Ended, undefined>;

  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly deliveries: DeliveryRepository,
    private readonly recipients: RecipientRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {
    this.accepting = new Batcher((arrived) => this.acceptAll(arrived));
    this.claiming = new Batcher((ids) => this.claimAll(ids));
    this.settling = new Batcher((ended) => this.settleAll(ended));
  }

  /** @returns the row's state, or `duplicate` when another message has its business key. @throws RecipientUnknownError */
  async accept(arrived: Arrived): Promise<DeliveryState | 'duplicate'> {
    const state = await this.accepting.add(arrived);
    if (state === 'stranger') throw new RecipientUnknownError(`recipient ${arrived.draft.recipientId} is not known yet`);
    return state;
  }

  /** @returns undefined when the message is not queued any more */
  claim(id: string): Promise<{ attempt: number; at: Temporal.Instant; settled: ReadonlySet<string> } | undefined> {
    return this.claiming.add(id);
  }

  settle(ended: Ended): Promise<undefined> {
    return this.settling.add(ended);
  }

  private async acceptAll(arrived: readonly Arrived[]): Promise<(DeliveryState | 'duplicate' | 'stranger')[]> {
    const codes = await this.recipients.codes(arrived.map(({ draft }) => draft.recipientId));
    const known = arrived.filter(({ draft }) => codes.has(draft.recipientId));
    if (known.length > 0) {
      await this.work.onceEach(known, (tx, fresh) =>
        this.deliveries.accept(
          tx,
          fresh.map(({ draft }) => ({ ...draft, agencyCode: codes.get(draft.recipientId) ?? '' })),
        ),
      );
    }
    const states = await this.deliveries.states(known.map(({ draft }) => draft.id));
    return arrived.map(({ draft }) => (codes.has(draft.recipientId) ? (states.get(draft.id) ?? 'duplicate') : 'stranger'));
  }

  private async claimAll(
    ids: readonly string[],
  ): Promise<({ attempt: number; at: Temporal.Instant; settled: ReadonlySet<string> } | undefined)[]> {
    const at = this.clock.now();
    const claimed = await this.deliveries.claim(ids, at);
    const settled = await this.deliveries.settledOf([...claimed.keys()]);
    return ids.map((id) => {
      const attempt = claimed.get(id);
      return attempt === undefined ? undefined : { attempt, at, settled: settled.get(id) ?? new Set() };
    });
  }

  private async settleAll(ended: readonly Ended[]): Promise<undefined[]> {
    await this.work.run(async (tx) => {
      await this.deliveries.settle(
        tx,
        ended.map(({ refusal: _, ...row }) => row),
      );
      await this.outbox.publishAll(
        tx,
        mailRefused,
        ended.flatMap(({ refusal }) => (refusal ? [refusal] : [])),
      );
    });
    return ended.map(() => undefined);
  }
}
