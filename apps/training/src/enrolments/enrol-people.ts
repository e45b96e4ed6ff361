import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { nameBasedId, type WaitingReason } from '#contracts';
import type { HeldClass } from '../classes/class.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { QuotaWords } from '../quotas/quota-words.js';
import type { Basis, KnownTrainee, NominatedPerson } from '../trainees/trainee.js';
import { TraineeRepository, type Nominee } from '../trainees/trainee.repository.js';
import { SeatPlan, type Seats } from './enrolment.js';
import { EnrolmentRepository, type NewEnrolment } from './enrolment.repository.js';

export interface Nomination {
  readonly classId: string;
  readonly person: NominatedPerson;
  readonly leader: boolean;
}

/** Why somebody is not nominated: a refusal, or an error of their row. */
export interface Problem {
  readonly code: 'agency-without-quota' | 'nominated-twice' | 'trainee-restricted' | 'already-nominated' | 'trainee-taken';
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface Enrolled {
  readonly enrolmentId: string;
  readonly traineeId: string;
  readonly state: 'enrolled' | 'waiting';
  readonly why: WaitingReason | null;
}

export type Outcome = { readonly problem: Problem } | { readonly problem: null; readonly enrolled: Enrolled };

interface Asked {
  /** All of one course, held. */
  readonly classes: readonly HeldClass[];
  /** In the order in which seats are given. */
  readonly nominations: readonly Nomination[];
  readonly basis: Basis;
  /** Of the message: the same nominations by the same message have the same ids. */
  readonly messageId: string;
  readonly late: string | undefined;
  readonly at: Temporal.Instant;
}

type Named = Nomination & Nominee & { readonly digests: readonly string[] };

/** People are nominated for classes of a course, one or ten thousand in as many statements: who is known, who may, who has a seat, who waits. */
@Injectable()
export class EnrolPeople {
  constructor(
    private readonly trainees: TraineeRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly quotas: QuotaWords,
    private readonly history: HistoryRepository,
  ) {}

  /** Enrols everybody of whom there is no problem. @returns one outcome for each nomination, in their order */
  async execute(tx: Tx, asked: Asked): Promise<Outcome[]> {
    const named = this.named(asked);
    const seats = await this.enrolments.seats(
      tx,
      asked.classes.map(({ id }) => id),
    );
    const { problems, known } = await this.settled(tx, asked, named, seats);
    const plans = await this.plansOf(tx, asked.classes, seats);
    const outcomes = named.map((one, index): Outcome => {
      const problem = problems.get(index);
      if (problem) return { problem };
      const why = plans.get(one.classId)?.take(asked.basis.agency, one.leader) ?? null;
      const state = why === null ? 'enrolled' : 'waiting';
      const enrolmentId = nameBasedId('dondoc', 'enrolment', asked.messageId, index);
      return { problem: null, enrolled: { enrolmentId, traineeId: known.get(one.identity)?.id ?? one.id, state, why } };
    });
    await this.write(tx, asked, outcomes);
    return outcomes;
  }

  private named({ nominations, basis, messageId }: Asked): Named[] {
    return nominations.map((one, index) => {
      const digests = this.trainees.identities(basis.agency, one.person);
      return { ...one, digests, identity: digests[0] ?? '', id: nameBasedId('dondoc', 'trainee', messageId, index) };
    });
  }

  /** Everybody is known and locked, and it is decided who may be nominated. Somebody who is recorded by another at this moment is looked at again. */
  private async settled(tx: Tx, asked: Asked, named: readonly Named[], seats: ReadonlyMap<string, ReadonlyMap<string, Seats>>) {
    for (;;) {
      const known = await this.trainees.hold(
        tx,
        named.map(({ digests }) => digests),
      );
      const problems = await this.problemsOf(tx, asked, named, known, seats);
      const able = named.filter((_, index) => !problems.has(index));
      const fresh = able.filter(({ identity }) => !known.has(identity));
      if (!(await this.trainees.create(tx, fresh, asked.basis, asked.at))) continue;
      const again = able.flatMap((one) => {
        const trainee = known.get(one.identity);
        return trainee ? [{ ...one, id: trainee.id }] : [];
      });
      await this.trainees.change(tx, again, asked.basis, asked.at);
      return { problems, known };
    }
  }

