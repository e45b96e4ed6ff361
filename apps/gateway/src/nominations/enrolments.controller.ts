import { Body, Controller, Get, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { listEnrolments, nominate, readClassList, withdrawEnrolment, type PayloadOf, type ReplyOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { AlsoAsFiles, download } from '../http/downloads.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';
import { asWorkbook, listName } from './class-list.js';

const classId = readClassList.payload;
type ClassId = PayloadOf<typeof readClassList>;
const enrolmentId = withdrawEnrolment.payload.pick({ enrolmentId: true });
const page = queryOf(listEnrolments.payload.omit({ classId: true }));
const format = queryOf(z.object({ format: z.enum(['json', 'xlsx']).default('json') }));
const nomination = bodyOf(nominate.payload.omit({ classId: true }));
const withdrawal = bodyOf(withdrawEnrolment.payload.omit({ enrolmentId: true }));

@ApiTags('Training')
@Controller('api/v1')
export class EnrolmentsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Post('classes/:classId/nominations')
  @Executes(
    nominate.reply,
    'Nominate somebody for a class',
    'Enrolled while quota and class have a seat, else on the waiting list, with the reason in "why". A person is in one class of a course, and in one place at ' +
      'a time; refusals name the other class. Data of people is processed by the task of a state agency or by consent: "legalBasis" and "basis" say which, and ' +
      'the agency answers for having given the notice "noticeVersion".',
  )
  nominate(
    @Param({ schema: classId }) of: ClassId,
    @Body({ schema: nomination }) body: z.output<typeof nomination>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(nominate, { ...of, ...body }, identity);
  }

  @Get('classes/:classId/enrolments')
  @Answers(
    listEnrolments.reply,
    'List nominations for a class and what became of them',
    'In order of time: with "state" waiting it is the waiting list. Personal data.',
  )
  listEnrolments(@Param({ schema: classId }) of: ClassId, @Query({ schema: page }) asked: z.output<typeof page>) {
    return this.queries.ask(listEnrolments, { ...of, ...asked });
  }

  @Get('classes/:classId/class-list')
  @AlsoAsFiles('xlsx')
  @Answers(
    readClassList.reply,
    'Read who is enrolled in a class',
    'By given name, as Vietnamese lists are. `format` xlsx answers with a workbook. Personal data: for the office, not for the trainer, who gets the roster.',
  )
  async readClassList(
    @Param({ schema: classId }) of: ClassId,
    @Query({ schema: format }) asked: z.output<typeof format>,
  ): Promise<ReplyOf<typeof readClassList> | StreamableFile> {
    const list = await this.queries.ask(readClassList, of);
    return asked.format === 'json' ? list : download(await asWorkbook(list), 'xlsx', listName(list));
  }

  @Post('enrolments/:enrolmentId/withdraw')
  @Executes(
    withdrawEnrolment.reply,
    'Withdraw a nomination',
    'Until the class begins. The first who waits has the seat, in the same transaction: "promoted". The reason must say nothing of the person.',
  )
  withdrawEnrolment(
    @Param({ schema: enrolmentId }) of: z.output<typeof enrolmentId>,
    @Body({ schema: withdrawal }) body: z.output<typeof withdrawal>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(withdrawEnrolment, { ...of, ...body }, identity);
  }
}
