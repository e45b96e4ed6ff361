import pg from 'pg';
import type { SqlDatabase, SqlTx } from '#messaging';

/** The database of one service without its Prisma client: as lib tests use it. */
export interface PgDatabase extends SqlDatabase {
  close(): Promise<void>;
}

/** Behaves as a Prisma client does: bounded transactions, and a transaction that PostgreSQL gave up is not told as committed. */
export function pgDatabase(connectionString: string, connections = 10): PgDatabase {
  const pool = new pg.Pool({ connectionString, max: connections });
  pool.on('error', () => undefined); // an idle connection that breaks is replaced; whoever uses one is told
  return {
    ...rawOver(pool),
    $transaction: (work, { timeout = 5_000 } = {}) => transaction(pool, work, timeout),
    close: () => pool.end(),
  };
}

function rawOver(connection: Pick<pg.Pool, 'query'>): SqlTx {
  return {
    $queryRawUnsafe: async <Row>(sql: string, ...values: unknown[]) => (await connection.query(sql, values)).rows as Row,
    $executeRawUnsafe: async (sql, ...values) => (await connection.query(sql, values)).rowCount ?? 0,
  };
}

async function transaction<R>(pool: pg.Pool, work: (tx: SqlTx) => Promise<R>, timeout: number): Promise<R> {
  const client = await pool.connect();
  let timer: NodeJS.Timeout | undefined;
  let late: Error | undefined;
  const bound = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = new Error(`the transaction was not done within ${String(timeout)} ms`);
      reject(late);
    }, timeout);
  });
  try {
    await client.query('BEGIN');
    const result = await Promise.race([work(rawOver(client)), bound]);
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new Error('PostgreSQL had given the transaction up');
    return result;
  } catch (error) {
    if (!late) await client.query('ROLLBACK').catch((broken: unknown) => (late = broken as Error));
    throw error;
  } finally {
    clearTimeout(timer);
    client.release(late); // the work may still be using the connection: it must not go to somebody else
  }
}
