import { Injectable } from '@nestjs/common';
import type { Schedule, ScheduleSource } from '#scheduling';
import { LockDueRosters } from './lock-due.js';

@Injectable()
export class RostersSchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(locking: LockDueRosters) {
    this.schedules = [
      {
        id: 'lock-rosters',
        description: 'Locks the rosters of classes that begin within five working days, on working days',
        cron: '0 8 * * *',
        missed: 'once',
        run: () => locking.execute(),
      },
    ];
  }
}
