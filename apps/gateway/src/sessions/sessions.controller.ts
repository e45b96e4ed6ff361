import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { addSession, moveSession, removeSession, scheduleClass } from '#contracts';
import { CommandClient } from '#messaging/asking';
import { Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf } from '../http/validation.js';

const classId = addSession.payload.pick({ classId: true });
const sessionId = moveSession.payload.pick({ classId: true, sessionId: true });
const days = bodyOf(scheduleClass.payload.omit({ classId: true }));
const added = bodyOf(addSession.payload.omit({ classId: true }));
const move = bodyOf(moveSession.payload.omit({ classId: true, sessionId: true }));
const removal = bodyOf(removeSession.payload.omit({ classId: true, sessionId: true }));

@ApiTags('Training')
@Controller('api/v1/classes/:classId')
export class SessionsController {
  constructor(private readonly commands: CommandClient) {}

  @Post('schedule')
  @Executes(
    scheduleClass.reply,
    'Set the days of a class that has none',
    'From a first day on, or session by session; venue and trainers are booked with it, and a refusal says with what they collide.',
  )
  scheduleClass(
    @Param({ schema: classId }) of: z.output<typeof classId>,
    @Body({ schema: days }) body: z.output<typeof days>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(scheduleClass, { ...of, ...body }, identity);
  }

  @Post('sessions')
  @Executes(addSession.reply, 'Add a session', 'At the venue of the class; its trainer is booked with it.')
  addSession(
    @Param({ schema: classId }) of: z.output<typeof classId>,
    @Body({ schema: added }) body: z.output<typeof added>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(addSession, { ...of, ...body }, identity);
  }

  @Post('sessions/:sessionId/move')
  @Executes(moveSession.reply, 'Move a session', 'To another day, or another part of it; its venue and trainer follow.')
  moveSession(
    @Param({ schema: sessionId }) of: z.output<typeof sessionId>,
    @Body({ schema: move }) body: z.output<typeof move>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(moveSession, { ...of, ...body }, identity);
  }

  @Post('sessions/:sessionId/remove')
  @Executes(removeSession.reply, 'Remove a session', 'One that is still to come; what it booked is free, and calendars lose it.')
  removeSession(
    @Param({ schema: sessionId }) of: z.output<typeof sessionId>,
    @Body({ schema: removal }) body: z.output<typeof removal>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(removeSession, { ...of, ...body }, identity);
  }
}
