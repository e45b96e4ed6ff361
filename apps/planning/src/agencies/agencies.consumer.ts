import { Controller } from '@nestjs/common';
import { agencyCode, dissolveAgency, listAgencies, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { AgencyRepository } from './agency.repository.js';
import { DissolveAgency } from './dissolve-agency.js';

@Controller()
export class AgenciesConsumer {
  constructor(
    private readonly dissolving: DissolveAgency,
    private readonly agencies: AgencyRepository,
  ) {}

  @On(dissolveAgency)
  dissolve(payload: PayloadOf<typeof dissolveAgency>, message: Message) {
    return this.dissolving.execute(payload, message);
  }

  @On(listAgencies)
  list(ask: PayloadOf<typeof listAgencies>) {
    return pageOf(
      ask,
      (limit, after) => this.agencies.list({ limit, after }),
      (agency) => agency.code,
      agencyCode(),
    );
  }
}
