import { Controller } from '@nestjs/common';
import {
  acceptReport,
  getReport,
  listReports,
  returnReport,
  reviseReport,
  saveReportDraft,
  submitReport,
  type PayloadOf,
} from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { AcceptReport } from './accept-report.js';
import { ReportViews } from './report-view.repository.js';
import { ReturnReport } from './return-report.js';
import { ReviseReport } from './revise-report.js';
import { SaveReportDraft } from './save-report-draft.js';
import { SubmitReport } from './submit-report.js';

@Controller()
export class ReportsConsumer {
  constructor(
    private readonly saving: SaveReportDraft,
    private readonly submitting: SubmitReport,
    private readonly returning: ReturnReport,
    private readonly accepting: AcceptReport,
    private readonly revising: ReviseReport,
    private readonly views: ReportViews,
  ) {}

  @On(saveReportDraft)
  save(payload: PayloadOf<typeof saveReportDraft>, message: Message) {
    return this.saving.execute(payload, message);
  }

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

  @On(reviseReport)
  revise(payload: PayloadOf<typeof reviseReport>, message: Message) {
    return this.revising.execute(payload, message);
  }

  @On(listReports)
  list(ask: PayloadOf<typeof listReports>) {
    return pageOf(
      ask,
      (limit, after) => this.views.list({ state: ask.state, agency: ask.agency, periodKey: ask.periodKey, limit, after }),
      (report) => report.reportId,
    );
  }

  @On(getReport)
  get({ reportId }: PayloadOf<typeof getReport>) {
    return this.views.find(reportId);
  }
}
