/*
 * `npm test`. With arguments: jest with these. Without: everything, in two rounds, and one closing line. What needs no quiet machine goes first, side by
 * side on all cores; the end-to-end tests follow one after the other, because they run whole systems against the clock.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { jestCommand } from './parts/jest.mjs';
import { root } from './parts/services.mjs';

const results = join(root, '.local/test-results');

/** @param {readonly string[]} args @returns {number} exit code */
function jest(args) {
  return spawnSync(process.execPath, [...jestCommand, ...args], { stdio: 'inherit', cwd: root }).status ?? 1;
}

/** @param {string} name @param {readonly string[]} args */
function round(name, args) {
  const outputFile = join(results, `${name}.json`);
  const status = jest([...args, '--json', `--outputFile=${outputFile}`]);
  const report = JSON.parse(readFileSync(outputFile, 'utf8'));
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return { passed: report.numPassedTests, failed: Math.max(failed, status === 0 ? 0 : 1), skipped: report.numPendingTests };
}

function everything() {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const rounds = [
    round('parts', ['--selectProjects', 'unit', 'architecture', 'integration', '--maxWorkers=100%']),
    round('systems', ['--selectProjects', 'e2e', '--runInBand']),
  ];
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) => rounds.reduce((total, one) => total + one[key], 0);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed${skipped}\n`);
  return sum('failed') > 0 || rounds.some(({ passed }) => passed === 0) ? 1 : 0;
}

const args = process.argv.slice(2);
process.exitCode = args.length > 0 ? jest(args) : everything();
