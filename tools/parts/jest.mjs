import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './services.mjs';

/** How Node runs Jest here: ES modules, and threads of the tested code from TypeScript, too. The script comes last. */
export const jestCommand = [
  '--experimental-vm-modules',
  '--no-warnings',
  '--import',
  pathToFileURL(join(root, 'libs/testing/jest/typescript-threads.mjs')).href,
  join(root, 'node_modules/jest/bin/jest.js'),
];
