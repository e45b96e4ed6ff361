import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { loadWorkingCalendar, type WorkingCalendar } from '#calendar';
import { Env } from '#config';
import { loadLadders, type Ladder } from '#ladder';

/** The rules that come as files beside the plans: the working calendar and the ladders. Read once, at start; a bad file stops the start. */
@Injectable()
export class RuleFiles {
  readonly calendar: WorkingCalendar;
  readonly ladders: ReadonlyMap<string, Ladder>;

  constructor(env: Env) {
    this.calendar = loadWorkingCalendar(join(env.get('PLANS_DIR'), 'calendar'));
    this.ladders = loadLadders(join(env.get('PLANS_DIR'), 'ladders'));
  }
}
