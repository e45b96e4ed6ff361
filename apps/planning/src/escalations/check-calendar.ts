import { Injectable } from '@nestjs/common';
import { Clock, localDate } from '#calendar';
import { UnitOfWork } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { CalendarCases } from './calendar-case.repository.js';
import { calendarFindings } from './calendar-coverage.js';

/**
 * Whether the working calendar reaches far enough: from 1 October the next year must be decided and loaded, or that is a case. A repeated check raises
 * nothing twice. The files are read at start, so a year that was added shows after a restart.
 */
@Injectable()
export class CheckCalendar {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly cases: CalendarCases,
    private readonly rules: RuleFiles,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    const at = this.clock.now();
    await this.work.run(async (tx) => {
      const { raise, resolve } = calendarFindings(localDate(at), this.rules.calendar, await this.cases.open(tx));
      await this.cases.resolve(tx, resolve, at);
      for (const year of raise) await this.cases.raise(tx, year, at);
    });
  }
}
