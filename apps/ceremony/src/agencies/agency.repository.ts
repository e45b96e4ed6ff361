import { Injectable } from '@nestjs/common';
import { dateToPlain, plainToDate } from '#calendar';
import type { Agency as AgencyRow } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';
import type { Agency } from './agency.js';

@Injectable()
export class AgencyRepository {
  constructor(private readonly database: Database) {}

  /** Adds the agency, or replaces it when `agency.version` is higher than the stored one. Safe when two replicas do so at once. */
  async keepNewest(tx: Tx, agency: Agency): Promise<void> {
    const { id, ...fields } = {
      ...agency,
      validFrom: plainToDate(agency.validFrom),
      validTo: agency.validTo && plainToDate(agency.validTo),
    };
    const { count } = await tx.agency.createMany({ data: [{ id, ...fields }], skipDuplicates: true });
    if (count === 0) await tx.agency.updateMany({ where: { id, version: { lt: agency.version } }, data: fields });
  }

  async find(id: string): Promise<Agency | undefined> {
    const row = await this.database.agency.findUnique({ where: { id } });
    return row ? agencyOfRow(row) : undefined;
  }

  async count(): Promise<number> {
    return this.database.agency.count();
  }
}

function agencyOfRow(row: AgencyRow): Agency {
  return { ...row, validFrom: dateToPlain(row.validFrom), validTo: row.validTo && dateToPlain(row.validTo) };
}
