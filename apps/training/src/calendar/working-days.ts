import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { loadWorkingCalendar, type WorkingCalendar } from '#calendar';
import { Env } from '#config';

/** The working calendar that comes as files beside the plans. Read once, at start; a bad file stops the start. */
@Injectable()
export class WorkingDays {
  readonly calendar: WorkingCalendar;

  constructor(env: Env) {
    this.calendar = loadWorkingCalendar(join(env.get('PLANS_DIR'), 'calendar'));
  }
}
