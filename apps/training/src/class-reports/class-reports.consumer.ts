import { Controller } from '@nestjs/common';
import { getClassReport, returnClassReport, submitClassReport, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { ClassReportRepository } from './class-report.repository.js';
import { ReturnClassReport } from './return-class-report.js';
import { SubmitClassReport } from './submit-class-report.js';

@Controller()
export class ClassReportsConsumer {
  constructor(
    private readonly submitting: SubmitClassReport,
    private readonly returning: ReturnClassReport,
    private readonly reports: ClassReportRepository,
  ) {}

  @On(submitClassReport)
  submit(payload: PayloadOf<typeof submitClassReport>, message: Message) {
    return this.submitting.execute(payload, message);
  }

  @On(returnClassReport)
  return(payload: PayloadOf<typeof returnClassReport>, message: Message) {
    return this.returning.execute(payload, message);
  }

  @On(getClassReport)
  get(ask: PayloadOf<typeof getClassReport>) {
    return this.reports.view(ask.classId);
  }
}
