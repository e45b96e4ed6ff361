import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import {
  answerFinding,
  cancelInspection,
  closeFinding,
  getInspection,
  holdInspection,
  listInspections,
  planInspection,
  reopenFinding,
  type PayloadOf,
} from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { AnswerFinding } from './answer-finding.js';
import { CancelInspection } from './cancel-inspection.js';
import { CloseFinding } from './close-finding.js';
import { HoldInspection } from './hold-inspection.js';
import { InspectionViews } from './inspection-view.repository.js';
import { PlanInspection } from './plan-inspection.js';
import { ReopenFinding } from './reopen-finding.js';

/** The visits. */
@Controller()
export class InspectionsConsumer {
  constructor(
    private readonly planning: PlanInspection,
    private readonly holding: HoldInspection,
    private readonly cancelling: CancelInspection,
    private readonly views: InspectionViews,
    private readonly clock: Clock,
  ) {}

  @On(planInspection)
  plan(payload: PayloadOf<typeof planInspection>, message: Message) {
    return this.planning.execute(payload, message);
  }

  @On(holdInspection)
  hold(payload: PayloadOf<typeof holdInspection>, message: Message) {
    return this.holding.execute(payload, message);
  }

  @On(cancelInspection)
  cancel(payload: PayloadOf<typeof cancelInspection>, message: Message) {
    return this.cancelling.execute(payload, message);
  }

  @On(listInspections)
  list(ask: PayloadOf<typeof listInspections>) {
    const now = this.clock.now();
    return pageOf(
      ask,
      (limit, after) => this.views.list(ask, after, limit, now),
      (inspection) => inspection.inspectionId,
    );
  }

  @On(getInspection)
  get({ inspectionId }: PayloadOf<typeof getInspection>) {
    return this.views.story(inspectionId, this.clock.now());
  }
}

/** What became of what they found. */
@Controller()
export class FindingsConsumer {
  constructor(
    private readonly answering: AnswerFinding,
    private readonly closing: CloseFinding,
    private readonly reopening: ReopenFinding,
  ) {}

  @On(answerFinding)
  answer(payload: PayloadOf<typeof answerFinding>, message: Message) {
    return this.answering.execute(payload, message);
  }

  @On(closeFinding)
  close(payload: PayloadOf<typeof closeFinding>, message: Message) {
    return this.closing.execute(payload, message);
  }

  @On(reopenFinding)
  reopen(payload: PayloadOf<typeof reopenFinding>, message: Message) {
    return this.reopening.execute(payload, message);
  }
}
