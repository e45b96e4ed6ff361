/*
 * Creates roles and schemas and applies what is missing, then ends. DATABASE_URL is an administrator's; DB_PASSWORD_<SERVICE> are the passwords that
 * the services log in with.
 */
import { migrateAll } from './parts/migrations.mjs';
import { databaseServices } from './parts/services.mjs';

const url = process.env.DATABASE_URL;
const missing = databaseServices.map((service) => `DB_PASSWORD_${service.toUpperCase()}`).filter((key) => !process.env[key]);
if (!url || missing.length > 0) {
  process.stderr.write(`Set ${[...(url ? [] : ['DATABASE_URL (an administrator of the database)']), ...missing].join(', ')}.\n`);
  process.exit(2);
}
const passwords = Object.fromEntries(
  databaseServices.map((service) => [service, process.env[`DB_PASSWORD_${service.toUpperCase()}`] ?? '']),
);
const applied = await migrateAll(url, passwords);
for (const [service, names] of Object.entries(applied)) {
  process.stdout.write(`${service}: ${names.length === 0 ? 'nothing to apply' : `applied ${names.join(', ')}`}\n`);
}
