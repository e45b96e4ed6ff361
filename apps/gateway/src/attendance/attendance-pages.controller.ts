import { Body, Controller, Get, Header, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock, localDate } from '#calendar';
import { attendanceStatuses, DomainError, opened, openAttendanceLink, recordAttendanceByLink, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { languages } from '../links/letter-page.js';
import { attendancePage } from './attendance-page.js';
import type { Outcome } from './texts.js';

const HTML = 'text/html; charset=utf-8';
const link = opened(openAttendanceLink.payload);
type Link = PayloadOf<typeof openAttendanceLink>;
/** Whatever else a mail program adds to an address is nothing to us. */
const language = z.object({ lang: z.enum(languages).catch('vi') });
type Language = z.output<typeof language>;
/** As a browser sends the form: a mark for each radio button that is ticked, by session and enrolment; nothing ticked sends nothing. */
const form = z
  .record(z.string().regex(/^[\da-f-]{36}\.[\da-f-]{36}$/), z.enum(attendanceStatuses))
  .default({})
  .transform((ticked) =>
    Object.entries(ticked).map(([name, status]) => {
      const [sessionId = '', enrolmentId = ''] = name.split('.');
      return { sessionId, enrolmentId, status };
    }),
  );

/** Refusals that the page explains beside what it shows; anything else is a page of its own. */
const explained: ReadonlySet<string> = new Set([
  'attendance-closed',
  'class-not-begun',
  'not-enrolled',
  'session-not-begun',
  'session-not-found',
]);

/** Where a trainer's link leads: looking (GET, HEAD) shows their sessions, sending a form (POST) records one. */
@ApiExcludeController()
@Controller('attendance')
export class AttendancePagesController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
    private readonly clock: Clock,
  ) {}

  @Get(':token')
  @Header('Content-Type', HTML)
  @Header('X-Robots-Tag', 'noindex')
  show(@Param({ schema: link }) asked: Link, @Query({ schema: language }) { lang }: Language): Promise<string> {
    return this.page(asked, lang, null);
  }

  @Post(':token')
  @HttpCode(HttpStatus.OK)
  @Header('Content-Type', HTML)
  @Header('X-Robots-Tag', 'noindex')
  async record(
    @Param({ schema: link }) asked: Link,
    @Query({ schema: language }) { lang }: Language,
    @Body({ schema: form }) marks: z.output<typeof form>,
  ): Promise<string> {
    return this.page(asked, lang, marks.length === 0 ? 'nothing' : await this.outcomeOf({ ...asked, marks }));
  }

  private async page(asked: Link, lang: Language['lang'], outcome: Outcome | null): Promise<string> {
    return attendancePage(await this.queries.ask(openAttendanceLink, asked), lang, outcome, localDate(this.clock.now()));
  }

  private async outcomeOf(said: PayloadOf<typeof recordAttendanceByLink>): Promise<Outcome> {
    try {
      await this.commands.execute(recordAttendanceByLink, said);
      return 'recorded';
    } catch (error) {
      if (error instanceof DomainError && explained.has(error.code)) return 'refused';
      throw error;
    }
  }
}
