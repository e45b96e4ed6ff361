import { Injectable } from '@nestjs/common';
import { Clock, localDate } from '#calendar';
import type { changeVenue, PayloadOf, ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { AgencyRepository } from '../agencies/agency.repository.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustBeInUse, stateOf } from './venue.js';
import { VenueRepository } from './venue.repository.js';

/** A venue is changed, with a reason. Classes that no longer fit in are conflicts on the list, not refusals: a wall that fell does not ask. */
@Injectable()
export class ChangeVenue {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly venues: VenueRepository,
    private readonly agencies: AgencyRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `venue-not-found`, `changed-meanwhile`, `venue-retired`, `agency-not-found`, `agency-ended` */
  execute(input: PayloadOf<typeof changeVenue>, message: Message): Promise<ReplyOf<typeof changeVenue>> {
    return this.work.once(message, async (tx) => {
      const venue = await this.venues.hold(tx, input.venueId);
      mustBeSeen('venue', { version: venue.version, state: stateOf(venue) }, input.seenVersion);
      mustBeInUse(venue);
      const at = this.clock.now();
      const { district, capacity } = input.changes;
      if (district !== undefined) await this.agencies.mustExist(tx, district, localDate(at));
      const version = await this.venues.change(tx, venue.id, input.changes);
      const detail = { changed: Object.keys(input.changes).sort(), ...(capacity === undefined ? {} : { capacity }) };
      await this.history.tell(tx, [{ subject: 'venue', subjectId: venue.id, at, what: 'changed', reason: input.reason, detail }]);
      return { venueId: venue.id, retired: false, version };
    });
  }
}
