import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseServices, root } from './services.mjs';

export const localFolder = join(root, '.local');
const secretsFile = join(localFolder, 'secrets.json');
const clockFile = join(localFolder, 'clock.json');

/** Throws away what earlier runs left. */
export function forget() {
  rmSync(localFolder, { recursive: true, force: true });
}

/** Secrets of this machine, made on the first start and readable by its user alone. @returns {{ postgres: string, adminToken: string, sealKey: string, passwords: Record<string, string> }} */
export function secrets() {
  mkdirSync(localFolder, { recursive: true });
  if (existsSync(secretsFile)) return JSON.parse(readFileSync(secretsFile, 'utf8'));
  const made = {
    postgres: randomBytes(18).toString('hex'),
    adminToken: randomBytes(24).toString('hex'),
    sealKey: randomBytes(32).toString('base64'),
    passwords: Object.fromEntries(databaseServices.map((service) => [service, randomBytes(18).toString('hex')])),
  };
  writeFileSync(secretsFile, JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
}

/** Business time at which the last rehearsal stopped, as an ISO instant. @returns {string | undefined} */
export function lastBusinessTime() {
  return existsSync(clockFile) ? JSON.parse(readFileSync(clockFile, 'utf8')).at : undefined;
}

/** @param {number} at Unix milliseconds */
export function rememberBusinessTime(at) {
  writeFileSync(clockFile, JSON.stringify({ at: new Date(at).toISOString() }));
}
