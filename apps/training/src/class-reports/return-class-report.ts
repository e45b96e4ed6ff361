import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type returnClassReport } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { WorkingDays } from '../calendar/working-days.js';
import { ClassDesk } from '../classes/class-desk.js';
import { after } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { dueAfter, mustBeSubmitted } from './class-report.js';
import { ClassReportRepository } from './class-report.repository.js';

/** The standing agency wants a report done again, and says why. It is owed anew; what was told of the task's progress stays told. */
@Injectable()
export class ReturnClassReport {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly reports: ClassReportRepository,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, `class-report-not-submitted`, `day-passed`, `class-step-refused` */
  execute(input: PayloadOf<typeof returnClassReport>, message: Message): Promise<ReplyOf<typeof returnClassReport>> {
    return this.work.once(message, async (tx) => {
      const { held } = await this.desk.hold(tx, input);
      mustBeSubmitted(await this.reports.find(tx, held.id), held.code);
      const state = after('return-report', held);
      const at = this.clock.now();
      const today = localDate(at);
      const dueOn = input.dueOn === undefined ? dueAfter(today, this.days.calendar) : Temporal.PlainDate.from(input.dueOn);
      if (Temporal.PlainDate.compare(dueOn, today) < 0)
        throw new DomainError('day-passed', `A report cannot be owed by a day that is over. Choose today (${today.toString()}) or later.`);
      await this.reports.change(tx, held.id, { state: 'owed', dueOn });
      const version = await this.desk.classes.change(tx, held.id, { state });
      const { reason } = input;
      await this.desk.classes.tell(tx, held.id, at, 'report-returned', { reason, detail: { dueOn: dueOn.toString() } });
      return { classId: held.id, state, report: 'owed', dueOn: dueOn.toString(), version };
    });
  }
}
