import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { reverseExpenditure } from '#contracts';
import { CommandClient } from '#messaging/asking';
import { Executes } from '../http/answers.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { bodyOf } from '../http/validation.js';

const expenditureId = reverseExpenditure.payload.pick({ expenditureId: true });
type ExpenditureId = z.output<typeof expenditureId>;
const reversing = bodyOf(reverseExpenditure.payload.omit({ expenditureId: true }));

@ApiTags('Budget')
@Controller('api/v1/expenditures')
export class ExpendituresController {
  constructor(private readonly commands: CommandClient) {}

  @Post(':expenditureId/reverse')
  @Executes(reverseExpenditure.reply, 'Take back an expenditure that was recorded by mistake', 'As a whole, and once; both stay on record.')
  reverseExpenditure(
    @Param({ schema: expenditureId }) of: ExpenditureId,
    @Body({ schema: reversing }) body: z.output<typeof reversing>,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(reverseExpenditure, { ...of, ...body }, identity);
  }
}
