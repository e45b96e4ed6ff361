import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  addQuota,
  changeQuota,
  closeNominations,
  completeNominations,
  listQuotas,
  openNominations,
  removeQuota,
  type PayloadOf,
} from '#contracts';
import { CommandClient, QueryClient } from '#messaging/asking';
import { Answers, Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf } from '../http/validation.js';

const classId = listQuotas.payload;
type ClassId = PayloadOf<typeof listQuotas>;
const quotaId = changeQuota.payload.pick({ classId: true, agency: true });
type QuotaId = z.output<typeof quotaId>;
const opening = bodyOf(openNominations.payload.omit({ classId: true }));
const closing = bodyOf(closeNominations.payload.omit({ classId: true }));
const addition = bodyOf(addQuota.payload.omit({ classId: true }));
const changes = bodyOf(changeQuota.payload.omit({ classId: true, agency: true }));
const removal = bodyOf(removeQuota.payload.omit({ classId: true, agency: true }));
const completion = bodyOf(completeNominations.payload.omit({ classId: true, agency: true }));

@ApiTags('Training')
@Controller('api/v1/classes')
export class QuotasController {
  constructor(
    private readonly queries: QueryClient,
    private readonly commands: CommandClient,
  ) {}

  @Get(':classId/quotas')
  @Answers(
    listQuotas.reply,
    'List how many each agency may send to a class',
    'With what came of it, also quotas that are cancelled. Each is an obligation in the ledger: "obligationId".',
  )
  listQuotas(@Param({ schema: classId }) asked: ClassId) {
    return this.queries.ask(listQuotas, asked);
  }

  @Post(':classId/nominations/open')
  @Executes(
    openNominations.reply,
    'Open nominations for a class',
    'Each agency with a quota owes its list by the deadline: seven working days before the first session where nobody says another. Seats may be more ' +
      'than places, which is a warning. After a postponement it takes up the quotas and people that the class has.',
  )
  openNominations(
    @Param({ schema: classId }) of: ClassId,
    @Body({ schema: opening }) body: z.output<typeof opening>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(openNominations, { ...of, ...body }, identity);
  }

  @Post(':classId/nominations/close')
  @Executes(
    closeNominations.reply,
    'Close nominations for a class',
    'Happens by itself on the working day after the last deadline. Later ones need a reason; seats that were kept for leaders are free for all.',
  )
  closeNominations(
    @Param({ schema: classId }) of: ClassId,
    @Body({ schema: closing }) body: z.output<typeof closing>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(closeNominations, { ...of, ...body }, identity);
  }

  @Post(':classId/quotas')
  @Executes(addQuota.reply, 'Let one more agency nominate', 'For a class whose nominations are under way; one that was removed comes back.')
  addQuota(
    @Param({ schema: classId }) of: ClassId,
    @Body({ schema: addition }) body: z.output<typeof addition>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(addQuota, { ...of, ...body }, identity);
  }

  @Post(':classId/quotas/:agency/change')
  @Executes(
    changeQuota.reply,
    'Change seats or deadline of a quota',
    'A later deadline is an extension. With more seats those who wait move up, in the same transaction.',
  )
  changeQuota(
    @Param({ schema: quotaId }) of: QuotaId,
    @Body({ schema: changes }) body: z.output<typeof changes>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(changeQuota, { ...of, ...body }, identity);
  }

  @Post(':classId/quotas/:agency/remove')
  @Executes(removeQuota.reply, 'Ask nothing of an agency any more', 'Its obligation is cancelled. Whom it nominated is withdrawn before.')
  removeQuota(
    @Param({ schema: quotaId }) of: QuotaId,
    @Body({ schema: removal }) body: z.output<typeof removal>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(removeQuota, { ...of, ...body }, identity);
  }

  @Post(':classId/quotas/:agency/complete')
  @Executes(
    completeNominations.reply,
    'Say that an agency sends fewer',
    'With the reason; its obligation is fulfilled. It is owed again when the agency withdraws somebody while nominations are open.',
  )
  completeNominations(
    @Param({ schema: quotaId }) of: QuotaId,
    @Body({ schema: completion }) body: z.output<typeof completion>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(completeNominations, { ...of, ...body }, identity);
  }
}
