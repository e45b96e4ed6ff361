import type { z } from 'zod';
import { readYaml, type FileFault, type Path } from './read-yaml.js';

/** Something wrong, at its place in the file. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
}

export interface FaultyFile {
  readonly ok: false;
  readonly errors: readonly FileFault[];
  readonly total: number;
}

export type ParsedFile<Value> =
  | {
      readonly ok: true;
      readonly value: Value;
      /** The file's answer when what is stored does not go with it. */
      readonly refuse: (findings: readonly Finding[]) => FaultyFile;
    }
  | FaultyFile;

/** More than a person reads at once; `total` says how many there are. */
const MOST_ERRORS = 100;

/**
 * What a file says, or every fault at its line and path: an entry with a wrong shape does not hide what is wrong elsewhere. Only text that is not YAML at
 * all is answered with that alone. Pure.
 * @param check what may be wrong beyond the shape; it sees the file as it is, also where the shape is wrong
 * @param hint where the known keys stand, for whoever wrote another one
 */
export function parseFile<Shape extends z.ZodType>(
  text: string,
  shape: Shape,
  check: (value: unknown) => readonly Finding[],
  hint: string,
): ParsedFile<z.output<Shape>> {
  const read = readYaml(text);
  if (!read.ok) return refused(read.faults);
  const { value, fault } = read.file;
  const refuse = (findings: readonly Finding[]) => refused(findings.map(({ path, message }) => fault(path, message)));
  const parsed = shape.safeParse(value, { error: sayMissing });
  const findings = [...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => findingsOf(issue, hint))), ...check(value)];
  return parsed.success && findings.length === 0 ? { ok: true, value: parsed.data, refuse } : refuse(findings);
}

function refused(faults: readonly FileFault[]): FaultyFile {
  const errors = faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, errors: errors.slice(0, MOST_ERRORS), total: errors.length };
}

function sayMissing(issue: z.core.$ZodRawIssue): string | undefined {
  return issue.code === 'invalid_type' && issue.input === undefined ? 'is missing' : undefined;
}

function findingsOf(issue: z.core.$ZodIssue, hint: string): Finding[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...path, key], message: `unknown key "${key}": ${hint}` }));
}
