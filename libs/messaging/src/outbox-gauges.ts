import type { ServiceStatus } from '#contracts';
import type { SqlTx } from './sql.js';

/** How far the relay is behind, and how many published messages are not finished. Cheap: two partial indexes. */
export async function outboxGauges(database: SqlTx): Promise<ServiceStatus['gauges']> {
  const [row] = await database.$queryRawUnsafe<{ unpublished: number; lag: number; unfinished: number }[]>(
    `SELECT count(*) FILTER (WHERE published_at IS NULL)::int AS unpublished,
            coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE published_at IS NULL)), 0)::float8 AS lag,
            count(*) FILTER (WHERE published_at IS NOT NULL)::int AS unfinished
     FROM outbox`,
  );
  return [
    { name: 'dondoc_outbox_unpublished', help: 'Messages that the relay has not published', labels: {}, value: row?.unpublished ?? 0 },
    {
      name: 'dondoc_relay_lag_seconds',
      help: 'Age of the oldest message that the relay has not published',
      labels: {},
      value: row?.lag ?? 0,
    },
    {
      name: 'dondoc_outbox_unfinished',
      help: 'Published messages that are not finished in every lane',
      labels: {},
      value: row?.unfinished ?? 0,
    },
  ];
}
