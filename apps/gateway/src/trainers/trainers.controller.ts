import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  changeTrainer,
  getTrainer,
  listTrainers,
  recordAbsence,
  recordTrainer,
  removeAbsence,
  retireTrainer,
  type PayloadOf,
} from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const trainerId = getTrainer.payload;
type TrainerId = PayloadOf<typeof getTrainer>;
const recorded = bodyOf(recordTrainer.payload);
const changes = bodyOf(changeTrainer.payload.omit({ trainerId: true }));
const retirement = bodyOf(retireTrainer.payload.omit({ trainerId: true }));
const absence = bodyOf(recordAbsence.payload.omit({ trainerId: true }));

@ApiTags('Training')
@Controller('api/v1/trainers')
export class TrainersController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(
    listTrainers.reply,
    'List trainers with their absences',
    'By institution, by a speciality word for word, and by whether they are active. Personal data.',
  )
  listTrainers(@Query({ schema: queryOf(listTrainers.payload) }) asked: PayloadOf<typeof listTrainers>) {
    return this.queries.ask(listTrainers, asked);
  }

  @Get(':trainerId')
  @Answers(getTrainer.reply, 'Read a trainer')
  getTrainer(@Param({ schema: trainerId }) asked: TrainerId) {
    return this.queries.ask(getTrainer, asked);
  }

  @Post()
  @Executes(
    recordTrainer.reply,
    'Record a trainer',
    'Of a university or a research institute; of any other institution only with a recorded reason.',
  )
  recordTrainer(@Body({ schema: recorded }) body: z.output<typeof recorded>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(recordTrainer, body, identity);
  }

  @Post(':trainerId/change')
  @Executes(changeTrainer.reply, 'Change a trainer', 'What is left out stays. The rule on institutions holds for the change too.')
  changeTrainer(
    @Param({ schema: trainerId }) of: TrainerId,
    @Body({ schema: changes }) body: z.output<typeof changes>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(changeTrainer, { ...of, ...body }, identity);
  }

  @Post(':trainerId/retire')
  @Executes(retireTrainer.reply, 'Retire a trainer', 'Sessions that are assigned stand in the list of conflicts.')
  retireTrainer(
    @Param({ schema: trainerId }) of: TrainerId,
    @Body({ schema: retirement }) body: z.output<typeof retirement>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(retireTrainer, { ...of, ...body }, identity);
  }

  @Post(':trainerId/absences')
  @Executes(
    recordAbsence.reply,
    'Record days on which a trainer is away',
    'First and last day included. Sessions that day become conflicts.',
  )
  recordAbsence(
    @Param({ schema: trainerId }) of: TrainerId,
    @Body({ schema: absence }) body: z.output<typeof absence>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(recordAbsence, { ...of, ...body }, identity);
  }

  @Post('absences/:absenceId/remove')
  @Executes(removeAbsence.reply, 'Remove an absence', 'The trainer is to be had after all.')
  removeAbsence(@Param({ schema: removeAbsence.payload }) of: PayloadOf<typeof removeAbsence>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(removeAbsence, of, identity);
  }
}
