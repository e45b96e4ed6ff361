import { randomUUID } from 'node:crypto';
import type { changeQuota, importNominations, nominate, openNominations, PayloadOf, planClass } from '#contracts';
import { CancelClass } from '../classes/cancel-class.js';
import { PlanClass } from '../classes/plan-class.js';
import { PostponeClass } from '../classes/postpone-class.js';
import { ImportNominations } from '../nomination-imports/import-nominations.js';
import { ChangeQuota } from '../quotas/change-quota.js';
import { CloseNominations } from '../quotas/close-nominations.js';
import { OpenNominations } from '../quotas/open-nominations.js';
import { QuotaRepository } from '../quotas/quota.repository.js';
import type { TrainingFixture } from '../training.int-fixture.js';
import { Nominate } from './nominate.js';
import { WithdrawEnrolment } from './withdraw-enrolment.js';

export const REASON = 'Bận công tác đột xuất';
/** On what agencies of these tests nominate. */
export const BASIS = { legalBasis: 'state-task', basis: '100/KH-UBND', noticeVersion: '2020-05' } as const;
type Person = PayloadOf<typeof nominate>['person'];
type Quota = PayloadOf<typeof openNominations>['quotas'][number];

/** What tests of nominations do, in their words. */
export class Nominations {
  private people = 0;

  constructor(readonly training: TrainingFixture) {}

  /** A class on Tuesday 2020-07-07 and the day after, unless said otherwise. @returns its id and code */
  async planned(courseId: string, changes: Partial<PayloadOf<typeof planClass>> = {}): Promise<{ classId: string; code: string }> {
    const code = randomUUID().toUpperCase();
    const given = { courseId, code, title: 'Lớp Bát Tràng', district: 'UBND-GIALAM', firstDay: '2020-07-07', ...changes };
    const { classId } = await this.training.get(PlanClass).execute(given, this.training.message());
    return { classId, code };
  }

  open(classId: string, quotas: readonly Partial<Quota>[] = [], more: { deadline?: string } = {}, id?: string) {
    const asked = quotas.map((quota) => ({ agency: 'SDL', seats: 10, leaderSeats: 0, ...quota }));
    return this.training.get(OpenNominations).execute({ classId, quotas: asked, ...more }, this.training.message(id));
  }

  /** A class that takes nominations. */
  async opened(courseId: string, quotas: readonly Partial<Quota>[] = [{}], changes: Partial<PayloadOf<typeof planClass>> = {}) {
    const planned = await this.planned(courseId, changes);
    await this.open(planned.classId, quotas);
    return planned;
  }

  async quota(classId: string, agency = 'SDL') {
    const quotas = await this.training.get(QuotaRepository).views(classId);
    return quotas.find((one) => one.agency === agency)!;
  }

  change(classId: string, changes: PayloadOf<typeof changeQuota>['changes'], more: object = {}) {
    const given = { classId, agency: 'SDL', changes, reason: REASON, ...more };
    return this.training.get(ChangeQuota).execute(given, this.training.message());
  }

  close(classId: string) {
    return this.training.get(CloseNominations).execute({ classId, reason: REASON }, this.training.message());
  }

  postpone(classId: string, firstDay?: string) {
    const given = { classId, decision: '09/TB-SDL', reason: REASON, ...(firstDay ? { firstDay } : {}) };
    return this.training.get(PostponeClass).execute(given, this.training.message());
  }

  cancel(classId: string) {
    return this.training.get(CancelClass).execute({ classId, decision: '09/TB-SDL', reason: REASON }, this.training.message());
  }

  /** A course of its own, for classes at the same time. */
  async otherCourse(): Promise<string> {
    return (await this.training.course({ code: randomUUID().toUpperCase() })).courseId;
  }

  /** Times that the nominations of a class take, in order of time. */
  times(classId: string) {
    return this.training.database.$queryRaw<{ times: string | null; clashes: boolean }[]>`
      SELECT busy::text AS times, clashes FROM enrolment WHERE class_id = ${classId}::uuid ORDER BY seq`;
  }

