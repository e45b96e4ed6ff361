import { Injectable } from '@nestjs/common';
import type { Schedule, ScheduleSource } from '#scheduling';
import { TellClasses } from './tell-classes.js';

@Injectable()
export class NoticesSchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(telling: TellClasses) {
    this.schedules = [
      {
        id: 'tell-classes',
        description: 'Tells trainers and trainees what is new of their classes, in office hours: rosters, invitations, changes, reminders',
        cron: '*/30 7-16 * * *',
        // What there is to tell by now the newest run tells.
        missed: 'once',
        run: () => telling.execute(),
      },
    ];
  }
}
