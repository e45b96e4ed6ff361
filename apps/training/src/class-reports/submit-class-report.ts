import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, ReplyOf, submitClassReport } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { ClassDesk } from '../classes/class-desk.js';
import { after } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { mustBeOwed } from './class-report.js';
import { ClassReportRepository } from './class-report.repository.js';
import { TellProgress } from './tell-progress.js';

/** The agency that held a class reports on it: words are theirs, figures are counted. With it the class is reported, and its task is further by it. */
@Injectable()
export class SubmitClassReport {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly reports: ClassReportRepository,
    private readonly progress: TellProgress,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, `class-report-not-owed`, `class-step-refused` */
  execute(input: PayloadOf<typeof submitClassReport>, message: Message): Promise<ReplyOf<typeof submitClassReport>> {
    return this.work.once(message, async (tx) => {
      const { held } = await this.desk.hold(tx, input);
      const report = await this.reports.find(tx, held.id);
      mustBeOwed(report, held.code);
      const state = after('report', held);
      const at = this.clock.now();
      const figures = await this.reports.submit(tx, held.id, input.content, at);
      const version = await this.desk.classes.change(tx, held.id, { state });
      const { enrolled, completed, certificates } = figures;
      await this.desk.classes.tell(tx, held.id, at, 'reported', { detail: { enrolled, completed, certificates } });
      await this.progress.ofClass(tx, held.id);
      return { classId: held.id, state, report: 'submitted', dueOn: report.dueOn.toString(), version };
    });
  }
}
