import { Injectable } from '@nestjs/common';
import type { Schedule, ScheduleSource } from '#scheduling';
import { SweepSteps } from './sweep-steps.js';

@Injectable()
export class SweepSchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(sweep: SweepSteps) {
    this.schedules = [
      {
        id: 'sweep',
        description: 'Decides every step that is due, in office hours',
        cron: '* * * * *',
        // Everything due by now is decided by the newest run; older ones have nothing of their own to do.
        missed: 'once',
        run: async () => {
          await sweep.execute();
        },
      },
    ];
  }
}
