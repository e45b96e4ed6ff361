import { Injectable } from '@nestjs/common';
import type { Schedule, ScheduleSource } from '#scheduling';
import { CloseNominations } from './close-nominations.js';

@Injectable()
export class NominationsSchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(closing: CloseNominations) {
    this.schedules = [
      {
        id: 'close-nominations',
        description:
          'Working days: nominations end for classes whose last deadline was before today, or that nothing is owed for a week before they begin',
        cron: '0 8 * * *',
        missed: 'once',
        run: (runAt) => closing.closeDue(runAt),
      },
    ];
  }
}
