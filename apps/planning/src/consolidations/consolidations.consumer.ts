import { Controller } from '@nestjs/common';
import { consolidateReports, excludeReport, getConsolidation, includeReport, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { ConsolidateReports } from './consolidate-reports.js';
import { ConsolidationViews } from './consolidation-view.repository.js';
import { ExcludeReport } from './exclude-report.js';
import { IncludeReport } from './include-report.js';

@Controller()
export class ConsolidationsConsumer {
  constructor(
    private readonly consolidating: ConsolidateReports,
    private readonly excluding: ExcludeReport,
    private readonly including: IncludeReport,
    private readonly views: ConsolidationViews,
  ) {}

  @On(consolidateReports)
  consolidate(payload: PayloadOf<typeof consolidateReports>, message: Message) {
    return this.consolidating.execute(payload, message);
  }

  @On(excludeReport)
  exclude(payload: PayloadOf<typeof excludeReport>, message: Message) {
    return this.excluding.execute(payload, message);
  }

  @On(includeReport)
  include(payload: PayloadOf<typeof includeReport>, message: Message) {
    return this.including.execute(payload, message);
  }

  @On(getConsolidation)
  get({ reportId }: PayloadOf<typeof getConsolidation>) {
    return this.views.find(reportId);
  }
}
