import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { schemaEngine } from './schema-engine.mjs';
import { databaseServices, root } from './services.mjs';

const identifier = (/** @type {string} */ name) => `"${name.replaceAll('"', '""')}"`;
const literal = (/** @type {string} */ text) => pg.escapeLiteral(text);

export const roleOf = (/** @type {string} */ service) => `dondoc_${service}`;

/** URL with which a service logs in. @param {string} adminUrl @param {string} service @param {string} password */
export function serviceUrl(adminUrl, service, password) {
  const url = new URL(adminUrl);
  url.username = roleOf(service);
  url.password = password;
  return url.href;
}

/**
 * Roles and schemas of all services. Idempotent; sets the given passwords.
 * @param {string} adminUrl @param {Record<string, string>} passwords by service
 */
export async function prepareRoles(adminUrl, passwords) {
  const template = readFileSync(join(root, 'prisma/roles.sql'), 'utf8');
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const service of databaseServices) {
      const password = passwords[service];
      if (!password) throw new Error(`no password for ${roleOf(service)}`);
      const values = {
        role: identifier(roleOf(service)),
        role_literal: literal(roleOf(service)),
        service: identifier(service),
        password: literal(password),
      };
      await client.query(template.replaceAll(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole));
    }
  } finally {
    await client.end();
  }
}

/** Applies the migrations of one service with its own role. @param {string} service @param {string} url @returns {Promise<string[]>} the names applied now */
export async function migrateService(service, url) {
  const baseDir = join(root, 'prisma', service, 'migrations');
  if (!existsSync(baseDir)) return [];
  const names = readdirSync(baseDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const engine = await schemaEngine({
    connectionString: url,
    schema: service,
    datamodels: [['schema.prisma', readFileSync(join(root, 'prisma', service, 'schema.prisma'), 'utf8')]],
  });
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: {
      baseDir,
      lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
      shadowDbInitScript: '',
      migrationDirectories: names.map((name) => ({
        path: name,
        migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: readFileSync(join(baseDir, name, 'migration.sql'), 'utf8') } },
      })),
    },
    filters: { externalTables: [], externalEnums: [] },
  });
  return appliedMigrationNames;
}

/**
 * Roles, schemas and migrations of all services. A second run applies nothing.
 * @param {string} adminUrl @param {Record<string, string>} passwords @returns {Promise<Record<string, string[]>>} applied names by service
 */
export async function migrateAll(adminUrl, passwords) {
  await prepareRoles(adminUrl, passwords);
  /** @type {Record<string, string[]>} */
  const applied = {};
  for (const service of databaseServices)
    applied[service] = await migrateService(service, serviceUrl(adminUrl, service, passwords[service] ?? ''));
  return applied;
}
