import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { changeVenue, getVenue, listVenues, recordVenue, retireVenue, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const venueId = getVenue.payload;
type VenueId = PayloadOf<typeof getVenue>;
const recorded = bodyOf(recordVenue.payload);
const changes = bodyOf(changeVenue.payload.omit({ venueId: true }));
const retirement = bodyOf(retireVenue.payload.omit({ venueId: true }));

@ApiTags('Training')
@Controller('api/v1/venues')
export class VenuesController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listVenues.reply, 'List venues of training classes', 'By district, by seats at least, and by whether they are retired.')
  listVenues(@Query({ schema: queryOf(listVenues.payload) }) asked: PayloadOf<typeof listVenues>) {
    return this.queries.ask(listVenues, asked);
  }

  @Get(':venueId')
  @Answers(getVenue.reply, 'Read a venue')
  getVenue(@Param({ schema: venueId }) asked: VenueId) {
    return this.queries.ask(getVenue, asked);
  }

  @Post()
  @Executes(recordVenue.reply, 'Record a venue', 'A place that classes can be held at, in a district, with its seats.')
  recordVenue(@Body({ schema: recorded }) body: z.output<typeof recorded>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(recordVenue, body, identity);
  }

  @Post(':venueId/change')
  @Executes(changeVenue.reply, 'Change a venue', 'What is left out stays. Classes that no longer fit in stand in the list of conflicts.')
  changeVenue(
    @Param({ schema: venueId }) of: VenueId,
    @Body({ schema: changes }) body: z.output<typeof changes>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(changeVenue, { ...of, ...body }, identity);
  }

  @Post(':venueId/retire')
  @Executes(retireVenue.reply, 'Retire a venue', 'No class is planned there any more; those that are stand in the list of conflicts.')
  retireVenue(
    @Param({ schema: venueId }) of: VenueId,
    @Body({ schema: retirement }) body: z.output<typeof retirement>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(retireVenue, { ...of, ...body }, identity);
  }
}
