import { Injectable } from '@nestjs/common';
import type { Schedule, ScheduleSource } from '#scheduling';
import { KeepDays } from './keep-days.js';

@Injectable()
export class SuspensionsSchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(keeping: KeepDays) {
    this.schedules = [
      {
        id: 'suspensions',
        description: 'Begins and ends suspensions on the days that their decisions name',
        // After midnight, and again before the day's chasing begins.
        cron: '10 0,7 * * *',
        missed: 'once',
        runAtStart: true,
        run: () => keeping.execute(),
      },
    ];
  }
}
