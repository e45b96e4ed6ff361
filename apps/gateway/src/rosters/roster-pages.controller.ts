import { Controller, Get, Header, HttpCode, HttpStatus, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { opened, openRoster, recordRosterDownload, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { download } from '../http/downloads.js';
import { languages } from '../links/letter-page.js';
import { fileName, RosterFiles } from './roster-files.js';
import { rosterPage } from './roster-page.js';

const HTML = 'text/html; charset=utf-8';
const link = opened(openRoster.payload);
/** Whatever else a mail program adds to an address is nothing to us. */
const language = z.object({ lang: z.enum(languages).catch('vi') });

/** Where the link of a roster mail leads a trainer: looking (GET, HEAD) shows the list, sending a form (POST) downloads it, and that is put on record. */
@ApiExcludeController()
@Controller('rosters')
export class RosterPagesController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
    private readonly files: RosterFiles,
  ) {}

  @Get(':token')
  @Header('Content-Type', HTML)
  async show(
    @Param({ schema: link }) asked: PayloadOf<typeof openRoster>,
    @Query({ schema: language }) { lang }: z.output<typeof language>,
  ): Promise<string> {
    return rosterPage(await this.queries.ask(openRoster, asked), asked.token, lang);
  }

  @Post(':token/:form')
  @HttpCode(HttpStatus.OK)
  async keep(
    @Param({ schema: opened(recordRosterDownload.payload) }) { token, form }: PayloadOf<typeof recordRosterDownload>,
  ): Promise<StreamableFile> {
    await this.commands.execute(recordRosterDownload, { token, form });
    const roster = await this.queries.ask(openRoster, { token });
    return download(await this.files.make(roster, form), form, fileName(roster, form));
  }
}
