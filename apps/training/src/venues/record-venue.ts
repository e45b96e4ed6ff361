import { Injectable } from '@nestjs/common';
import { Clock, localDate } from '#calendar';
import type { PayloadOf, recordVenue, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { AgencyRepository } from '../agencies/agency.repository.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { VenueRepository } from './venue.repository.js';

/** A place that classes can be held at becomes known. */
@Injectable()
export class RecordVenue {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly venues: VenueRepository,
    private readonly agencies: AgencyRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `agency-not-found`, `agency-ended`, `venue-code-taken` */
  execute(input: PayloadOf<typeof recordVenue>, message: Message): Promise<ReplyOf<typeof recordVenue>> {
    return this.work.once(message, async (tx) => {
      const at = this.clock.now();
      await this.agencies.mustExist(tx, input.district, localDate(at));
      // Made by this message, so its id is the venue's.
      await this.venues.create(tx, message.id, input);
      const detail = { code: input.code, district: input.district, capacity: input.capacity };
      await this.history.tell(tx, [{ subject: 'venue', subjectId: message.id, at, what: 'recorded', detail }]);
      return { venueId: message.id, retired: false, version: 1 };
    });
  }
}
