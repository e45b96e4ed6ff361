import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { processes, root } from './services.mjs';

const mains = processes.map((service) => join(root, `dist/apps/${service}/src/main.js`));

/** @param {string} folder @returns {number} when the newest source below it was written */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    if (entry.name === 'generated') return latest;
    const path = join(folder, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }, 0);
}

/** Whether what is built is missing or older than its sources. */
export function isStale() {
  if (!mains.every(existsSync)) return true;
  const built = Math.min(...mains.map((main) => statSync(main).mtimeMs));
  const sources = ['apps', 'libs', 'prisma'].map((folder) => newest(join(root, folder)));
  return Math.max(...sources, statSync(join(root, 'package.json')).mtimeMs) > built;
}

/** Builds when it is needed. @throws {Error} with what the compiler said */
export function buildWhenStale() {
  if (!isStale()) return false;
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The build failed:\n${stdout}${stderr}`);
  return true;
}
