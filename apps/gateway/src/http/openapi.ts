import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { CORRELATION_HEADER } from './correlation.js';
import { problemSchema } from './problem.js';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
type ComponentsObject = NonNullable<OpenAPIObject['components']>;

type Schema = NonNullable<NonNullable<ComponentsObject['schemas']>[string]>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The document of all routes, made from the same contracts that check requests and replies. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const heading = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Đôn Đốc')
    .setDescription(
      'Chases what a government programme plan obliges agencies to do. Instants are ISO 8601 in UTC, days are yyyy-mm-dd in Asia/Ho_Chi_Minh. ' +
        'Every error is a problem document (RFC 9457) with a stable `code`. Lists are pages: follow `next`, or the `Link` header.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The ADMIN_TOKEN of the installation' }, 'bearer')
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, heading, {
    operationIdFactory: (_controller, method) => method,
    standardSchemaConverter: (schema, { schemaType }) => convert(schema, schemaType),
  });
  // zod and swagger type the same JSON Schema differently.
  const problem = convert(problemSchema, 'output')?.components as ComponentsObject['schemas'];
  const { schemas, ...components } = document.components ?? {};
  document.components = { ...components, schemas: { ...schemas, ...problem }, parameters };
  for (const [path, method, operation] of operationsOf(document)) complete(operation, path, method);
  return document;
}

/** Every route as path, method and description. */
export function operationsOf({ paths }: OpenAPIObject): [path: string, method: (typeof METHODS)[number], operation: Operation][] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [[path, method, operation] satisfies [string, typeof method, Operation]] : [];
    }),
  );
}

/** Which methods a path has; none when there is no such path. */
export function allowedMethods(document: OpenAPIObject): (path: string) => string[] {
  const routes = Object.entries(document.paths).map(([path, item]) => ({
    pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
    methods: METHODS.filter((method) => item[method]).map((method) => method.toUpperCase()),
  }));
  return (path) => [...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))];
}

/** JSON Schema as OpenAPI 3.1 uses it. Sealed values are codecs: callers see the text that is inside. */
function convert(schema: unknown, io: 'input' | 'output') {
  if (!(schema instanceof z.ZodType)) return undefined;
  const { $defs: components = {}, ...own } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema }) => {
      tidy(jsonSchema, io);
    },
  });
  delete own.$schema;
  return { schema: own, components };
}

/** Drops what a reader does not need: the pattern that a format already says, and bounds that are only JavaScript's. */
function tidy(schema: z.core.JSONSchema.BaseSchema, io: 'input' | 'output'): void {
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
}

const refusals: Readonly<Record<number, string>> = {
  400: 'The body is not JSON',
  401: 'No token, or a wrong one',
  404: 'There is no such thing',
  409: 'It has changed meanwhile, or its state does not allow this',
  413: 'The body is too large',
  415: 'The body is of another type',
  422: 'The request is understood and refused; each fault is listed',
  429: 'Too many wrong tokens',
  500: 'A fault of ours',
  502: 'The service behind this failed',
  503: 'A part of the system does not answer; repeat after Retry-After',
};

/** What every route of its kind has in common, so that controllers need not repeat it. */
function complete(operation: Operation, path: string, method: string): void {
  const isOpen = operation.security?.length === 0;
  const changes = method !== 'get';
  const statuses = [
    ...(isOpen ? [] : [401, 429, 502, 503]),
    ...(path.includes('{') ? [404] : []),
    ...(path.includes('{') || (operation.parameters ?? []).length > 0 || operation.requestBody ? [422] : []),
    ...(changes ? [400, 409, 413, 415, 422] : []),
    500,
  ];
  for (const status of new Set(statuses)) {
    operation.responses[String(status)] ??= {
      description: refusals[status] ?? 'Refused',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  sayWhatIsAFile(operation.responses['200']);
  operation.parameters = [...(operation.parameters ?? []), { $ref: `#/components/parameters/${CORRELATION_HEADER}` }];
}

/** A route that answers in several forms has one schema, that of its JSON; what is not JSON is bytes. */
function sayWhatIsAFile(answer: Operation['responses'][string] | undefined): void {
  if (answer === undefined || !('content' in answer) || answer.content['application/json'] === undefined) return;
  for (const [type, media] of Object.entries(answer.content)) {
    if (type !== 'application/json') media.schema = { type: 'string', contentMediaType: type } as Schema;
  }
}

const parameters: ComponentsObject['parameters'] & object = {
  [CORRELATION_HEADER]: {
    name: CORRELATION_HEADER,
    in: 'header',
    description: 'Joins this request to a story that began elsewhere; answered in the same header.',
    schema: { type: 'string', format: 'uuid' },
  },
};
