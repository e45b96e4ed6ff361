import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { UnitOfWork } from '#messaging';
import type { Schedule, ScheduleSource } from '#scheduling';
import type { Tx } from '../persistence/database.js';
import { OpenReports } from './open-reports.js';

@Injectable()
export class ReportsSchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(opening: OpenReports, work: UnitOfWork<Tx>, clock: Clock) {
    this.schedules = [
      {
        id: 'open-reports',
        description: 'Opens the reports of every period whose data window has opened',
        cron: '0 1 * * *',
        missed: 'once',
        runAtStart: true,
        run: async () => {
          await work.run((tx) => opening.openDue(tx, clock.now()));
        },
      },
    ];
  }
}
