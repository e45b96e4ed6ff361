import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import { acceptReport, getReport, listReports, returnReport, submitReport, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { pageOf } from '../persistence/page.js';
import { AcceptReport } from './accept-report.js';
import { ReportRepository } from './report.repository.js';
import { ReturnReport } from './return-report.js';
import { SubmitReport } from './submit-report.js';

@Controller()
export class ReportsConsumer {
  constructor(
    private readonly submitting: SubmitReport,
    private readonly returning: ReturnReport,
    private readonly accepting: AcceptReport,
    private readonly reports: ReportRepository,
    private readonly clock: Clock,
  ) {}

  @On(submitReport)
  submit(payload: PayloadOf<typeof submitReport>, message: Message) {
    return this.submitting.execute(payload, message);
  }

  @On(returnReport)
  return(payload: PayloadOf<typeof returnReport>, message: Message) {
    return this.returning.execute(payload, message);
  }

  @On(acceptReport)
  accept(payload: PayloadOf<typeof acceptReport>, message: Message) {
    return this.accepting.execute(payload, message);
  }

  @On(listReports)
  list(ask: PayloadOf<typeof listReports>) {
    const now = this.clock.now();
    return pageOf(
      ask,
      (limit, after) => this.reports.list({ state: ask.state, agency: ask.agency, periodKey: ask.periodKey, limit, after }, now),
      (report) => report.reportId,
    );
  }

  @On(getReport)
  get({ reportId }: PayloadOf<typeof getReport>) {
    return this.reports.find(reportId, this.clock.now());
  }
}
