import { Controller } from '@nestjs/common';
import { changeVenue, getVenue, listVenues, recordVenue, retireVenue, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { ChangeVenue } from './change-venue.js';
import { RecordVenue } from './record-venue.js';
import { RetireVenue } from './retire-venue.js';
import { VenueRepository } from './venue.repository.js';

@Controller()
export class VenuesConsumer {
  constructor(
    private readonly recording: RecordVenue,
    private readonly changing: ChangeVenue,
    private readonly retiring: RetireVenue,
    private readonly venues: VenueRepository,
  ) {}

  @On(recordVenue)
  record(payload: PayloadOf<typeof recordVenue>, message: Message) {
    return this.recording.execute(payload, message);
  }

  @On(changeVenue)
  change(payload: PayloadOf<typeof changeVenue>, message: Message) {
    return this.changing.execute(payload, message);
  }

  @On(retireVenue)
  retire(payload: PayloadOf<typeof retireVenue>, message: Message) {
    return this.retiring.execute(payload, message);
  }

  @On(listVenues)
  list(ask: PayloadOf<typeof listVenues>) {
    return pageOf(
      ask,
      (limit, after) => this.venues.list(ask, limit, after),
      (one) => one.venueId,
    );
  }

  @On(getVenue)
  get(ask: PayloadOf<typeof getVenue>) {
    return this.venues.view(ask.venueId);
  }
}
