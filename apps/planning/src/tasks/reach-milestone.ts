import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { DomainError, type PayloadOf, type reachMilestone, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { mustBeUnderWay, reporterOf, type HeldTask } from './task.js';
import { TaskRepository } from './task.repository.js';

/** A point on the way is reached, on a day and with what shows it. Progress is another matter and is reported by itself. */
@Injectable()
export class ReachMilestone {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly tasks: TaskRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `task-not-found`, `changed-meanwhile`, `not-the-lead`, `milestone-not-found`, `milestone-already-reached`, `day-in-future`,
   * `task-submitted`, `task-done`, `task-suspended`, `task-cancelled`
   */
  execute(input: PayloadOf<typeof reachMilestone>, message: Message): Promise<ReplyOf<typeof reachMilestone>> {
    return this.work.once(message, async (tx) => {
      const task = await this.tasks.hold(tx, input.taskId);
      mustBeSeen('task', { version: task.version, state: task.status }, input.seenVersion);
      mustBeUnderWay(task);
      const reporter = reporterOf(task, input.agency);
      const milestone = unreached(task, input.milestone);
      const at = this.clock.now();
      const reachedOn = notInFuture(input.reachedOn, localDate(at));
      await this.tasks.reach(tx, milestone.id, reachedOn, input.evidence);
      const version = await this.tasks.move(tx, task.id, {});
      const detail = { milestone: milestone.code, reachedOn: reachedOn.toString(), agency: reporter.code };
      await this.tasks.tell(tx, task.id, at, 'milestone-reached', { detail });
      const { status, progress } = task;
      return {
        taskId: task.id,
        status,
        progress,
        version,
        at: at.toString(),
        milestone: milestone.code,
        reachedOn: reachedOn.toString(),
      };
    });
  }
}

function unreached(task: HeldTask, code: string): HeldTask['milestones'][number] {
  const found = task.milestones.find((one) => one.code === code);
  if (!found) {
    const known = task.milestones.map((one) => one.code).join(', ') || 'none';
    throw new DomainError('milestone-not-found', `Task ${task.code} has no milestone ${code}; it has: ${known}.`);
  }
  if (!found.reachedOn) return found;
  const on = found.reachedOn.toString();
  throw new DomainError('milestone-already-reached', `Milestone ${code} was reached on ${on} already.`, [{ reachedOn: on }]);
}

/** @throws DomainError `day-in-future` */
function notInFuture(stated: string | undefined, today: Temporal.PlainDate): Temporal.PlainDate {
  if (stated === undefined) return today;
  const day = Temporal.PlainDate.from(stated);
  if (Temporal.PlainDate.compare(day, today) <= 0) return day;
  throw new DomainError(
    'day-in-future',
    `${stated} is still to come; say the day on which it was reached, today (${today.toString()}) at the latest.`,
  );
}
