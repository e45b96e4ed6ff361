import { Injectable } from '@nestjs/common';
import type { Schedule, ScheduleSource } from '#scheduling';
import { CheckCalendar } from './check-calendar.js';
import { SendWeeklyDigest } from './send-weekly-digest.js';

@Injectable()
export class EscalationsSchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(digest: SendWeeklyDigest, calendar: CheckCalendar) {
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
      {
        id: 'check-calendar',
        description: 'Monday, before office hours: from October a case while the days off of the next year are not decided and loaded',
        cron: '0 7 * * 1',
        missed: 'once',
        run: () => calendar.execute(),
      },
    ];
  }
}
