import { Global, Module } from '@nestjs/common';
import { WorkingDays } from './working-days.js';

/** Whatever has a day needs it. */
@Global()
@Module({ providers: [WorkingDays], exports: [WorkingDays] })
export class CalendarModule {}
