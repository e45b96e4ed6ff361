import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, id, pageAsk, pageOf, seenVersion, text } from '../values.js';
import { trainingCode } from './courses.js';

const venueFields = {
  name: text(300),
  address: text(500),
  /** The agency of the district that it lies in. */
  district: agencyCode(),
  /** Seats. */
  capacity: z.int().min(1).max(10_000),
};

const venueMoved = z.object({ venueId: id(), retired: z.boolean(), version: z.int() });

/** A place that classes can be held at. */
export const recordVenue = defineCommand('training', 'training.record-venue.v1', {
  payload: z.object({ code: trainingCode(), ...venueFields }),
  reply: venueMoved,
});

/** What is left out stays. A class that no longer fits stands in the list of conflicts. */
export const changeVenue = defineCommand('training', 'training.change-venue.v1', {
  payload: z.object({ venueId: id(), changes: z.object(venueFields).partial().strict(), reason: text(2000), seenVersion }),
  reply: venueMoved,
});

/** No class is planned there any more; those that are stand in the list of conflicts. */
export const retireVenue = defineCommand('training', 'training.retire-venue.v1', {
  payload: z.object({ venueId: id(), reason: text(2000), seenVersion }),
  reply: venueMoved,
});

export const venueView = z
  .object({ venueId: id(), code: trainingCode(), ...venueFields, retired: z.boolean(), version: z.int() })
  .meta({ id: 'Venue' });

export const listVenues = defineQuery('training', 'training.list-venues.v1', {
  payload: z.object({
    district: agencyCode().optional(),
    /** With at least so many seats. */
    seats: z.int().min(1).optional(),
    retired: z.boolean().optional(),
    ...pageAsk,
  }),
  reply: pageOf(venueView),
});

export const getVenue = defineQuery('training', 'training.get-venue.v1', { payload: z.object({ venueId: id() }), reply: venueView });
