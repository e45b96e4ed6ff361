import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { lockRoster, PayloadOf, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { ClassFacts } from '../announcements/class-facts.repository.js';
import { ClassDesk } from '../classes/class-desk.js';
import { after } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { mustGoOn } from '../tasks/plan-task.js';
import { MakeRoster } from './make-roster.js';
import { RosterRepository } from './roster.repository.js';

/** The people of a class are settled (domain 4.4): its roster has a version that trainers are sent. */
@Injectable()
export class LockRoster {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly rosters: RosterRepository,
    private readonly making: MakeRoster,
    private readonly facts: ClassFacts,
    private readonly clock: Clock,
  ) {}

  /**
   * By a person. Idempotent by the message.
   * @throws DomainError `class-not-found`, `changed-meanwhile`, `class-step-refused` with what is missing, `task-suspended`, `task-cancelled`, `approval-missing`
   */
  execute(input: PayloadOf<typeof lockRoster>, message: Message): Promise<ReplyOf<typeof lockRoster>> {
    return this.work.once(message, (tx) => this.lock(tx, input));
  }

  /** The same in a transaction that is open. @throws DomainError as above */
  async lock(tx: Tx, input: PayloadOf<typeof lockRoster>): Promise<ReplyOf<typeof lockRoster>> {
    const { held } = await this.desk.hold(tx, input);
    const { minSize, capacity } = held;
    const state = after('lock-roster', held, { minSize, capacity, ...(await this.rosters.readiness(tx, held.id)) });
    const facts = await this.facts.of(tx, held.id);
    mustGoOn(facts.task);
    const { roster, version } = await this.making.lock(tx, held, state, facts, this.clock.now());
    return { classId: held.id, state, rosterVersion: roster.version, trainees: roster.enrolmentIds.length, version };
  }
}
