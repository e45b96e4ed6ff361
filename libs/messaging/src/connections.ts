import pg from 'pg';

/**
 * Connections to the schema of one service, opened as they are needed.
 *
 * A connection that the server ends is told to whoever uses it, and replaced. But one that ends in the very moment in which it is handed out is nobody's
 * yet: without a listener of its own it would end the process.
 */
export function connectionsTo(databaseUrl: string, schema: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: databaseUrl, options: `-c search_path=${schema}` });
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
