import { rm } from 'node:fs/promises';

export default async function globalTeardown() {
  const stack = globalThis.__dondocStack;
  globalThis.__dondocStack = undefined;
  if (!stack) return;
  await Promise.allSettled([stack.postgres.stop(), stack.redis.stop()]);
  await rm(stack.folder, { recursive: true, force: true });
}