  /** As many classes as wanted that take nominations of SDL, written at once. @returns their codes */
  async manyOpened(courseId: string, count: number, { seats, capacity }: { seats: number; capacity: number }): Promise<string[]> {
    const classes = Array.from({ length: count }, () => ({ id: randomUUID(), code: randomUUID().toUpperCase() }));
    const { database } = this.training;
    await database.trainingClass.createMany({
      data: classes.map((one) => ({
        ...one,
        courseId,
        title: 'Lớp',
        district: 'UBND-GIALAM',
        capacity,
        minSize: 1,
        state: 'nomination-open',
      })),
    });
    const [startsAt, endsAt] = [new Date('2020-07-21T01:00:00Z'), new Date('2020-07-21T04:30:00Z')];
    const held = {
      date: new Date('2020-07-21'),
      part: 'morning',
      startsAt,
      endsAt,
      blockedFrom: startsAt,
      blockedTo: endsAt,
      topic: 'Tổng quan',
    };
    await database.classSession.createMany({ data: classes.map(({ id }) => ({ id: randomUUID(), classId: id, ...held })) });
    const [deadline, countedFrom] = [new Date('2020-07-10'), new Date('2020-07-21')];
    await database.quota.createMany({
      data: classes.map(({ id }) => ({ id: randomUUID(), classId: id, agency: 'SDL', seats, deadline, countedFrom })),
    });
    return classes.map(({ code }) => code);
  }

  /** Somebody whom nobody nominated before. */
  person(changes: Partial<Person> = {}): Person {
    this.people += 1;
    const [fullName, email] = [`Trần Thị Học Viên ${String(this.people)}`, `hv${String(this.people)}@xa.example`];
    return { fullName, unit: 'Xã Bát Tràng', position: null, needs: null, email, phone: null, language: 'vi', ...changes };
  }

  nominate(classId: string, changes: Partial<PayloadOf<typeof nominate>> = {}, id?: string) {
    const given = { classId, agency: 'SDL', ...BASIS, leader: false, person: this.person(), ...changes };
    return this.training.get(Nominate).execute(given, this.training.message(id));
  }

  withdraw(enrolmentId: string, id?: string) {
    return this.training.get(WithdrawEnrolment).execute({ enrolmentId, reason: REASON }, this.training.message(id));
  }

  import(of: PayloadOf<typeof importNominations>['of'], rows: readonly Row[], changes: Partial<PayloadOf<typeof importNominations>> = {}) {
    const letters = { class: 'A', fullName: 'B', unit: 'C', position: 'D', leader: 'E', needs: 'F', email: 'G', phone: 'H' };
    const sheet = JSON.stringify({
      letters: 'classId' in of ? { ...letters, class: null } : letters,
      rows: rows.map(({ code = '', name = '', unit = 'Xã Bát Tràng', leader = '', email = '', phone = '' }, index) => [
        index + 2,
        [code, name, unit, '', leader, '', email, phone],
      ]),
    });
    const given = { of, agency: 'SDL', ...BASIS, sheet, digest: randomUUID().padEnd(43, '0'), skipFaulty: false, ...changes };
    return this.training.get(ImportNominations).execute(given, this.training.message());
  }

  async state(enrolmentId: string): Promise<string> {
    return (await this.training.database.enrolment.findUniqueOrThrow({ where: { id: enrolmentId } })).state;
  }

  /** Obligations of a class as they were told last, by agency: state and deadline. */
  async owed(code: string): Promise<Record<string, string>> {
    const words = (await this.training.written('planning.track-obligation.v1')) as {
      period: string;
      debtor: string;
      state: string;
      deadline: { date: string };
    }[];
    return Object.fromEntries(
      words.filter(({ period }) => period.includes(code)).map(({ debtor, state, deadline }) => [debtor, `${state} ${deadline.date}`]),
    );
  }
}

export interface Row {
  readonly code?: string;
  readonly name?: string;
  readonly unit?: string;
  readonly leader?: string;
  readonly email?: string;
  readonly phone?: string;
}
