import { Injectable } from '@nestjs/common';
import type { Schedule, ScheduleSource } from '#scheduling';
import { SendWeeklyDigest } from './send-weekly-digest.js';

@Injectable()
export class EscalationsSchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(digest: SendWeeklyDigest) {
    this.schedules = [
      {
        id: 'weekly-digest',
        description: 'Thursday digest to the standing agency of each plan',
        cron: '30 7 * * 4',
        missed: 'once',
        run: async (runAt) => {
          await digest.execute(runAt);
        },
      },
    ];
  }
}
