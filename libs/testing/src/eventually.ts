/**
 * Asks `probe` until it answers something true, and returns that.
 * @param options.within real milliseconds; after them it throws, with what `describe` says
 */
export async function eventually<T>(
  probe: () => T | Promise<T>,
  options: { readonly within?: number; readonly every?: number; readonly describe?: () => string } = {},
): Promise<NonNullable<T>> {
  const { within = 10_000, every = 25 } = options;
  const end = performance.now() + within;
  let last: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) break;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  throw new Error(
    `not within ${String(within)} ms: ${options.describe?.() ?? probe.toString()}; last: ${last instanceof Error ? (last.stack ?? last.message) : JSON.stringify(last)}`,
  );
}
