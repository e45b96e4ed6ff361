import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import { cancelClass, changeClass, getClass, listClasses, listConflicts, planClass, postponeClass, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { CancelClass } from './cancel-class.js';
import { ChangeClass } from './change-class.js';
import { ClassViews } from './class-view.repository.js';
import { PlanClass } from './plan-class.js';
import { PostponeClass } from './postpone-class.js';
import { RosterConflicts } from './roster-conflicts.repository.js';
import { TraineeConflicts } from './trainee-conflicts.repository.js';

@Controller()
export class ClassesConsumer {
  constructor(
    private readonly planning: PlanClass,
    private readonly changing: ChangeClass,
    private readonly postponing: PostponeClass,
    private readonly cancelling: CancelClass,
  ) {}

  @On(planClass)
  plan(payload: PayloadOf<typeof planClass>, message: Message) {
    return this.planning.execute(payload, message);
  }

  @On(changeClass)
  change(payload: PayloadOf<typeof changeClass>, message: Message) {
    return this.changing.execute(payload, message);
  }

  @On(postponeClass)
  postpone(payload: PayloadOf<typeof postponeClass>, message: Message) {
    return this.postponing.execute(payload, message);
  }

  @On(cancelClass)
  cancel(payload: PayloadOf<typeof cancelClass>, message: Message) {
    return this.cancelling.execute(payload, message);
  }
}

@Controller()
export class ClassViewsConsumer {
  constructor(
    private readonly views: ClassViews,
    private readonly rosters: RosterConflicts,
    private readonly trainees: TraineeConflicts,
    private readonly clock: Clock,
  ) {}

  @On(listClasses)
  list(ask: PayloadOf<typeof listClasses>) {
    return pageOf(
      ask,
      (limit, after) => this.views.list(ask, limit, after),
      (one) => one.classId,
    );
  }

  @On(getClass)
  get(ask: PayloadOf<typeof getClass>) {
    return this.views.view(ask.classId);
  }

  @On(listConflicts)
  async conflicts(ask: PayloadOf<typeof listConflicts>) {
    const now = this.clock.now();
    const lists = [await this.views.conflicts(ask, now), await this.rosters.list(ask, now), await this.trainees.list(ask, now)];
    return { items: lists.flat() };
  }
}
