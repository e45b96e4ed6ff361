/*
 * Prisma's schema engine as WebAssembly, loaded from its npm package: no binary is downloaded, so migrations run on machines that reach only the
 * package registry.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

/** The stock adapter cuts a script at every semicolon, those in comments and function bodies too; PostgreSQL itself takes it whole. */
class WholeScripts extends PrismaPg {
  /** @override */
  async connect() {
    const connection = await super.connect();
    connection.executeScript = async (script) => {
      await connection.underlyingDriver().query(script);
    };
    return connection;
  }
}

/** @type {Promise<void> | undefined} */
let loaded;

async function load() {
  const package_ = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const bytes = readFileSync(package_.replace(/schema_engine\.js$/, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': /** @type {any} */ (engine) });
  engine.__wbg_set_wasm(instance.exports);
  /** @type {any} */ (instance.exports).__wbindgen_start();
}

/**
 * @param {{ connectionString: string, schema: string, datamodels?: [string, string][] }} options
 * @returns {Promise<import('@prisma/schema-engine-wasm').SchemaEngine>}
 */
export async function schemaEngine({ connectionString, schema, datamodels }) {
  loaded ??= load();
  await loaded;
  // The engine never closes its connections, and a database that has one cannot be cloned: idle ones go at once.
  const adapter = new WholeScripts({ connectionString, options: `-c search_path=${schema}`, idleTimeoutMillis: 50 }, { schema });
  return engine.SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapter));
}

/**
 * The SQL that leads from one datamodel to another.
 * @param {string} connectionString any PostgreSQL: the engine asks it for nothing but its version
 * @param {string | null} from @param {string} to
 */
export async function differenceBetween(connectionString, from, to) {
  const target = (/** @type {string | null} */ content) =>
    content === null
      ? { tag: /** @type {const} */ ('empty') }
      : { tag: /** @type {const} */ ('schemaDatamodel'), files: [{ path: 'schema.prisma', content }] };
  const diffing = await schemaEngine({ connectionString, schema: 'public', datamodels: [['schema.prisma', to]] });
  const { stdout } = await diffing.diff({
    from: target(from),
    to: target(to),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return (stdout ?? '').replace(/-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n+/g, '');
}
