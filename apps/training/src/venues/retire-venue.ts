import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, ReplyOf, retireVenue } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustBeInUse, stateOf } from './venue.js';
import { VenueRepository } from './venue.repository.js';

/** No class is planned at a venue any more. Those that are keep their booking and stand in the list of conflicts. */
@Injectable()
export class RetireVenue {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly venues: VenueRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `venue-not-found`, `changed-meanwhile`, `venue-retired` */
  execute(input: PayloadOf<typeof retireVenue>, message: Message): Promise<ReplyOf<typeof retireVenue>> {
    return this.work.once(message, async (tx) => {
      const venue = await this.venues.hold(tx, input.venueId);
      mustBeSeen('venue', { version: venue.version, state: stateOf(venue) }, input.seenVersion);
      mustBeInUse(venue);
      const version = await this.venues.change(tx, venue.id, { retired: true });
      const line = { at: this.clock.now(), what: 'retired', reason: input.reason };
      await this.history.tell(tx, [{ subject: 'venue', subjectId: venue.id, ...line }]);
      return { venueId: venue.id, retired: true, version };
    });
  }
}
