import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type endCourse, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustBeOpen } from './course.js';
import { CourseRepository } from './course.repository.js';

/** A course is closed or cancelled by a decision. No class is left behind silently: each was held or cancelled before. */
@Injectable()
export class EndCourse {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly courses: CourseRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `course-not-found`, `changed-meanwhile`, `course-ended`, `classes-unfinished` */
  execute(input: PayloadOf<typeof endCourse>, message: Message): Promise<ReplyOf<typeof endCourse>> {
    return this.work.once(message, async (tx) => {
      const course = await this.courses.hold(tx, input.courseId);
      mustBeSeen('course', course, input.seenVersion);
      mustBeOpen(course);
      const codes = await this.courses.unfinished(tx, course.id);
      if (codes.length > 0)
        throw new DomainError(
          'classes-unfinished',
          `Classes of course ${course.code} are still to be held: ${codes.join(', ')}. Hold or cancel each of them first.`,
          codes.map((code) => ({ class: code })),
        );
      const version = await this.courses.end(tx, course.id, input.as, input.decision);
      const line = { at: this.clock.now(), what: input.as, reason: input.reason, detail: { decision: input.decision } };
      await this.history.tell(tx, [{ subject: 'course', subjectId: course.id, ...line }]);
      return { courseId: course.id, state: input.as, version };
    });
  }
}
