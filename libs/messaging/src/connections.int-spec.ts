import { createServer, connect, type Server } from 'node:net';
import { testStack, type TestStack } from '#testing';
import { connectionsTo } from './connections.js';

/** ReadyForQuery, idle: the server's last word before a connection may be used. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/** What a server says that ends a connection (57P01). */
function endingWords(): Buffer {
  const fields = Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

let stack: TestStack;
let road: Server;
let endings: number;

beforeAll(async () => {
  stack = await testStack();
  const to = new URL(stack.databaseUrl('training'));
  // The real server, except that the first connections end in the breath in which they become ready.
  road = createServer((client) => {
    const server = connect(Number(to.port), to.hostname);
    client.pipe(server);
    server.on('data', (said) => {
      const ends = endings > 0 && said.subarray(-READY.length).equals(READY);
      if (ends) endings -= 1;
      client.write(ends ? Buffer.concat([said, endingWords()]) : said);
      if (ends) client.end();
    });
    server.on('end', () => client.end());
    for (const side of [client, server]) side.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => road.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => road.close(resolve));
  await stack.dispose();
});

describe('a connection that its server ends while it is handed out', () => {
  it('is told to whoever got it, ends no process, and is replaced', async () => {
    endings = 1;
    const url = new URL(stack.databaseUrl('training'));
    url.port = String((road.address() as { port: number }).port);
    const connections = connectionsTo(url.href, 'training');
    const client = await connections.connect();
    const told = await client.query('SELECT 1').catch((error: unknown) => error);
    expect(told).toBeInstanceOf(Error);
    client.release(true);
    expect((await connections.query('SELECT current_schema() AS schema')).rows).toEqual([{ schema: 'training' }]);
    await connections.end();
  });
});
