import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseLadder, type Ladder } from './ladder.js';

/** Every ladder of a folder by its code. @throws Error naming file, line and path of each problem */
export function loadLadders(folder: string): ReadonlyMap<string, Ladder> {
  const ladders = new Map<string, Ladder>();
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.yaml'))) {
    const file = join(folder, name);
    const parsed = parseLadder(readFileSync(file, 'utf8'));
    if (!parsed.ok) {
      throw new Error(
        parsed.problems
          .map((problem) => `${file}:${String(problem.line)}:${String(problem.column)} ${problem.path}: ${problem.message}`)
          .join('\n'),
      );
    }
    ladders.set(parsed.ladder.code, parsed.ladder);
  }
  return ladders;
}
