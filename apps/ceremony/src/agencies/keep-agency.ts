import { Injectable } from '@nestjs/common';
import { type Message, UnitOfWork } from '#messaging';
import type { Tx } from '../persistence/database.js';
import type { Agency } from './agency.js';
import { AgencyRepository } from './agency.repository.js';

/** Keeps the newest version of an agency that was heard of. Idempotent by message; an older version that arrives late changes nothing. */
@Injectable()
export class KeepAgency {
  constructor(
    private readonly unitOfWork: UnitOfWork<Tx>,
    private readonly agencies: AgencyRepository,
  ) {}

  async execute(agency: Agency, message: Message): Promise<void> {
    await this.unitOfWork.once(message, (tx) => this.agencies.keepNewest(tx, agency));
  }
}
