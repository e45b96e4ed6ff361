import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Ladder } from './ladder.js';
import { parseLadder } from './parse-ladder.js';

/**
 * Every ladder of a folder by its code. Reads once, at start.
 * @throws LadderFileError naming file, line and path of each problem
 * @throws Error when a file is not named for the code of its ladder, so no two files can hold one code
 */
export function loadLadders(folder: string): ReadonlyMap<string, Ladder> {
  const ladders = new Map<string, Ladder>();
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.yaml'))) {
    const file = join(folder, name);
    const ladder = parseLadder(readFileSync(file, 'utf8'), file);
    if (ladder.code !== basename(name, '.yaml')) throw new Error(`${file} holds the ladder ${ladder.code}: name it ${ladder.code}.yaml`);
    ladders.set(ladder.code, ladder);
  }
  return ladders;
}
