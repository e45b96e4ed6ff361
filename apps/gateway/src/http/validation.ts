import { HttpStatus, StandardSchemaValidationPipe } from '@nestjs/common';
import { z } from 'zod';
import { opened } from '#contracts';
import { Refusal } from './problem.js';

type Issues = Parameters<NonNullable<NonNullable<ConstructorParameters<typeof StandardSchemaValidationPipe>[0]>['exceptionFactory']>>[0];

const pathOf = (path: Issues[number]['path']): string =>
  (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');

/** Checks what route decorators name under `schema:`. Without it Nest documents the schema and validates nothing. */
export const validation = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) =>
    new Refusal({
      status: HttpStatus.UNPROCESSABLE_ENTITY,
      code: 'invalid-request',
      detail: 'The request does not have the form that is asked for here. Each fault is listed in "errors" with its path.',
      errors: issues.flatMap(faultsOf),
    }),
});

/** Names each unknown field by its own path, where zod names the object around them. */
function faultsOf(issue: Issues[number]): { path: string; message: string }[] {
  if ('keys' in issue && Array.isArray(issue.keys)) {
    return issue.keys.map((key) => ({ path: pathOf([...(issue.path ?? []), String(key)]), message: 'is not known here' }));
  }
  return [{ path: pathOf(issue.path), message: issue.message }];
}

/** The kind of a field below its `optional()` and `default()`. */
function kindOf(schema: z.core.$ZodType): string {
  const { type } = schema._zod.def;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return kindOf(schema.unwrap());
  return type;
}

function fromText(value: unknown, kind: string | undefined): unknown {
  if (typeof value !== 'string') return value;
  if (kind === 'number' && /^-?\d+$/.test(value)) return Number(value);
  if (kind === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/**
 * The query string that says a message's payload: the same fields and rules, numbers and truth values read from text, and every other
 * parameter refused, so that a mistyped filter never looks like an answer.
 */
export function queryOf<Shape extends z.core.$ZodShape>(schema: z.ZodObject<Shape>) {
  const kinds = new Map(Object.entries(schema.shape).map(([name, field]) => [name, kindOf(field)]));
  return z.preprocess(
    (query: unknown) =>
      typeof query === 'object' && query !== null
        ? Object.fromEntries(Object.entries(query).map(([name, value]) => [name, fromText(value, kinds.get(name))]))
        : {},
    opened(schema.strict()),
  );
}

/**
 * A JSON body that says a payload, or what is left of it beside the path. No body at all is an empty object; unknown fields are refused. What travels sealed
 * further on is said in the clear here.
 */
export function bodyOf<Shape extends z.core.$ZodShape>(schema: z.ZodObject<Shape>) {
  return z.preprocess((body: unknown) => body ?? {}, opened(schema.strict()));
}
