import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, type changeVenue, type listVenues, type PayloadOf, type recordVenue, type venueView } from '#contracts';
import type { Prisma, Venue } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';
import type { HeldVenue } from './venue.js';

type View = z.output<typeof venueView>;

@Injectable()
export class VenueRepository {
  constructor(private readonly database: Database) {}

  /** @throws DomainError `venue-code-taken` */
  async create(tx: Tx, id: string, venue: PayloadOf<typeof recordVenue>): Promise<void> {
    const { count } = await tx.venue.createMany({ data: [{ id, ...venue }], skipDuplicates: true });
    if (count === 0)
      throw new DomainError('venue-code-taken', `There is a venue ${venue.code} already. Choose another code, or change that venue.`);
  }

  /**
   * Locks a venue to the end of the transaction: who changes it and who books it wait for each other.
   * @throws DomainError `venue-not-found`
   */
  async hold(tx: Tx, id: string): Promise<HeldVenue> {
    await tx.$queryRaw`SELECT id FROM venue WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    return (await tx.venue.findUnique({ where: { id } })) ?? missing(id);
  }

  /** Changes a venue that is held. @returns its new version */
  async change(tx: Tx, id: string, changes: PayloadOf<typeof changeVenue>['changes'] | { retired: true }): Promise<number> {
    const data = { ...changes, version: { increment: 1 } } as Prisma.VenueUncheckedUpdateInput;
    return (await tx.venue.update({ where: { id }, data })).version;
  }

  /** In order of their id. */
  async list(filter: PayloadOf<typeof listVenues>, limit: number, after: string | undefined): Promise<View[]> {
    const rows = await this.database.venue.findMany({
      where: {
        ...(filter.district === undefined ? {} : { district: filter.district }),
        ...(filter.seats === undefined ? {} : { capacity: { gte: filter.seats } }),
        ...(filter.retired === undefined ? {} : { retired: filter.retired }),
        ...(after === undefined ? {} : { id: { gt: after } }),
      },
      orderBy: { id: 'asc' },
      take: limit,
    });
    return rows.map(viewOf);
  }

  /** @throws DomainError `venue-not-found` */
  async view(id: string): Promise<View> {
    const row = await this.database.venue.findUnique({ where: { id } });
    return row ? viewOf(row) : missing(id);
  }
}

function missing(id: string): never {
  throw new DomainError('venue-not-found', `There is no venue ${id}. GET /api/v1/venues lists them.`);
}

function viewOf({ id, ...row }: Venue): View {
  return { venueId: id, ...row };
}
