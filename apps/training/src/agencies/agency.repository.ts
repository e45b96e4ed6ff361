import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { dateToPlain, plainToDate } from '#calendar';
import { DomainError } from '#contracts';
import type { Agency as AgencyRow } from '../generated/prisma/client.js';
import { Database, type Tx } from '../persistence/database.js';
import type { Agency, AgencyNames } from './agency.js';

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

  /**
   * An agency that something is entrusted to must be known here and not have ended.
   * @param today day of Asia/Ho_Chi_Minh
   * @throws DomainError `agency-not-found`, `agency-ended`
   */
  async mustExist(tx: Tx, code: string, today: Temporal.PlainDate): Promise<void> {
    const rows = await tx.agency.findMany({ where: { code } });
    if (rows.length === 0)
      throw new DomainError('agency-not-found', `Training knows no agency ${code}. GET /api/v1/agencies lists them; a plan file adds one.`);
    const day = plainToDate(today);
    if (rows.some(({ validTo }) => validTo === null || validTo >= day)) return;
    throw new DomainError('agency-ended', `${code} does not exist any more. Name the agency that took over from it.`, [{ agency: code }]);
  }

  /**
   * What agencies are called, for each of the codes: of two that had one after the other the newer, and the code itself while nothing was heard of an agency.
   * One query.
   */
  async names(tx: Tx | Database, codes: readonly string[]): Promise<Map<string, AgencyNames>> {
    const known = await tx.agency.findMany({ where: { code: { in: [...codes] } }, orderBy: { validFrom: 'asc' } });
    const names = [...codes.map((code) => ({ code, name: code, nameEn: code })), ...known];
    return new Map(names.map(({ code, name, nameEn }) => [code, { name, nameEn }]));
  }

  async count(): Promise<number> {
    return this.database.agency.count();
  }
}

function agencyOfRow(row: AgencyRow): Agency {
  return { ...row, validFrom: dateToPlain(row.validFrom), validTo: row.validTo && dateToPlain(row.validTo) };
}
