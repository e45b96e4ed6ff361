/* node tools/new-migration.mjs <service> <name>: the next migration, from the snapshot of the last one to schema.prisma. Hand-written SQL is added after. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from './parts/postgres.mjs';
import { differenceBetween } from './parts/schema-engine.mjs';
import { databaseServices, root } from './parts/services.mjs';

const [service, name] = process.argv.slice(2);
if (!service || !name || !databaseServices.includes(service) || !/^[a-z][a-z0-9_]*$/.test(name)) {
  process.stderr.write(`Usage: node tools/new-migration.mjs <${databaseServices.join('|')}> <name_in_lower_case>\n`);
  process.exit(2);
}

const schema = join(root, 'prisma', service, 'schema.prisma');
const migrations = join(root, 'prisma', service, 'migrations');
const snapshot = join(migrations, 'snapshot.prisma');
const first = !existsSync(snapshot);
const scratch = await mkdtemp(join(tmpdir(), 'dondoc-migration-'));
const postgres = await startPostgres({ folder: join(scratch, 'data'), password: 'migration', durable: false, persistent: false });
const sql = await differenceBetween(postgres.url, first ? null : readFileSync(snapshot, 'utf8'), readFileSync(schema, 'utf8')).finally(() =>
  postgres.stop(),
);
await rm(scratch, { recursive: true, force: true });
if (sql.trim() === '' || sql.includes('This is an empty migration')) {
  process.stdout.write(`${service}: schema.prisma is as the last migration left it\n`);
  process.exit(0);
}
const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
const folder = join(migrations, `${stamp}_${name}`);
mkdirSync(folder, { recursive: true });
const hand = first ? `\n${readFileSync(join(root, 'libs/messaging/messaging-tables.sql'), 'utf8')}` : '';
writeFileSync(join(folder, 'migration.sql'), sql + hand);
writeFileSync(join(migrations, 'migration_lock.toml'), 'provider = "postgresql"\n');
copyFileSync(schema, snapshot);
process.stdout.write(`Written: ${join(folder, 'migration.sql')}\n`);
