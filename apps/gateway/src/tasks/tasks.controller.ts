import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { acceptTask, cancelTask, getTask, listTasks, reachMilestone, reportTaskProgress, returnTask, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const taskId = getTask.payload;
type TaskId = PayloadOf<typeof getTask>;
const progress = bodyOf(reportTaskProgress.payload.omit({ taskId: true }));
const acceptance = bodyOf(acceptTask.payload.omit({ taskId: true }));
const returning = bodyOf(returnTask.payload.omit({ taskId: true }));
const reaching = bodyOf(reachMilestone.payload.omit({ taskId: true }));
const cancelling = bodyOf(cancelTask.payload.omit({ taskId: true }));

@ApiTags('Tasks')
@Controller('api/v1/tasks')
export class TasksController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(
    listTasks.reply,
    'List tasks of plans',
    'Each with every rule that makes it overdue or at risk today. The numbers of the rules are assumptions: within 10 working days, 20 per cent behind, less than 80 per cent done.',
  )
  listTasks(@Query({ schema: queryOf(listTasks.payload) }) asked: PayloadOf<typeof listTasks>) {
    return this.queries.ask(listTasks, asked);
  }

  @Get(':taskId')
  @Answers(getTask.reply, 'Read a task with everything that was reported of it')
  getTask(@Param({ schema: taskId }) asked: TaskId) {
    return this.queries.ask(getTask, asked);
  }

  @Post(':taskId/progress')
  @Executes(
    reportTaskProgress.reply,
    'Report progress of a task',
    'By its lead or an agency that coordinates. At 100 per cent the lead hands it in for acceptance. Refused (approval-missing) while a dossier that gates it is not approved.',
  )
  reportTaskProgress(
    @Param({ schema: taskId }) of: TaskId,
    @Body({ schema: progress }) body: z.output<typeof progress>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(reportTaskProgress, { ...of, ...body }, identity);
  }

  @Post(':taskId/reach-milestone')
  @Executes(reachMilestone.reply, 'Report a milestone of a task as reached', 'On a day up to today, with what shows it.')
  reachMilestone(
    @Param({ schema: taskId }) of: TaskId,
    @Body({ schema: reaching }) body: z.output<typeof reaching>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(reachMilestone, { ...of, ...body }, identity);
  }

  @Post(':taskId/accept')
  @Executes(acceptTask.reply, 'Accept a task that was handed in', 'By the standing agency; the task is done.')
  acceptTask(
    @Param({ schema: taskId }) of: TaskId,
    @Body({ schema: acceptance }) body: z.output<typeof acceptance>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(acceptTask, { ...of, ...body }, identity);
  }

  @Post(':taskId/return')
  @Executes(returnTask.reply, 'Return a task that was handed in', 'With a reason; it is in progress again.')
  returnTask(
    @Param({ schema: taskId }) of: TaskId,
    @Body({ schema: returning }) body: z.output<typeof returning>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(returnTask, { ...of, ...body }, identity);
  }

  @Post(':taskId/cancel')
  @Executes(
    cancelTask.reply,
    'Cancel a task by a decision',
    'Whatever was still owed for it is closed as cancelled and nobody is chased for it; the answer says how much that was.',
  )
  cancelTask(
    @Param({ schema: taskId }) of: TaskId,
    @Body({ schema: cancelling }) body: z.output<typeof cancelling>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(cancelTask, { ...of, ...body }, identity);
  }
}
