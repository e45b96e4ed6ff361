import { Body, Controller, Get, Header, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { answerInvitation, DomainError, opened, openInvitation, type PayloadOf } from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { languages } from '../links/letter-page.js';
import { invitationPage, type Outcome } from './invitation-page.js';

const HTML = 'text/html; charset=utf-8';
const link = opened(openInvitation.payload);
/** Whatever else a mail program adds to an address is nothing to us. */
const language = z.object({ lang: z.enum(languages).catch('vi') });
type Language = z.output<typeof language>;
/** As a browser sends the form: an empty box is no reason. */
const form = z.object({
  answer: answerInvitation.payload.shape.answer,
  reason: z
    .string()
    .max(2000)
    .transform((text) => text.trim())
    .optional(),
});

/** Answers that the page explains beside what it shows; anything else is a page of its own. */
const explained: ReadonlySet<string> = new Set(['answer-final', 'answer-too-late', 'class-not-standing']);

/** Where the link of an invitation leads a trainer: looking (GET, HEAD) shows it, sending the form (POST) answers. */
@ApiExcludeController()
@Controller('invitations')
export class InvitationsController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get(':token')
  @Header('Content-Type', HTML)
  async show(
    @Param({ schema: link }) asked: PayloadOf<typeof openInvitation>,
    @Query({ schema: language }) { lang }: Language,
  ): Promise<string> {
    return invitationPage(await this.queries.ask(openInvitation, asked), lang, null);
  }

  @Post(':token')
  @HttpCode(HttpStatus.OK)
  @Header('Content-Type', HTML)
  async answer(
    @Param({ schema: link }) asked: PayloadOf<typeof openInvitation>,
    @Query({ schema: language }) { lang }: Language,
    @Body({ schema: form }) { answer, reason }: z.output<typeof form>,
  ): Promise<string> {
    const outcome = await this.outcomeOf({ ...asked, answer, ...(reason ? { reason } : {}) });
    return invitationPage(await this.queries.ask(openInvitation, asked), lang, outcome);
  }

  private async outcomeOf(given: PayloadOf<typeof answerInvitation>): Promise<Outcome> {
    try {
      const { changed } = await this.commands.execute(answerInvitation, given);
      return changed ? 'recorded' : 'known';
    } catch (error) {
      if (error instanceof DomainError && explained.has(error.code)) return 'refused';
      throw error;
    }
  }
}
