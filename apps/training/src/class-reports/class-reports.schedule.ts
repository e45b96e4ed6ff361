import { Injectable } from '@nestjs/common';
import type { Schedule, ScheduleSource } from '#scheduling';
import { TellProgress } from './tell-progress.js';

@Injectable()
export class ClassReportsSchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(progress: TellProgress) {
    this.schedules = [
      {
        id: 'tell-progress',
        description: 'Tells planning of classes that were reported while their task stood still, once it goes on',
        cron: '10 * * * *',
        missed: 'once',
        run: () => progress.ofAll(),
      },
    ];
  }
}
