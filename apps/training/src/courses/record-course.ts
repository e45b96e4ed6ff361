import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import type { PayloadOf, recordCourse, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { AgencyRepository } from '../agencies/agency.repository.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { PlanTaskRepository } from '../tasks/plan-task.repository.js';
import { mustMakeSense, windowWithin } from './course.js';
import { CourseRepository } from './course.repository.js';

/** A course is planned: what is taught, how often, by whom (SEED-32). */
@Injectable()
export class RecordCourse {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly courses: CourseRepository,
    private readonly agencies: AgencyRepository,
    private readonly tasks: PlanTaskRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `plan-not-known`, `task-not-known`, `task-of-another-plan`, `outside-task-window`, `size-backwards`, `window-backwards`,
   * `agency-not-found`, `agency-ended`, `course-code-taken`
   */
  execute(input: PayloadOf<typeof recordCourse>, message: Message): Promise<ReplyOf<typeof recordCourse>> {
    return this.work.once(message, async (tx) => {
      const at = this.clock.now();
      const { planId, taskId } = input;
      await this.tasks.planOf(tx, planId);
      const task = taskId === undefined ? null : await this.tasks.ofPlan(tx, taskId, planId);
      const said = { windowFrom: dayIn(input.windowFrom), windowTo: dayIn(input.windowTo) };
      mustMakeSense({ ...input, ...said });
      const course = { ...input, ...windowWithin(said, task), taskCode: task?.code ?? null };
      await this.agencies.mustExist(tx, input.leadAgency, localDate(at));
      // Made by this message, so its id is the course's.
      await this.courses.create(tx, message.id, course);
      const detail = { code: input.code, planId, taskId: taskId ?? null, plannedClasses: input.plannedClasses };
      await this.history.tell(tx, [{ subject: 'course', subjectId: message.id, at, what: 'recorded', detail }]);
      return { courseId: message.id, state: 'open', version: 1 };
    });
  }
}

const dayIn = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text));
