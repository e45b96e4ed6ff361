/** Wrong tokens per address. Kept in this process: replicas count on their own, which only multiplies a very small number. */
export class FailedAttempts {
  private readonly windows = new Map<string, { count: number; endsAt: number }>();

  /** @param now monotonic milliseconds; technical time, not business time */
  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly limits = { attempts: 20, windowMs: 60_000, addresses: 10_000 },
  ) {}

  /** Whole seconds until the address may try again; 0 when it may. */
  waitFor(address: string): number {
    const window = this.windows.get(address);
    if (!window || window.count < this.limits.attempts) return 0;
    return Math.max(0, Math.ceil((window.endsAt - this.now()) / 1000));
  }

  record(address: string): void {
    const window = this.windows.get(address);
    if (window && window.endsAt > this.now()) {
      window.count += 1;
      return;
    }
    this.windows.delete(address);
    this.forgetOldest();
    this.windows.set(address, { count: 1, endsAt: this.now() + this.limits.windowMs });
  }

  /** A map keeps the order of insertion, and every window is equally long: the first is the first to end. */
  private forgetOldest(): void {
    if (this.windows.size < this.limits.addresses) return;
    const [oldest] = this.windows.keys();
    if (oldest !== undefined) this.windows.delete(oldest);
  }
}
