import { Redis } from 'ioredis';

/** Every key under a prefix with all that it holds, as text. */
export async function redisDump(redisUrl: string, prefix: string): Promise<string[]> {
  const line = new Redis(redisUrl);
  try {
    const found: string[] = [];
    for (let cursor: string | undefined; cursor !== '0';) {
      const [next, keys] = await line.scan(cursor ?? '0', 'MATCH', `${prefix}*`, 'COUNT', 1000);
      for (const key of keys) found.push(`${key} ${JSON.stringify(await valueOf(line, key))}`);
      cursor = next;
    }
    return found;
  } finally {
    line.disconnect();
  }
}

async function valueOf(line: Redis, key: string): Promise<unknown> {
  const type = await line.type(key);
  switch (type) {
    case 'string':
      return line.get(key);
    case 'hash':
      return line.hgetall(key);
    case 'list':
      return line.lrange(key, 0, -1);
    case 'set':
      return line.smembers(key);
    case 'zset':
      return line.zrange(key, '0', '-1');
    case 'stream':
      return line.xrange(key, '-', '+');
    case 'none':
      return null; // gone between the two questions
    default:
      throw new Error(`${key} is a ${type}: read it too`);
  }
}
