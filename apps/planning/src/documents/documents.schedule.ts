import { Injectable } from '@nestjs/common';
import type { Schedule, ScheduleSource } from '#scheduling';
import { PrepareQuarterlyLists } from './prepare-quarterly-lists.js';

@Injectable()
export class DocumentsSchedule implements ScheduleSource {
  readonly schedules: readonly Schedule[];

  constructor(lists: PrepareQuarterlyLists) {
    this.schedules = [
      {
        id: 'quarterly-lists',
        description: 'List of late agencies of each plan, on the first working day after a quarter',
        // Every morning before the weekly digest: which quarter is to be listed, and whether it is, the run finds out by itself.
        cron: '20 7 * * *',
        missed: 'once',
        run: async () => {
          await lists.execute();
        },
      },
    ];
  }
}
