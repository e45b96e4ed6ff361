import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type nominate, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { ClassRepository } from '../classes/class.repository.js';
import type { Tx } from '../persistence/database.js';
import { EnrolPeople } from './enrol-people.js';
import { mustBeOpenFor } from './enrolment.js';

/** An agency sends somebody to a class: enrolled while there is a seat, else waiting. One person is in one class of a course (SEED-41). */
@Injectable()
export class Nominate {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly classes: ClassRepository,
    private readonly enrolling: EnrolPeople,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `class-not-found`, `nominations-not-open`, `nominations-closed`, `agency-without-quota`, `trainee-restricted`, `already-nominated`,
   * `trainee-taken`
   */
  execute(input: PayloadOf<typeof nominate>, message: Message): Promise<ReplyOf<typeof nominate>> {
    return this.work.once(message, async (tx) => {
      const { classId, person, leader, late, ...basis } = input;
      const held = await this.classes.hold(tx, classId);
      mustBeOpenFor(held, late);
      const [outcome] = await this.enrolling.execute(tx, {
        classes: [held],
        nominations: [{ classId, person, leader }],
        basis,
        messageId: message.id,
        late,
        at: this.clock.now(),
      });
      if (!outcome) throw new Error('a nomination has no outcome');
      if (outcome.problem) throw new DomainError(outcome.problem.code, outcome.problem.message, [outcome.problem.details]);
      return { ...outcome.enrolled, classId, version: 1 };
    });
  }
}
