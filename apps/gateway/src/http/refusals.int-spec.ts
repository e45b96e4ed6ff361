import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import request from 'supertest';
import { testStack, type TestStack } from '#testing';
import { startGateway, TOKEN } from '../../../../test/gateway/under-test.js';
import { operationsOf } from './openapi.js';
import type { OpenAPIObject } from '@nestjs/swagger';

const ID = '6f9b3a0e-58c2-4a52-b6a5-5b2a5a3b7c11';
const forged = [
  'wrong',
  `${TOKEN}x`,
  'eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhZG1pbiIsImV4cCI6NDEwMjQ0NDgwMH0.',
  'eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE1OTA5NzMyMDB9.c2lnbmF0dXJl',
];

describe('what the gateway refuses by itself', () => {
  let stack: TestStack;
  let gateway: Awaited<ReturnType<typeof startGateway>>;

  beforeAll(async () => {
    stack = await testStack();
    gateway = await startGateway(stack);
  });
  afterAll(async () => {
    await gateway.close();
    await stack.dispose();
  });

  it('is every route of the document, and every page, without a token', async () => {
    const { body } = await gateway.get('/api/openapi.json').expect(200);
    const routes = operationsOf(body as OpenAPIObject).map(([path, method]) => [method, path.replace(/\{\w+\}/g, ID)] as const);
    expect(routes.length).toBeGreaterThan(25);
    const pages = ['/api/openapi.json', '/api/docs', '/api/docs/', '/api/docs/swagger-ui.css', '/api/docs/swagger-ui-init.js', '/', '/x'];
    for (const [method, path] of [...routes, ...pages.map((page) => ['get', page] as const)]) {
      const { status, headers } = await request(gateway.url)[method](path);
      if (path === '/health/live') expect(status).toBe(200);
      else if (path === '/health/ready') expect(status).toBe(503);
      else {
        expect({ path, status }).toEqual({ path, status: 401 });
        expect(headers['content-type']).toContain('application/problem+json');
        expect(headers['www-authenticate']).toContain('Bearer');
      }
    }
  });

  it.each(forged)('is the token %s', async (token) => {
    const response = await request(gateway.url).get('/api/v1/plans').set('Authorization', `Bearer ${token}`).expect(401);
    expect(response.body).toMatchObject({ code: 'unauthorized', status: 401 });
  });

  it.each([
    ['get', '/api/v1/nothing', 404, 'route-not-found'],
    ['get', '/api/v2/plans', 404, 'route-not-found'],
    ['get', '/', 404, 'route-not-found'],
    ['delete', '/api/v1/plans', 405, 'method-not-allowed'],
    ['put', `/api/v1/reports/${ID}/submit`, 405, 'method-not-allowed'],
    ['get', '/api/v1/plans/%FF', 400, 'bad-request'],
    ['get', '/api/v1/plans/100', 422, 'invalid-request'],
    ['get', '/api/v1/plans?limit=0', 422, 'invalid-request'],
    ['get', "/api/v1/obligations?agency=SCT'%20OR%201=1--", 422, 'invalid-request'],
    ['get', '/api/v1/messages/not-an-id', 422, 'invalid-request'],
    ['get', '/api/v1/dead-letters/list?after=x', 422, 'invalid-request'],
  ] as const)('is %s %s: %d %s', async (method, path, status, code) => {
    const response = await request(gateway.url)[method](path).set('Authorization', `Bearer ${TOKEN}`).expect(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.body).toMatchObject({ status, code, instance: `urn:uuid:${String(response.headers['x-correlation-id'])}` });
    if (status === 405) expect(response.headers.allow).toMatch(/^(GET|POST)$/);
  });

  it('is a filter that does not exist, by its name', async () => {
    const response = await gateway.get('/api/v1/obligations?stat=open&overdu=true').expect(422);
    expect(response.body.errors).toEqual([
      { path: 'stat', message: 'is not known here' },
      { path: 'overdu', message: 'is not known here' },
    ]);
  });

  it('is a body of the wrong form, with every fault at its path', async () => {
    const response = await gateway
      .post(`/api/v1/obligations/${ID}/extend`)
      .send({ deadline: { word: 'SOON', date: '2020-13-01' }, reason: '  ', by: 'me' })
      .expect(422);
    const paths = (response.body.errors as { path: string }[]).map(({ path }) => path);
    expect(paths.sort()).toEqual(['by', 'deadline.date', 'deadline.word', 'reason']);
  });

  it.each([
    ['application/json', '{"reason": ', 400, 'malformed-json'],
    ['application/json', '[]', 422, 'invalid-request'],
    ['text/plain', '{"reason":"x"}', 415, 'unsupported-media-type'],
    ['application/x-www-form-urlencoded', 'reason=x', 415, 'unsupported-media-type'],
    ['application/json; charset=klingon', '{}', 415, 'unsupported-encoding'],
    ['application/json', JSON.stringify({ reason: 'x'.repeat(70_000) }), 413, 'body-too-large'],
  ])('is a body of %s: %.20s', async (type, body, status, code) => {
    const response = await gateway.post(`/api/v1/obligations/${ID}/waive`).set('Content-Type', type).send(body).expect(status);
    expect(response.body).toMatchObject({ code });
  });

  it('is a plan file as JSON, and an empty one', async () => {
    await gateway.post('/api/v1/plans/import').send({ yaml: 'x' }).expect(415);
    await gateway.post('/api/v1/plans/import').set('Content-Type', 'application/yaml').send('').expect(422);
  });

  it('is a list of nominations that is none: of another type, unreadable, too large, or without its terms', async () => {
    const terms = '?agency=SDL&legalBasis=state-task&basis=100/KH-UBND&noticeVersion=1';
    for (const target of [`courses/${ID}`, `classes/${ID}`]) {
      const post = (query: string, type = 'text/csv') =>
        gateway.post(`/api/v1/${target}/nominations/import${query}`).set('Content-Type', type);
      await post(terms, 'application/json').send('{}').expect(415);
      expect((await post(terms).send('a;b').expect(422)).body).toMatchObject({ code: 'sheet-no-header' });
      const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
      expect((await post(terms, xlsx).send(Buffer.from('PK')).expect(422)).body).toMatchObject({ code: 'sheet-not-readable' });
      await post(terms).send('x'.repeat(5_000_001)).expect(413);
      expect((await post('?agency=SDL').send('a;b').expect(422)).body).toMatchObject({ code: 'invalid-request' });
    }
  });

  it('is a plan file of 10 MB, whether its length is told or not, without keeping it', async () => {
    const told = await gateway
      .post('/api/v1/plans/import')
      .set('Content-Type', 'application/yaml')
      .send('x'.repeat(10_000_000))
      .expect(413);
    expect(told.body).toMatchObject({ code: 'body-too-large', detail: expect.stringContaining('1000000') });

    const before = process.memoryUsage().rss;
    const untold = httpRequest(`${gateway.url}/api/v1/plans/import`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/yaml' },
    });
    const status = new Promise<number | undefined>((resolve, reject) => {
      untold.once('error', reject);
      untold.once('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
    });
    const piece = Buffer.alloc(64 * 1024, 'x');
    await pipeline(Readable.from(Array.from({ length: 3200 }, () => piece)), untold);
    expect(await status).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  it('is a change by name and password, which only read', async () => {
    await request(gateway.url).get('/api/docs').auth('me', TOKEN).expect(200);
    await request(gateway.url).post(`/api/v1/reports/${ID}/accept`).auth('me', TOKEN).expect(401);
  });

  it('is an address that has guessed too often', async () => {
    const guesses = Array.from({ length: 40 }, (_, index) => `guess-${index}`);
    const statuses: number[] = [];
    for (const guess of guesses) {
      statuses.push((await request(gateway.url).get('/api/v1/plans').set('Authorization', `Bearer ${guess}`)).status);
    }
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    const refused = await gateway.get('/api/v1/plans').expect(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    await request(gateway.url).get('/health/live').expect(200);
  });
});
