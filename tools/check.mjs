/*
 * The gate, one command: everything that needs no running service, in order of speed. Stops at the first step that fails.
 * `npm test` is the other half: it sets up PostgreSQL, Redis and mail by itself.
 */
import { spawnSync } from 'node:child_process';
import { jestCommand } from './parts/jest.mjs';

const steps = [
  ['generate the database clients', 'node', ['tools/generate.mjs']],
  ['format', 'npx', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['types', 'npx', ['tsc', '--noEmit', '-p', 'tsconfig.json']],
  ['lint', 'npx', ['eslint', '--max-warnings', '0', '.']],
  ['borders', 'npx', ['depcruise', '--config', '.dependency-cruiser.mjs', '--output-type', 'err', 'apps', 'libs']],
  ['mail templates compiled', 'node', ['tools/templates.mjs', '--check']],
  ['lock file whole', 'node', ['tools/lock-platforms.mjs', '--check']],
  ['unused code', 'npx', ['knip']],
  [
    'unit, architecture and contract tests, generated pages',
    process.execPath,
    [...jestCommand, '--selectProjects', 'unit', 'architecture', '--maxWorkers=100%'],
  ],
];

for (const [name, command, args] of steps) {
  const started = performance.now();
  process.stdout.write(`• ${name}\n`);
  const { status } = spawnSync(/** @type {string} */ (command), /** @type {string[]} */ (args), { stdio: 'inherit' });
  const took = ((performance.now() - started) / 1000).toFixed(1);
  if (status !== 0) {
    process.stderr.write(`✗ ${name} failed after ${took} s\n`);
    process.exit(status ?? 1);
  }
  process.stdout.write(`✓ ${name} (${took} s)\n`);
}
