/*
 * The two things this library needs of a database: a transaction, and raw SQL inside it. Any Prisma client of any service fits, so the library
 * never imports a generated one.
 */
export interface SqlTx {
  $queryRawUnsafe<Row>(sql: string, ...values: unknown[]): Promise<Row>;
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>;
}

export interface SqlDatabase<Tx extends SqlTx = SqlTx> extends SqlTx {
  $transaction<R>(work: (tx: Tx) => Promise<R>, options?: { maxWait?: number; timeout?: number }): Promise<R>;
}
