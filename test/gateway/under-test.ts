import { ConsoleLogger, Controller, Module, type INestMicroservice } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import request from 'supertest';
import { SystemClock } from '#calendar';
import { Env, gatewayEnv, loadEnv } from '#config';
import { handledBy, type Service, type ServiceStatus } from '#contracts';
import { createService, On, type Message } from '#messaging';
import { AppModule } from '../../apps/gateway/src/app.module.js';
import { configure } from '../../apps/gateway/src/http/configure.js';

export const TOKEN = 'a-token-that-only-this-test-knows';
export const SEAL_KEY = Buffer.alloc(32, 7).toString('base64');

interface Wire {
  readonly redisUrl: string;
  readonly prefix: string;
}

/** The real gateway on a free port. */
export async function startGateway(wire: Wire, more: Readonly<Record<string, string>> = {}) {
  const values = loadEnv(gatewayEnv, {
    REDIS_URL: wire.redisUrl,
    QUEUE_PREFIX: wire.prefix,
    SEAL_KEY,
    ADMIN_TOKEN: TOKEN,
    PORT: '0',
    ATTACHMENTS_DIR: join(tmpdir(), 'dondoc-no-attachments'),
    ...more,
  });
  const module = await Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(Env)
    .useValue(new Env(values))
    .compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false, return503OnClosing: true });
  configure(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    app,
    url,
    /** As somebody who holds the token. */
    get: (path: string) => request(url).get(path).set('Authorization', `Bearer ${TOKEN}`),
    post: (path: string) => request(url).post(path).set('Authorization', `Bearer ${TOKEN}`),
    close: () => app.close(),
  };
}

/** What a service of a test answers, by the name of the message. It may be changed while the service runs. */
export type Answers = Record<string, (payload: never, message: Message) => unknown>;

/** A real service on its real lanes, whose handlers are the test's. */
export async function startService(service: Service, answers: Answers, wire: Wire): Promise<INestMicroservice> {
  class Consumer {
    readonly of = service;
  }
  for (const contract of handledBy(service)) {
    const handle = async (payload: unknown, message: Message): Promise<unknown> => {
      const answer = answers[contract.name];
      if (!answer) throw new Error(`this test has no answer to ${contract.name}`);
      return await answer(payload as never, message);
    };
    const descriptor: TypedPropertyDescriptor<never> = { value: handle as never, writable: true, configurable: true };
    Object.defineProperty(Consumer.prototype, contract.name, descriptor);
    On(contract)(Consumer.prototype, contract.name, descriptor);
  }
  Controller()(Consumer);
  class ServiceModule {
    readonly of = service;
  }
  Module({ controllers: [Consumer] })(ServiceModule);
  const app = await createService(ServiceModule, {
    ...wire,
    service,
    clock: new SystemClock(),
    logger: new ConsoleLogger({ logLevels: [] }),
  });
  await app.listen();
  return app;
}

export const statusOf = (service: Service, more: Partial<ServiceStatus> = {}): ServiceStatus => ({
  service,
  version: '0.1.0',
  startedAt: '2020-06-01T00:00:00Z',
  businessTime: '2020-06-01T00:00:00Z',
  database: 'up',
  gauges: [],
  ...more,
});

/** A road to Redis that can be closed and opened again. */
export async function roadTo(redisUrl: string) {
  const { hostname, port } = new URL(redisUrl);
  const sockets = new Set<Socket>();
  let open = true;
  const server = createServer((near) => {
    if (!open) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const cut = () => {
    open = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: () => {
      open = true;
    },
    close: () => {
      cut();
      return new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}
