import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { countMessages, getMessage, listMessages, type PayloadOf } from '#contracts';
import { QueryClient } from '#messaging/asking';
import { Answers } from '../http/answers.js';
import { queryOf } from '../http/validation.js';

const { obligationId, recipientId, agencyCode, ...asIs } = listMessages.payload.shape;
/** Filters are named as everywhere in this API; the message names them by what they hold. */
const filters = queryOf(z.object({ obligation: obligationId, recipient: recipientId, agency: agencyCode, ...asIs }));

@ApiTags('Messages')
@Controller('api/v1/messages')
export class MessagesController {
  constructor(private readonly queries: QueryClient) {}

  @Get()
  @Answers(listMessages.reply, 'List mails that were sent or will be')
  listMessages(@Query({ schema: filters }) { obligation, recipient, agency, ...asked }: z.output<typeof filters>) {
    return this.queries.ask(listMessages, { ...asked, obligationId: obligation, recipientId: recipient, agencyCode: agency });
  }

  @Get('counts')
  @Answers(countMessages.reply, 'Count mails by state')
  countMessages(@Query({ schema: queryOf(countMessages.payload) }) asked: PayloadOf<typeof countMessages>) {
    return this.queries.ask(countMessages, asked);
  }

  @Get(':messageId')
  @Answers(getMessage.reply, 'Read a mail with every attempt to deliver it')
  getMessage(@Param({ schema: getMessage.payload }) asked: PayloadOf<typeof getMessage>) {
    return this.queries.ask(getMessage, asked);
  }
}
