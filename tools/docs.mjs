/* Writes the generated pages and missing golden samples: the same tests that check them write them when UPDATE_DOCS is set. */
import { spawnSync } from 'node:child_process';
import { jestCommand } from './parts/jest.mjs';

const { status } = spawnSync(
  process.execPath,
  [...jestCommand, '--selectProjects', 'unit', 'architecture', '--testPathPatterns', 'contracts/', 'doc', 'schema', 'plan-file'],
  { stdio: 'inherit', env: { ...process.env, UPDATE_DOCS: '1' } },
);
process.exitCode = status ?? 1;
