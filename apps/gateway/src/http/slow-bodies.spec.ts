import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request } from './exchange.js';
import { slowBodies } from './slow-bodies.js';

describe('a body that trickles in', () => {
  const give = slowBodies(150, (request) => request.method === 'PUT');
  const server = createServer((incoming, response) => {
    give(incoming as Request, response, () => {
      // As a route does that reads its body first and answers then.
      incoming.resume().once('end', () => response.end('read'));
    });
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** @param after real milliseconds until the rest of the body is sent */
  const send = (method: string, after: number) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest({ method, port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false });
      sent.once('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.once('error', reject);
      sent.write('{');
      setTimeout(() => sent.end('}'), after).unref();
    });

  it('is given up, unless it may take longer', async () => {
    expect(await Promise.all([send('POST', 0), send('POST', 5_000), send('PUT', 600)])).toEqual([200, 408, 200]);
  });
});
