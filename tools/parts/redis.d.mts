/** A private Redis on the loopback: nothing evicted, everything appended to disk unless `durable` is false. */
export function startRedis(options: {
  folder: string;
  port?: number;
  durable?: boolean;
  tell?: (message: string) => void;
}): Promise<{ url: string; stop: () => Promise<void>; pid: number }>;
