/*
 * Makes the database client of each service from its schema.prisma, into apps/<service>/src/generated/prisma. Nothing is downloaded: the generator
 * is WebAssembly, and the CLI only wants to see that some engine binary exists.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseServices, root } from './parts/services.mjs';

const force = process.argv.includes('--force');

/** @param {string} service */
async function generate(service) {
  const schema = join(root, 'prisma', service, 'schema.prisma');
  const output = join(root, 'apps', service, 'src/generated/prisma');
  const stamp = join(output, '.schema-digest');
  const digest = createHash('sha256')
    .update(readFileSync(schema))
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  await prisma(['generate', '--schema', schema]);
  writeFileSync(stamp, digest);
}

/** @param {string[]} args @returns {Promise<void>} */
function prisma(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/prisma/build/index.js'), ...args], {
      cwd: root,
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`prisma ${args.join(' ')} failed:\n${said}`))));
  });
}

const outcomes = await Promise.allSettled(
  databaseServices.filter((service) => existsSync(join(root, 'prisma', service, 'schema.prisma'))).map(generate),
);
for (const outcome of outcomes) {
  if (outcome.status === 'rejected') {
    process.stderr.write(`${outcome.reason.message}\n`);
    process.exitCode = 1;
  }
}
