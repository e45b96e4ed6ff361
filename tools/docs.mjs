/* Writes the generated pages and missing golden samples: the same tests that check them write them when UPDATE_DOCS is set. */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    'unit',
    'architecture',
    '--testPathPatterns',
    'contracts/',
    'doc',
    'schema',
    'plan-file',
  ],
  { stdio: 'inherit', env: { ...process.env, UPDATE_DOCS: '1' } },
);
process.exitCode = status ?? 1;
