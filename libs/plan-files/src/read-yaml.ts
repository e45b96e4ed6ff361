import { isMap, isNode, isScalar, Lexer, LineCounter, parseDocument, visit, type Document, type Pair } from 'yaml';

/** One fault of a file, where a person finds it. Lines and columns count from 1. */
export interface FileFault {
  readonly line: number;
  readonly column: number;
  /** Keys and list positions from the top of the file, `tasks.1.lead`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

export type Path = readonly (string | number)[];

export interface YamlFile {
  readonly value: unknown;
  /** A fault at a path; what is missing is shown at the nearest thing around it. */
  readonly fault: (path: Path, message: string) => FileFault;
}

/** Characters. A plan of a city with all its agencies is far below it. */
export const FILE_LIMIT = 1_000_000;
/** A plan file is five levels deep. What is far deeper is an attack on the reader, not a plan. */
const DEEPEST = 20;
const tooDeep = `nested more than ${String(DEEPEST)} levels deep: no plan is`;
/** Nesting, of brackets or by indentation, that the parser surely bears. */
const BEARABLE = 100;
const MOST_KEYS = 100;
const MOST_ALIASES = 100;

/** YAML text as plain values, or its faults. Pure; bounded in size, depth and repetition; tags and aliases run nothing and look nothing up. */
export function readYaml(text: string): { ok: true; file: YamlFile } | { ok: false; faults: readonly FileFault[] } {
  if (text.length > FILE_LIMIT) {
    const message = `the file has ${String(text.length)} characters, the limit is ${String(FILE_LIMIT)}`;
    return { ok: false, faults: [{ line: 1, column: 1, path: '', message }] };
  }
  if (overflows(text)) return { ok: false, faults: [{ line: 1, column: 1, path: '', message: tooDeep }] };
  const lines = new LineCounter();
  // Keys that occur twice are found below: the parser's own search compares each with each.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, strict: true });
  const place = (offset: number, path: Path, message: string): FileFault => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, path: path.join('.'), message };
  };
  const faults = faultsOf(document).map(({ offset, path, message }) => place(offset, path, message));
  if (faults.length > 0) return { ok: false, faults };
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { ok: true, file: { value, fault: (path, message) => place(offsetOf(document, path), path, message) } };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, faults: [place(0, [], `its aliases cannot be followed (${why}): write the values out`)] };
  }
}

/**
 * Whether the parser, which descends by recursion, could run out of stack. Not left to it: an overflow in the wrong place ends the process instead of
 * throwing. The lexer walks brackets without recursion, but indicators on one line (`- - -`) by it, so those are counted in the raw text.
 */
function overflows(text: string): boolean {
  if (/(?:[-?:][ \t]+){20}/.test(text) || new RegExp(`^[ \\t]{${String(BEARABLE)}}`, 'm').test(text)) return true;
  let level = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') level += 1;
    else if (token === ']' || token === '}') level -= 1;
    if (level > BEARABLE) return true;
  }
  return false;
}

interface Found {
  readonly offset: number;
  readonly path: Path;
  readonly message: string;
}

function faultsOf(document: Document.Parsed): Found[] {
  if (document.errors.length > 0)
    return document.errors.map((error) => ({ offset: error.pos[0], path: [], message: `not YAML: ${error.message}` }));
  return structureFaults(document);
}

/** Faults of form that YAML itself allows. */
function structureFaults(document: Document.Parsed): Found[] {
  const found: Found[] = [];
  visit(document, {
    Collection: (_, node, above) => {
      const offset = node.range?.[0] ?? 0;
      if (above.filter((one) => isNode(one)).length > DEEPEST) {
        found.push({ offset, path: [], message: tooDeep });
        return visit.BREAK;
      }
      if (!isMap(node)) return undefined;
      if (node.items.length > MOST_KEYS) {
        found.push({
          offset,
          path: [],
          message: `${String(node.items.length)} keys in one place: a plan has at most ${String(MOST_KEYS)}`,
        });
        return visit.BREAK;
      }
      found.push(...keyFaults(node.items));
      return undefined;
    },
  });
  return found;
}

function keyFaults(pairs: readonly Pair[]): Found[] {
  const seen = new Set<string>();
  return pairs.flatMap(({ key }) => {
    const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
    if (!isScalar(key)) return [{ offset, path: [], message: 'a key must be a single word' }];
    const name = String(key.value);
    if (seen.has(name)) return [{ offset, path: [name], message: `"${name}" stands here twice: keep one of the two` }];
    seen.add(name);
    return [];
  });
}

function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
