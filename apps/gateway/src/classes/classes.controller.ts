import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  assignTrainer,
  cancelClass,
  changeClass,
  getClass,
  listClasses,
  listConflicts,
  planClass,
  postponeClass,
  type PayloadOf,
} from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const classId = getClass.payload;
type ClassId = PayloadOf<typeof getClass>;
const planned = bodyOf(planClass.payload);
const changes = bodyOf(changeClass.payload.omit({ classId: true }));
const assignment = bodyOf(assignTrainer.payload.omit({ classId: true }));
const postponement = bodyOf(postponeClass.payload.omit({ classId: true }));
const cancelling = bodyOf(cancelClass.payload.omit({ classId: true }));

@ApiTags('Training')
@Controller('api/v1/classes')
export class ClassesController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listClasses.reply, 'List training classes with their sessions', 'By course, by district and by state.')
  listClasses(@Query({ schema: queryOf(listClasses.payload) }) asked: PayloadOf<typeof listClasses>) {
    return this.queries.ask(listClasses, asked);
  }

  @Get('conflicts')
  @Answers(
    listConflicts.reply,
    'List what does not fit any more',
    'Classes without days, or whose task stands still; sessions from today on whose day, course, venue or trainer changed after they were planned.',
  )
  listConflicts(@Query({ schema: queryOf(listConflicts.payload) }) asked: PayloadOf<typeof listConflicts>) {
    return this.queries.ask(listConflicts, asked);
  }

  @Get(':classId')
  @Answers(getClass.reply, 'Read a training class')
  getClass(@Param({ schema: classId }) asked: ClassId) {
    return this.queries.ask(getClass, asked);
  }

  @Post()
  @Executes(
    planClass.reply,
    'Plan a class of a course',
    'From a first day on, or session by session; its venue is booked with it, and a refusal says with what it collides.',
  )
  planClass(@Body({ schema: planned }) body: z.output<typeof planned>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(planClass, body, identity);
  }

  @Post(':classId/change')
  @Executes(
    changeClass.reply,
    'Change title, sizes or venue of a class',
    'What is left out stays. Another venue is booked for every session.',
  )
  changeClass(
    @Param({ schema: classId }) of: ClassId,
    @Body({ schema: changes }) body: z.output<typeof changes>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(changeClass, { ...of, ...body }, identity);
  }

  @Post(':classId/trainer')
  @Executes(assignTrainer.reply, 'Assign or release a trainer', 'For the sessions that are named, or all; "trainerId": null releases.')
  assignTrainer(
    @Param({ schema: classId }) of: ClassId,
    @Body({ schema: assignment }) body: z.output<typeof assignment>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(assignTrainer, { ...of, ...body }, identity);
  }

  @Post(':classId/postpone')
  @Executes(
    postponeClass.reply,
    'Postpone a class',
    'By a decision. With "firstDay" sessions and bookings move; without, bookings are given back until the day is said.',
  )
  postponeClass(
    @Param({ schema: classId }) of: ClassId,
    @Body({ schema: postponement }) body: z.output<typeof postponement>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(postponeClass, { ...of, ...body }, identity);
  }

  @Post(':classId/cancel')
  @Executes(cancelClass.reply, 'Cancel a class', 'By a decision. What it booked is free again.')
  cancelClass(
    @Param({ schema: classId }) of: ClassId,
    @Body({ schema: cancelling }) body: z.output<typeof cancelling>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(cancelClass, { ...of, ...body }, identity);
  }
}
