import { Injectable } from '@nestjs/common';
import type { Schedule, ScheduleSource } from '#scheduling';
import { AskForAttendance } from './ask-for-attendance.js';
import { MoveClassesOn } from './move-classes-on.js';

@Injectable()
export class AttendanceSchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(moving: MoveClassesOn, asking: AskForAttendance) {
    this.schedules = [
      {
        id: 'move-classes-on',
        description: 'Classes begin with their first session, and are completed once nobody is missing',
        cron: '*/15 * * * *',
        missed: 'once',
        runAtStart: true,
        run: () => moving.execute(),
      },
      {
        id: 'ask-for-attendance',
        description: 'At the end of a day its trainers are asked for the attendance that is missing',
        cron: '0 18 * * *',
        missed: 'once',
        run: () => asking.first(),
      },
      {
        id: 'ask-for-attendance-again',
        description: 'Before noon they are asked once more, a working day after the first mail can have left',
        cron: '0 8 * * *',
        missed: 'all',
        run: (runAt) => asking.again(runAt),
      },
    ];
  }
}
