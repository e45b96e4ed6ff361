import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { ladderSchema, type Ladder } from './ladder.js';

/** Lines and columns count from 1. */
export interface LadderProblem {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

/** Everything wrong with one ladder file, each at its line and path. */
export class LadderFileError extends Error {
  override readonly name = 'LadderFileError';
  readonly code = 'ladder-file-invalid';

  constructor(
    readonly fileName: string,
    readonly problems: readonly LadderProblem[],
  ) {
    super(
      problems
        .map(
          ({ line, column, path, message }) => `${fileName}:${String(line)}:${String(column)} ${path === '' ? '' : `${path}: `}${message}`,
        )
        .join('\n'),
    );
  }
}

/**
 * A ladder from its file's text. Pure.
 * @param fileName only named in errors
 * @throws LadderFileError with every problem
 */
export function parseLadder(yamlText: string, fileName: string): Ladder {
  const lines = new LineCounter();
  const document = parseDocument(yamlText, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, path: string, message: string): LadderProblem => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, path, message };
  };
  if (document.errors.length > 0)
    throw new LadderFileError(
      fileName,
      document.errors.map((error) => at(error.pos[0], '', `not YAML: ${error.message}`)),
    );
  const parsed = ladderSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throw new LadderFileError(
    fileName,
    parsed.error.issues.map(({ path, message }) => at(offsetOf(document, path), path.join('.'), message)),
  );
}

/** Where the path is in the text; a missing key is shown at the nearest thing around it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
