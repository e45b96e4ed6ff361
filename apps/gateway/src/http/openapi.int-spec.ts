import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { testStack, type TestStack } from '#testing';
import { startGateway } from '../../../../test/gateway/under-test.js';
import { operationsOf } from './openapi.js';

/** Every `$ref` below a value. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => (key === '$ref' ? [String(below)] : referencesIn(below)));
}

function resolve(document: unknown, reference: string): unknown {
  return reference
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
}

describe('the OpenAPI document', () => {
  let stack: TestStack;
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  let document: OpenAPIObject;

  beforeAll(async () => {
    stack = await testStack();
    gateway = await startGateway(stack);
    document = (await gateway.get('/api/openapi.json').expect(200)).body as OpenAPIObject;
  });
  afterAll(async () => {
    await gateway.close();
    await stack.dispose();
  });

  it('is OpenAPI 3.1 whose references all lead somewhere', () => {
    expect(document.openapi).toBe('3.1.0');
    const broken = referencesIn(document).filter((reference) => resolve(document, reference) === undefined);
    expect(broken).toEqual([]);
  });

  it('has schemas that a validator understands', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'document', ...document });
    for (const name of Object.keys(document.components?.schemas ?? {})) {
      expect(typeof ajv.compile({ $ref: `document#/components/schemas/${name}` })).toBe('function');
    }
    const isProblem = ajv.compile({ $ref: 'document#/components/schemas/Problem' });
    expect(isProblem({ type: 'a', title: 'b', status: 404, detail: 'c', instance: 'd', code: 'e' })).toBe(true);
    expect(isProblem({ type: 'a' })).toBe(false);
  });

  it('describes every operation: id, summary, tag, answer and refusals', () => {
    const operations = operationsOf(document);
    const ids = operations.map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [path, method, operation] of operations) {
      const where = `${method} ${path}`;
      expect({ where, summary: operation.summary }).toEqual({ where, summary: expect.stringMatching(/^[A-Z].{5,}/) });
      expect({ where, tags: operation.tags }).toEqual({ where, tags: [expect.any(String)] });
      expect({ where, ok: resolve(operation.responses, '#/200') }).toEqual({
        where,
        ok: expect.objectContaining({ content: expect.anything() }),
      });
      const problems = Object.values(operation.responses).filter((response) => JSON.stringify(response).includes('problem+json'));
      expect({ where, problems: problems.length > 0 }).toEqual({ where, problems: true });
    }
  });

  it('asks for the token everywhere but at health', () => {
    expect(document.security).toEqual([{ bearer: [] }]);
    for (const [path, method, { security }] of operationsOf(document)) {
      const open = path.startsWith('/health/');
      expect({ path, method, security }).toEqual({ path, method, security: open ? [{}] : undefined });
    }
  });

  it('offers an Idempotency-Key with every command', () => {
    const commands = operationsOf(document).filter(([path, method]) => method === 'post' && !path.includes('dead-letters'));
    expect(commands.length).toBeGreaterThanOrEqual(7);
    for (const [path, , { parameters }] of commands) {
      expect({ path, parameters }).toEqual({
        path,
        parameters: expect.arrayContaining([expect.objectContaining({ name: 'Idempotency-Key', in: 'header' })]),
      });
    }
  });

  it('shows sealed values as the text that is inside', () => {
    expect(resolve(document, '#/components/schemas/Agency/properties/contacts/items/properties/email')).toEqual({ type: 'string' });
    const body = JSON.stringify(document.paths['/api/v1/trainers']?.post?.requestBody);
    expect(body).toContain('"email":{"type":"string","format":"email"}');
    expect(JSON.stringify(document)).not.toMatch(/sealed\\*\./);
  });

  it('is drawn as a page whose every part comes from here', async () => {
    const page = await gateway.get('/api/docs').expect(200);
    const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part]) => String(part));
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) {
      expect(part).toMatch(/^\.\/docs\//);
      await gateway.get(part.replace('./', '/api/')).expect(200);
    }
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  });
});