  private async problemsOf(
    tx: Tx,
    { classes, basis, at }: Asked,
    named: readonly Named[],
    known: ReadonlyMap<string, KnownTrainee>,
    seats: ReadonlyMap<string, ReadonlyMap<string, Seats>>,
  ): Promise<Map<number, Problem>> {
    const courseId = classes[0]?.courseId ?? '';
    const codes = new Map(classes.map(({ id, code }) => [id, code]));
    const ids = [...known.values()].map(({ id }) => id);
    await this.leaveOver(tx, courseId, ids, at);
    const inCourse = await this.enrolments.inCourse(tx, courseId, ids);
    const wanted = named.flatMap(({ identity, classId }) => {
      const trainee = known.get(identity);
      return trainee ? [{ traineeId: trainee.id, classId }] : [];
    });
    const elsewhere = await this.enrolments.elsewhere(tx, wanted);
    const first = new Map<string, number>();
    const problems = new Map<number, Problem>();
    for (const [index, { identity, classId }] of named.entries()) {
      const trainee = known.get(identity);
      const [there, taken] = trainee ? [inCourse.get(trainee.id), elsewhere.get(trainee.id)] : [];
      const before = first.get(identity);
      first.set(identity, before ?? index);
      if (!seats.get(classId)?.has(basis.agency))
        problems.set(
          index,
          problem('agency-without-quota', `${basis.agency} has no quota in class ${codes.get(classId) ?? ''}. Add one first.`),
        );
      else if (before !== undefined)
        problems.set(
          index,
          problem('nominated-twice', `This person stands in row ${String(before + 1)} of the list already.`, { first: before }),
        );
      else if (trainee?.restricted)
        problems.set(
          index,
          problem('trainee-restricted', 'This person asked that their data be used no further. Ask them, and settle their request.'),
        );
      else if (there)
        problems.set(
          index,
          problem(
            'already-nominated',
            `This person is in class ${there.class} of the course; a person is in one. Withdraw them there first.`,
            { ...there },
          ),
        );
      else if (taken)
        problems.set(
          index,
          problem(
            'trainee-taken',
            `This person is in class ${taken.class} in the ${taken.part} of ${taken.day}. Choose a class at other times.`,
            {
              class: taken.class,
              day: taken.day,
              part: taken.part,
            },
          ),
        );
    }
    return problems;
  }

  private async leaveOver(tx: Tx, courseId: string, traineeIds: readonly string[], at: Temporal.Instant): Promise<void> {
    const left = await this.enrolments.leaveOver(tx, courseId, traineeIds);
    if (left.length === 0) return;
    await this.history.tell(
      tx,
      left.map(({ id: subjectId, reason }) => ({ subject: 'enrolment', subjectId, at, what: 'withdrawn', reason })),
    );
  }

  private async plansOf(tx: Tx, classes: readonly HeldClass[], seats: ReadonlyMap<string, ReadonlyMap<string, Seats>>) {
    const enrolled = await this.enrolments.enrolledIn(
      tx,
      classes.map(({ id }) => id),
    );
    return new Map(
      classes.map(({ id, capacity, state }) => [
        id,
        new SeatPlan(capacity, enrolled.get(id) ?? 0, seats.get(id) ?? new Map(), state === 'nomination-open'),
      ]),
    );
  }

  private async write(tx: Tx, { classes, nominations, basis: { agency }, late, at }: Asked, outcomes: readonly Outcome[]): Promise<void> {
    const courseId = classes[0]?.courseId ?? '';
    const rows = outcomes.flatMap((outcome, index): (NewEnrolment & { why: WaitingReason | null })[] => {
      const nomination = nominations[index];
      if (outcome.problem || !nomination) return [];
      const { enrolmentId: id, traineeId, state, why } = outcome.enrolled;
      return [{ id, classId: nomination.classId, courseId, traineeId, agency, leader: nomination.leader, state, why }];
    });
    await this.enrolments.create(tx, rows, at);
    await this.history.tell(
      tx,
      rows.map(({ id, classId, traineeId, state, why }) => ({
        subject: 'enrolment',
        subjectId: id,
        at,
        what: state,
        reason: late ?? null,
        detail: { classId, traineeId, agency, why },
      })),
    );
    const classIds = [...new Set(rows.map(({ classId }) => classId))].sort();
    if (classIds.length > 0) await this.quotas.settle(tx, classIds, 'Theo danh sách cử học viên', agency);
  }
}

function problem(code: Problem['code'], message: string, details: Problem['details'] = {}): Problem {
  return { code, message, details };
}
