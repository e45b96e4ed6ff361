import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { requestSupplement, withdrawShortfall } from '#contracts';
import { CommandClient } from '#messaging/asking';
import { Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf } from '../http/validation.js';

const shortfallId = withdrawShortfall.payload.pick({ shortfallId: true });
type ShortfallId = z.output<typeof shortfallId>;
const withdrawing = bodyOf(withdrawShortfall.payload.omit({ shortfallId: true }));
const requested = bodyOf(requestSupplement.payload.omit({ shortfallId: true }));

@ApiTags('Budget')
@Controller('api/v1/shortfalls')
export class ShortfallsController {
  constructor(private readonly commands: CommandClient) {}

  @Post(':shortfallId/withdraw')
  @Executes(withdrawShortfall.reply, 'Withdraw a declared shortfall', 'Refused as long as the dossier of a supplement stands on it.')
  withdrawShortfall(
    @Param({ schema: shortfallId }) of: ShortfallId,
    @Body({ schema: withdrawing }) body: z.output<typeof withdrawing>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(withdrawShortfall, { ...of, ...body }, identity);
  }

  @Post(':shortfallId/supplement')
  @Executes(
    requestSupplement.reply,
    'Ask for a supplement after a declared shortfall',
    'Opens a dossier of the kind budget-supplement from the holder to the agency that the plan names for it. It is submitted, returned or approved as every dossier; its approval adds a line to the budget.',
  )
  requestSupplement(
    @Param({ schema: shortfallId }) of: ShortfallId,
    @Body({ schema: requested }) body: z.output<typeof requested>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(requestSupplement, { ...of, ...body }, identity);
  }
}
