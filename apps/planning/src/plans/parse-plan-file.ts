import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { WorkingCalendar } from '#calendar';
import { checkPlanFile, type Finding } from './check-plan-file.js';
import { planFileSchema, type PlanFile } from './plan-file.js';

/** One fault of a plan file, where a person finds it. Lines and columns count from 1. */
export interface PlanFileError {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

export type ParsedPlanFile =
  { readonly ok: true; readonly plan: PlanFile } | { readonly ok: false; readonly errors: readonly PlanFileError[] };

/** Characters. A plan of a city with all its agencies is far below it. */
export const PLAN_FILE_LIMIT = 1_000_000;
const MOST_ERRORS = 100;

/** A plan from its file's text, or every fault at its line and path. Pure; nothing of the text is executed or looked up. */
export function parsePlanFile(text: string, ladders: ReadonlySet<string>, calendar: WorkingCalendar): ParsedPlanFile {
  if (text.length > PLAN_FILE_LIMIT) {
    return {
      ok: false,
      errors: [
        {
          line: 1,
          column: 1,
          path: '',
          message: `the file has ${String(text.length)} characters, the limit is ${String(PLAN_FILE_LIMIT)}`,
        },
      ],
    };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, strict: true });
  const place = (offset: number, path: string, message: string): PlanFileError => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, path, message };
  };
  if (document.errors.length > 0)
    return {
      ok: false,
      errors: document.errors.slice(0, MOST_ERRORS).map((error) => place(error.pos[0], '', `not YAML: ${error.message}`)),
    };
  const value = plainValue(document);
  if (!value.ok) return { ok: false, errors: [place(0, '', value.message)] };
  const shape = planFileSchema.safeParse(value.value);
  const findings: Finding[] = shape.success
    ? checkPlanFile(shape.data, ladders, calendar)
    : shape.error.issues.map((issue) => ({ path: issue.path.filter((part) => typeof part !== 'symbol'), message: issue.message }));
  if (shape.success && findings.length === 0) return { ok: true, plan: shape.data };
  const errors = findings.map(({ path, message }) => place(offsetOf(document, path), path.join('.'), message));
  return { ok: false, errors: errors.sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MOST_ERRORS) };
}

/** Aliases are followed at most a hundred times: a "billion laughs" file is a fault, not a full memory. */
function plainValue(document: Document): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: 100 }) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : 'cannot be read' };
  }
}

/** Where the path is in the text; a missing key is shown at the nearest thing around it. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
