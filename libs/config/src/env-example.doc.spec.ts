import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample } from './describe-env.js';

const FILE = join(import.meta.dirname, '../../../.env.example');

describe('.env.example', () => {
  it('explains every key that the processes read (npm run docs)', () => {
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(FILE, envExample());
    expect(existsSync(FILE) ? readFileSync(FILE, 'utf8') : '').toBe(envExample());
  });
});
