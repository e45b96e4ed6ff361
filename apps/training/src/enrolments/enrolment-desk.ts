import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { ClassRepository } from '../classes/class.repository.js';
import type { HeldClass } from '../classes/class.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { QuotaWords } from '../quotas/quota-words.js';
import { TraineeRepository } from '../trainees/trainee.repository.js';
import type { HeldEnrolment } from './enrolment.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { TraineeTimes } from './times.repository.js';

/** What ends a nomination has at hand. */
@Injectable()
export class EnrolmentDesk {
  constructor(
    readonly classes: ClassRepository,
    private readonly trainees: TraineeRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly times: TraineeTimes,
    private readonly quotas: QuotaWords,
    private readonly history: HistoryRepository,
  ) {}

  /** Locks a nomination: first its class, then everybody who is nominated for it, then itself. @throws DomainError `enrolment-not-found` */
  async hold(tx: Tx, enrolmentId: string): Promise<{ held: HeldClass; enrolment: HeldEnrolment }> {
    const held = await this.classes.hold(tx, await this.enrolments.classOf(tx, enrolmentId));
    await this.trainees.holdOf(tx, held.id);
    return { held, enrolment: await this.enrolments.hold(tx, enrolmentId) };
  }

  /**
   * Ends a nomination that is held: its times are free, and while nominations are open its agency owes another one. Moves nobody up and tells the class
   * nothing: whoever asks for it does. @returns its new version
   */
  async end(
    tx: Tx,
    held: HeldClass,
    { id, classId, agency, traineeId }: HeldEnrolment,
    why: { at: Temporal.Instant; reason: string },
  ): Promise<number> {
    const version = await this.enrolments.withdraw(tx, id, why.reason);
    await this.times.relieve(tx, classId, [traineeId]);
    await this.history.tell(tx, [{ subject: 'enrolment', subjectId: id, what: 'withdrawn', ...why, detail: { classId, agency } }]);
    if (held.state === 'nomination-open') await this.quotas.oweAgain(tx, classId, agency);
    return version;
  }
}
