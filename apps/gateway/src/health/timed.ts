/** An answer, or the reason why there is none, and how long it took in real milliseconds. */
export interface Timed<Value> {
  readonly ms: number;
  readonly answer: Value | undefined;
  readonly failure: unknown;
}

/** Asks, and stops waiting at the deadline (real milliseconds) whatever happens. Never throws: the failure is part of the answer. */
export async function timed<Value>(deadline: number, ask: () => Promise<Value>): Promise<Timed<Value>> {
  const startedAt = performance.now();
  const since = () => Math.round(performance.now() - startedAt);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${deadline} ms`));
    }, deadline);
  });
  try {
    return { answer: await Promise.race([ask(), late]), failure: undefined, ms: since() };
  } catch (failure) {
    return { answer: undefined, failure, ms: since() };
  } finally {
    clearTimeout(timer);
  }
}
