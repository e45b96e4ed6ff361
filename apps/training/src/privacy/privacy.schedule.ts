import { Injectable } from '@nestjs/common';
import type { Schedule, ScheduleSource } from '#scheduling';
import { ForgetExpired } from './forget-expired.js';

@Injectable()
export class PrivacySchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(forgetting: ForgetExpired) {
    this.schedules = [
      {
        id: 'forget-expired',
        description: 'Every night: trainees whose newest class ended more than a year ago are de-identified',
        cron: '0 2 * * *',
        missed: 'once',
        run: async (runAt) => {
          await forgetting.execute(runAt);
        },
      },
    ];
  }
}
