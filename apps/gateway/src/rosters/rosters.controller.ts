import { Body, Controller, Get, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { getClass, getRoster, listAnnouncements, lockRoster, markUrgent, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { download, fileTypes } from '../http/downloads.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf, queryOf } from '../http/validation.js';
import { fileName, RosterFiles } from './roster-files.js';

const classId = getClass.payload;
type ClassId = PayloadOf<typeof getClass>;
const wanted = queryOf(getRoster.payload.omit({ classId: true }));
type Wanted = z.output<typeof wanted>;
const locking = bodyOf(lockRoster.payload.omit({ classId: true }));
const urgency = bodyOf(markUrgent.payload.omit({ classId: true }));
const bytes = { type: 'string', format: 'binary' } as const;

@ApiTags('Training')
@Controller('api/v1/classes/:classId')
export class RostersController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
    private readonly files: RosterFiles,
  ) {}

  @Post('lock-roster')
  @Executes(
    lockRoster.reply,
    'Lock the roster of a class',
    'The people of the class are settled: at least its least size, no more than its places, and for each session a venue and a trainer who accepted. A schedule ' +
      'does it five working days before the first session, and tries again each working day; what is missing stands in the list of conflicts.',
  )
  lockRoster(
    @Param({ schema: classId }) of: ClassId,
    @Body({ schema: locking }) body: z.output<typeof locking>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(lockRoster, { ...of, ...body }, identity);
  }

  @Post('mark-urgent')
  @Executes(
    markUrgent.reply,
    'Let invitations to a class leave late',
    'Less than three working days before the first session trainees are invited only to a class that is marked urgent. The invitation says why.',
  )
  markUrgent(
    @Param({ schema: classId }) of: ClassId,
    @Body({ schema: urgency }) body: z.output<typeof urgency>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(markUrgent, { ...of, ...body }, identity);
  }

  @Get('roster')
  @Answers(
    getRoster.reply,
    'Read the roster of a class, with its versions',
    'The newest, or the one of `rosterVersion`: people as they are named today, sessions as they are now. Personal data.',
  )
  getRoster(@Param({ schema: classId }) of: ClassId, @Query({ schema: wanted }) asked: Wanted) {
    return this.queries.ask(getRoster, { ...of, ...asked });
  }

  @Get('roster.xlsx')
  @ApiOperation({
    summary: 'Download the roster of a class as a workbook',
    description: 'With a box for each session to sign in. Personal data.',
  })
  @ApiProduces(fileTypes.xlsx)
  @ApiOkResponse({ schema: bytes, description: 'The list, to be saved' })
  readRosterWorkbook(@Param({ schema: classId }) of: ClassId, @Query({ schema: wanted }) asked: Wanted): Promise<StreamableFile> {
    return this.file({ ...of, ...asked }, 'xlsx');
  }

  @Get('roster.pdf')
  @ApiOperation({
    summary: 'Download the roster of a class to print',
    description: 'With a box for each session to sign in. Personal data.',
  })
  @ApiProduces(fileTypes.pdf)
  @ApiOkResponse({ schema: bytes, description: 'The list, to be saved' })
  readRosterPdf(@Param({ schema: classId }) of: ClassId, @Query({ schema: wanted }) asked: Wanted): Promise<StreamableFile> {
    return this.file({ ...of, ...asked }, 'pdf');
  }

  @Get('announcements')
  @Answers(
    listAnnouncements.reply,
    'List who was told what of a class, and when',
    'By id: what trainers and trainees have in their calendar, the roster that a trainer was sent last, and the day that a trainee was reminded of.',
  )
  listAnnouncements(@Param({ schema: classId }) of: ClassId) {
    return this.queries.ask(listAnnouncements, of);
  }

  private async file(asked: PayloadOf<typeof getRoster>, form: 'xlsx' | 'pdf'): Promise<StreamableFile> {
    const roster = await this.queries.ask(getRoster, asked);
    return download(await this.files.make(roster, form), form, fileName(roster, form));
  }
}
