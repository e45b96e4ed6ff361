import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { DomainError, nameBasedId, type changeQuota, type ReplyOf } from '#contracts';
import { AgencyRepository } from '../agencies/agency.repository.js';
import { WorkingDays } from '../calendar/working-days.js';
import { ClassDesk } from '../classes/class-desk.js';
import type { HeldClass } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { defaultDeadline, mustBeSensible, type Quota } from './quota.js';
import { QuotaRepository } from './quota.repository.js';
import { QuotaWords } from './quota-words.js';

/** A class whose quotas are in hand: locked, with its first day. */
export interface HeldForQuotas {
  readonly held: HeldClass;
  readonly firstDay: Temporal.PlainDate;
  /** Of Asia/Ho_Chi_Minh. */
  readonly today: Temporal.PlainDate;
  readonly at: Temporal.Instant;
}

type QuotaTerms = Pick<Quota, 'agency' | 'seats' | 'leaderSeats' | 'deadline' | 'reason'>;

/** What every use case of quotas has at hand. */
@Injectable()
export class QuotaDesk {
  constructor(
    readonly quotas: QuotaRepository,
    readonly words: QuotaWords,
    private readonly classes: ClassDesk,
    private readonly agencies: AgencyRepository,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, `days-missing` while the class has none */
  async hold(tx: Tx, of: { readonly classId: string; readonly seenVersion?: number | undefined }): Promise<HeldForQuotas> {
    const { held } = await this.classes.hold(tx, of);
    const firstDay = await this.quotas.firstDay(tx, held.id);
    if (firstDay === null)
      throw new DomainError(
        'days-missing',
        `Class ${held.code} has no days now, so nothing can be due before them. Say its new first day.`,
      );
    const at = this.clock.now();
    return { held, firstDay, at, today: localDate(at) };
  }

  /** The first day that is said, or the default (domain 4.6). */
  deadlineOf({ firstDay }: HeldForQuotas, ...said: readonly (string | undefined)[]): Temporal.PlainDate {
    const day = said.find((one) => one !== undefined);
    return day === undefined ? defaultDeadline(firstDay, this.days.calendar) : Temporal.PlainDate.from(day);
  }

  /**
   * Sets what an agency may send; a quota that was taken out comes back with it. Whether something is owed is settled afterwards.
   * @throws DomainError `agency-not-found`, `agency-ended`, `seats-backwards`, `deadline-passed`, `deadline-after-class`
   */
  async put(tx: Tx, of: HeldForQuotas, quota: QuotaTerms, what: string, why: string | null): Promise<void> {
    await this.agencies.mustExist(tx, quota.agency, of.today);
    mustBeSensible(quota, of.firstDay, of.today);
    const { agency, seats, leaderSeats, deadline } = quota;
    const id = nameBasedId('dondoc', 'quota', of.held.id, agency);
    await this.quotas.put(tx, { id, classId: of.held.id, ...quota, countedFrom: of.firstDay, state: 'open' });
    const detail = { classId: of.held.id, agency, seats, leaderSeats, deadline: deadline.toString() };
    await this.quotas.tell(tx, [{ subjectId: id, at: of.at, what, reason: why, detail }]);
  }

  /** Ends a quota, or what is owed of it. */
  async end(tx: Tx, of: HeldForQuotas, quota: Quota, what: string): Promise<void> {
    await this.quotas.put(tx, quota);
    const detail = { classId: quota.classId, agency: quota.agency };
    await this.quotas.tell(tx, [{ subjectId: quota.id, at: of.at, what, reason: quota.reason, detail }]);
  }

  /** After a change of one quota: what is owed is settled, the class told, and the reply made. */
  async finish(tx: Tx, of: HeldForQuotas, agency: string, what: string, reason: string): Promise<ReplyOf<typeof changeQuota>> {
    await this.words.settle(tx, [of.held.id], reason);
    await this.step(tx, of, what, { reason, detail: { agency } });
    const all = await this.quotas.of(tx, [of.held.id]);
    const quota = all.find((one) => one.agency === agency);
    if (!quota) throw new Error(`the quota of ${agency} is gone`);
    const { classId, state, seats, leaderSeats, version } = quota;
    const { warnings } = seatsOf(all, of.held);
    return { classId, agency, state, seats, leaderSeats, deadline: quota.deadline.toString(), warnings, version };
  }

  /** The class is changed by what was done, and everything that follows it is told. @returns its new version and state */
  async step(
    tx: Tx,
    { held, at }: HeldForQuotas,
    what: string,
    {
      state = held.state,
      ...more
    }: { state?: HeldClass['state']; reason: string | null; detail: Record<string, string | number | string[]> },
  ): Promise<{ classId: string; state: HeldClass['state']; version: number }> {
    const version = state === held.state ? held.version : await this.classes.classes.change(tx, held.id, { state });
    await this.classes.classes.tell(tx, held.id, at, what, more);
    return { classId: held.id, state, version };
  }
}

/** All seats that agencies have in a class, and whether they are more than its places: allowed, for not everybody comes, but to be seen. */
export function seatsOf(quotas: readonly Quota[], { capacity }: HeldClass) {
  const seats = quotas.filter(({ state }) => state !== 'cancelled').reduce((sum, quota) => sum + quota.seats, 0);
  return { seats, capacity, warnings: seats > capacity ? (['more-seats-than-places'] as 'more-seats-than-places'[]) : [] };
}
