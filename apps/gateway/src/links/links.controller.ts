import { Controller, Get, Header, Param, Query, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { documentKinds, getObligation, getPlan, listMessages, listObligations, listPreparedDocuments, type PayloadOf } from '#contracts';
import { QueryClient } from '#messaging/asking';
import { queryOf } from '../http/validation.js';
import { documentsPage, obligationPage, obligationsPage } from './obligation-pages.js';
import { en, vi } from './texts.js';

/** More than one screen holds; the API has the rest. */
const MOST = 200;
const HTML = 'text/html; charset=utf-8';
const language = queryOf(z.object({ lang: z.enum(['vi', 'en']).default('vi') }));
type Language = z.output<typeof language>;
const ofKind = queryOf(z.object({ kind: z.enum(documentKinds).optional(), lang: z.enum(['vi', 'en']).default('vi') }));

/** Where the links in mails lead: pages to read, without a script. Behind the token like the API. */
@ApiExcludeController()
@Controller()
export class LinksController {
  constructor(private readonly queries: QueryClient) {}

  @Get('obligations')
  @Header('Content-Type', HTML)
  async obligations(@Query({ schema: language }) { lang }: Language): Promise<string> {
    const { items } = await this.queries.ask(listObligations, { state: 'open', limit: MOST });
    return obligationsPage(items, lang === 'vi' ? vi : en);
  }

  @Get('obligations/:obligationId')
  @Header('Content-Type', HTML)
  async obligation(
    @Param({ schema: getObligation.payload }) asked: PayloadOf<typeof getObligation>,
    @Query({ schema: language }) { lang }: Language,
  ): Promise<string> {
    const [story, mails] = await Promise.all([
      this.queries.ask(getObligation, asked),
      this.queries.ask(listMessages, { ...asked, limit: MOST }),
    ]);
    return obligationPage(story, mails.items, lang === 'vi' ? vi : en);
  }

  @Get('plans/:planId/prepared-documents')
  @Header('Content-Type', HTML)
  async documents(
    @Param({ schema: getPlan.payload }) { planId }: PayloadOf<typeof getPlan>,
    @Query({ schema: ofKind }) { kind, lang }: z.output<typeof ofKind>,
  ): Promise<string> {
    const { items } = await this.queries.ask(listPreparedDocuments, { planId, kind, state: 'prepared', limit: MOST });
    return documentsPage(items, lang === 'vi' ? vi : en);
  }

  @Get('plans/:planId')
  @Redirect('/obligations')
  plan(): void {
    // A plan has no page of its own yet: the digest's link leads to what it owes.
  }
}
