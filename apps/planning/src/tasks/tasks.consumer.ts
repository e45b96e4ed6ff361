import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import { acceptTask, cancelTask, getTask, listTasks, reachMilestone, reportTaskProgress, returnTask, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { AcceptTask } from './accept-task.js';
import { CancelTask } from './cancel-task.js';
import { ReachMilestone } from './reach-milestone.js';
import { ReportTaskProgress } from './report-task-progress.js';
import { ReturnTask } from './return-task.js';
import { TaskViews } from './task-view.repository.js';

/** What the lead says of its task. */
@Controller()
export class TaskReportsConsumer {
  constructor(
    private readonly reporting: ReportTaskProgress,
    private readonly reaching: ReachMilestone,
  ) {}

  @On(reportTaskProgress)
  report(payload: PayloadOf<typeof reportTaskProgress>, message: Message) {
    return this.reporting.execute(payload, message);
  }

  @On(reachMilestone)
  reach(payload: PayloadOf<typeof reachMilestone>, message: Message) {
    return this.reaching.execute(payload, message);
  }
}

/** What is decided about tasks, and what is seen of them. */
@Controller()
export class TasksConsumer {
  constructor(
    private readonly accepting: AcceptTask,
    private readonly returning: ReturnTask,
    private readonly cancelling: CancelTask,
    private readonly views: TaskViews,
    private readonly clock: Clock,
  ) {}

  @On(acceptTask)
  accept(payload: PayloadOf<typeof acceptTask>, message: Message) {
    return this.accepting.execute(payload, message);
  }

  @On(returnTask)
  return(payload: PayloadOf<typeof returnTask>, message: Message) {
    return this.returning.execute(payload, message);
  }

  @On(cancelTask)
  cancel(payload: PayloadOf<typeof cancelTask>, message: Message) {
    return this.cancelling.execute(payload, message);
  }

  @On(listTasks)
  list(ask: PayloadOf<typeof listTasks>) {
    const now = this.clock.now();
    return pageOf(
      ask,
      (limit, after) => this.views.list(ask, after, limit, now),
      (task) => task.taskId,
    );
  }

  @On(getTask)
  get({ taskId }: PayloadOf<typeof getTask>) {
    return this.views.story(taskId, this.clock.now());
  }
}
