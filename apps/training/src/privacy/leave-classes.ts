import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { HeldClass } from '../classes/class.js';
import { EnrolmentDesk } from '../enrolments/enrolment-desk.js';
import { MoveUp } from '../enrolments/move-up.js';
import type { HeldEnrolment } from '../enrolments/enrolment.js';
import type { Tx } from '../persistence/database.js';
import { PersonRepository } from './person.repository.js';

/** What somebody is to come to, held: each class before anybody who is nominated for it. */
export type Leaving = readonly { readonly held: HeldClass; readonly enrolment: HeldEnrolment }[];

/** Takes somebody out of the classes that are to come: of data that may not be used no list and no mail can be made. */
@Injectable()
export class LeaveClasses {
  constructor(
    private readonly people: PersonRepository,
    private readonly desk: EnrolmentDesk,
    private readonly movingUp: MoveUp,
  ) {}

  /** Locks the classes in order of their id, then the people and the nominations. */
  async hold(tx: Tx, traineeId: string): Promise<Leaving> {
    const toCome = await this.people.toCome(tx, traineeId);
    for (const { classId } of toCome) await this.desk.classes.hold(tx, classId);
    const leaving = [];
    for (const { id } of toCome) leaving.push(await this.desk.hold(tx, id));
    return leaving;
  }

  /** Ends the nominations; whoever is first of those who wait has the seat. @returns ids of those that ended */
  async execute(tx: Tx, leaving: Leaving, at: Temporal.Instant): Promise<string[]> {
    const reason = 'Theo yêu cầu của cá nhân về dữ liệu của mình';
    const ended: { classId: string; detail: { enrolmentId: string; agency: string; promoted: string[] } }[] = [];
    for (const { held, enrolment } of leaving) {
      const { id: enrolmentId, classId, agency } = enrolment;
      await this.desk.end(tx, held, enrolment, { at, reason });
      ended.push({ classId, detail: { enrolmentId, agency, promoted: await this.movingUp.execute(tx, held, agency, at) } });
    }
    for (const { classId, detail } of ended) await this.desk.classes.tell(tx, classId, at, 'trainee-withdrawn', { reason, detail });
    return ended.map(({ detail }) => detail.enrolmentId);
  }
}
