import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { changeCourse, endCourse, getCourse, listCourses, recordCourse, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';

const courseId = getCourse.payload;
type CourseId = PayloadOf<typeof getCourse>;
const recorded = bodyOf(recordCourse.payload);
const changes = bodyOf(changeCourse.payload.omit({ courseId: true }));
const end = bodyOf(endCourse.payload.omit({ courseId: true }));

@ApiTags('Training')
@Controller('api/v1/courses')
export class CoursesController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get()
  @Answers(listCourses.reply, 'List training courses', 'By plan, by task and by state.')
  listCourses(@Query({ schema: queryOf(listCourses.payload) }) asked: PayloadOf<typeof listCourses>) {
    return this.queries.ask(listCourses, asked);
  }

  @Get(':courseId')
  @Answers(getCourse.reply, 'Read a training course')
  getCourse(@Param({ schema: courseId }) asked: CourseId) {
    return this.queries.ask(getCourse, asked);
  }

  @Post()
  @Executes(
    recordCourse.reply,
    'Record a training course',
    'What is taught, how often and by which agency, under a task of the plan. 70 places and two days are the defaults.',
  )
  recordCourse(@Body({ schema: recorded }) body: z.output<typeof recorded>, @Identity() identity: RequestIdentity) {
    return this.commands.execute(recordCourse, body, identity);
  }

  @Post(':courseId/change')
  @Executes(
    changeCourse.reply,
    'Change an open course',
    'What is left out stays. Classes keep what they have: what no longer fits stands in the list of conflicts.',
  )
  changeCourse(
    @Param({ schema: courseId }) of: CourseId,
    @Body({ schema: changes }) body: z.output<typeof changes>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(changeCourse, { ...of, ...body }, identity);
  }

  @Post(':courseId/end')
  @Executes(endCourse.reply, 'Close or cancel a course', 'By a decision, when each of its classes was held or cancelled.')
  endCourse(
    @Param({ schema: courseId }) of: CourseId,
    @Body({ schema: end }) body: z.output<typeof end>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(endCourse, { ...of, ...body }, identity);
  }
}
