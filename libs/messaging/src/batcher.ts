import { setTimeout as pause } from 'node:timers/promises';

/** Real milliseconds that a batch waits to grow once calls come together: the round trips saved are worth far more. */
const LINGER = 15;

/**
 * Group commit: while one flush is under way the calls that arrive wait together and go with the next. A call that comes alone goes at once; under load
 * batches linger a moment to grow. A failed flush rejects each of its items; the next batch is not affected.
 */
export class Batcher<In, Out> {
  private readonly waiting: { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = [];
  private flushing = false;

  /** @param flush answers one result per item, in order */
  constructor(
    private readonly flush: (items: readonly In[]) => Promise<readonly Out[]>,
    private readonly max = 500,
  ) {}

  add(item: In): Promise<Out> {
    return new Promise<Out>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.flushing) return;
      this.flushing = true;
      // One turn of the event loop, so that calls made together go together.
      setImmediate(() => void this.drain());
    });
  }

  private async drain(): Promise<void> {
    let together = 1;
    while (this.waiting.length > 0) {
      if (together > 1 && this.waiting.length < this.max) await pause(LINGER);
      const batch = this.waiting.splice(0, this.max);
      together = batch.length;
      try {
        const results = await this.flush(batch.map(({ item }) => item));
        if (results.length !== batch.length)
          throw new Error(`a batch of ${String(batch.length)} answered ${String(results.length)} results`);
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Out);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.flushing = false;
  }
}
