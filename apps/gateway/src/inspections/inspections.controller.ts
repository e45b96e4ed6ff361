import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { cancelInspection, getInspection, holdInspection, listInspections, planInspection, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const inspectionId = getInspection.payload;
type InspectionId = PayloadOf<typeof getInspection>;
const planned = bodyOf(planInspection.payload);
const result = bodyOf(holdInspection.payload.omit({ inspectionId: true }));
const cancelling = bodyOf(cancelInspection.payload.omit({ inspectionId: true }));

@ApiTags('Inspections')
@Controller('api/v1/inspections')
export class InspectionsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listInspections.reply, 'List inspections with their findings')
  listInspections(@Query({ schema: queryOf(listInspections.payload) }) asked: PayloadOf<typeof listInspections>) {
    return this.queries.ask(listInspections, asked);
  }

  @Get(':inspectionId')
  @Answers(getInspection.reply, 'Read an inspection with its findings and history')
  getInspection(@Param({ schema: inspectionId }) asked: InspectionId) {
    return this.queries.ask(getInspection, asked);
  }

  @Post()
  @Executes(
    planInspection.reply,
    'Plan an inspection',
    'Of an agency, or of one task of it. The standing agency inspects where nobody is named; the standing agency itself is inspected by the issuer of the plan.',
  )
  planInspection(@Body({ schema: planned }) body: z.output<typeof planned>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(planInspection, body, identity);
  }

  @Post(':inspectionId/hold')
  @Executes(
    holdInspection.reply,
    'Record that an inspection was held, with what it found',
    'Each finding is owed by the inspected agency by its day and is chased like a report.',
  )
  holdInspection(
    @Param({ schema: inspectionId }) of: InspectionId,
    @Body({ schema: result }) body: z.output<typeof result>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(holdInspection, { ...of, ...body }, identity);
  }

  @Post(':inspectionId/cancel')
  @Executes(cancelInspection.reply, 'Cancel a planned inspection', 'With a reason; what was held cannot be cancelled.')
  cancelInspection(
    @Param({ schema: inspectionId }) of: InspectionId,
    @Body({ schema: cancelling }) body: z.output<typeof cancelling>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(cancelInspection, { ...of, ...body }, identity);
  }
}
