import { Injectable } from '@nestjs/common';
import type { Schedule, ScheduleSource } from '#scheduling';
import { PassOn } from './pass-on.js';

@Injectable()
export class AgenciesSchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(passing: PassOn) {
    this.schedules = [
      {
        id: 'pass-on',
        description: 'Passes what ended agencies owe to their successors',
        cron: '30 0 * * *',
        // Whatever is still owed is passed by the newest run.
        missed: 'once',
        runAtStart: true,
        run: async () => {
          await passing.execute();
        },
      },
    ];
  }
}
