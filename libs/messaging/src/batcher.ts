/**
 * Group commit: concurrent calls become one. What is in hand when the batch is full, or when `waitMillis` of real time have passed, goes together.
 * A failed flush rejects each of its items; the next batch is not affected.
 */
export class Batcher<In, Out> {
  private waiting: { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }[] = [];
  private timer: NodeJS.Timeout | undefined;

  /** @param flush answers one result per item, in order */
  constructor(
    private readonly flush: (items: readonly In[]) => Promise<readonly Out[]>,
    private readonly limits: { readonly max: number; readonly waitMillis: number } = { max: 200, waitMillis: 5 },
  ) {}

  add(item: In): Promise<Out> {
    return new Promise<Out>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.waiting.length >= this.limits.max) this.go();
      else
        this.timer ??= setTimeout(() => {
          this.go();
        }, this.limits.waitMillis);
    });
  }

  private go(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length === 0) return;
    this.flush(batch.map(({ item }) => item)).then(
      (results) => {
        for (const [index, { resolve, reject }] of batch.entries()) {
          if (index < results.length) resolve(results[index] as Out);
          else reject(new Error(`a batch of ${String(batch.length)} answered ${String(results.length)} results`));
        }
      },
      (error: unknown) => {
        for (const { reject } of batch) reject(error);
      },
    );
  }
}
