import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import type { changeCourse, PayloadOf, ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { AgencyRepository } from '../agencies/agency.repository.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { PlanTaskRepository } from '../tasks/plan-task.repository.js';
import { mustBeOpen, mustMakeSense, windowWithin } from './course.js';
import { CourseRepository } from './course.repository.js';

/** An open course is changed, with a reason. Its classes keep what they have: what no longer fits them is a conflict on the list. */
@Injectable()
export class ChangeCourse {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly courses: CourseRepository,
    private readonly agencies: AgencyRepository,
    private readonly tasks: PlanTaskRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `course-not-found`, `changed-meanwhile`, `course-ended`, `size-backwards`, `window-backwards`, `outside-task-window`, `agency-not-found`,
   * `agency-ended`
   */
  execute(input: PayloadOf<typeof changeCourse>, message: Message): Promise<ReplyOf<typeof changeCourse>> {
    return this.work.once(message, async (tx) => {
      const course = await this.courses.hold(tx, input.courseId);
      mustBeSeen('course', course, input.seenVersion);
      mustBeOpen(course);
      const at = this.clock.now();
      const { windowFrom, windowTo, ...others } = input.changes;
      const said = {
        windowFrom: windowFrom === undefined ? course.windowFrom : dayIn(windowFrom),
        windowTo: windowTo === undefined ? course.windowTo : dayIn(windowTo),
      };
      mustMakeSense({ ...course, ...defined(others), ...said });
      // A window that stays is no reason to refuse: its task may have moved since, which is a conflict on the list.
      const moves = windowFrom !== undefined || windowTo !== undefined;
      const task = moves && course.taskId !== null ? await this.tasks.read(tx, course.taskId) : null;
      const window = windowWithin(said, task);
      if (others.leadAgency !== undefined) await this.agencies.mustExist(tx, others.leadAgency, localDate(at));
      const version = await this.courses.change(tx, course.id, { ...others, ...window });
      const detail = { changed: Object.keys(input.changes).sort() };
      await this.history.tell(tx, [{ subject: 'course', subjectId: course.id, at, what: 'changed', reason: input.reason, detail }]);
      return { courseId: course.id, state: course.state, version };
    });
  }
}

const dayIn = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text));

/** The sizes that are given; a field that is named without a value is not. */
function defined(changes: PayloadOf<typeof changeCourse>['changes']) {
  const { capacity, minSize } = changes;
  return { ...(capacity === undefined ? {} : { capacity }), ...(minSize === undefined ? {} : { minSize }) };
}
