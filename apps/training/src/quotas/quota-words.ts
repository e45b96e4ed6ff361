import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import type { ClassState } from '#contracts';
import { WorkingDays } from '../calendar/working-days.js';
import { ObligationWords, type ObligationWord } from '../obligations/obligation-words.js';
import type { Tx } from '../persistence/database.js';
import { movedDeadline, obligationOf, stateAfter, type Quota } from './quota.js';
import { keyOf, QuotaRepository } from './quota.repository.js';

/** A class as its quotas follow it. */
export interface ClassNow {
  readonly id: string;
  readonly state: ClassState;
  /** Null while it has no days. */
  readonly firstDay: Temporal.PlainDate | null;
  readonly reason: string;
}

type Owed = Awaited<ReturnType<QuotaRepository['owedFor']>>;

/** After the roster is locked nobody is nominated any more. */
const over: readonly ClassState[] = ['roster-locked', 'notified', 'in-progress', 'completed', 'certified', 'reported'];

/** Keeps quotas as what was nominated and the class make them, and planning's ledger as they are. All of it is idempotent. */
@Injectable()
export class QuotaWords {
  constructor(
    private readonly quotas: QuotaRepository,
    private readonly words: ObligationWords,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /** After nominations or quotas changed. @param agency whose quotas alone are looked at. @returns them as they are now */
  async settle(tx: Tx, classIds: readonly string[], reason: string, agency?: string): Promise<Quota[]> {
    const before = (await this.quotas.of(tx, classIds)).filter((quota) => agency === undefined || quota.agency === agency);
    const nominated = await this.quotas.nominated(tx, classIds);
    const all: Quota[] = [];
    for (const classId of new Set(classIds)) {
      const owed = await this.quotas.owedFor(tx, classId);
      const now: Quota[] = [];
      for (const quota of before.filter((one) => one.classId === classId)) {
        const state = stateAfter(quota, nominated.get(keyOf(quota))?.nominated ?? 0, owed.state);
        now.push(state === quota.state ? quota : await this.change(tx, { ...quota, state }, state === 'open' ? 'reopened' : state, reason));
      }
      await this.say(tx, owed, now, { reason, resting: false });
      all.push(...now);
    }
    return all;
  }

  /** The agency withdrew somebody while nominations are open: what it said of sending fewer holds no more. */
  async oweAgain(tx: Tx, classId: string, agency: string): Promise<void> {
    const quota = (await this.quotas.of(tx, [classId])).find((one) => one.agency === agency);
    if (quota?.state === 'fulfilled' && quota.reason !== null) await this.quotas.put(tx, { ...quota, reason: null });
    await this.settle(tx, [classId], 'Cơ quan rút người đã cử', agency);
  }

  /** After the class changed: cancelled with it, over when its roster is locked, open again when it is unlocked; deadlines move with its first day. */
  async follow(tx: Tx, { id, state, firstDay, reason }: ClassNow): Promise<void> {
    const before = await this.quotas.of(tx, [id]);
    const today = localDate(this.clock.now());
    const now: Quota[] = [];
    for (const quota of before) {
      const [next, what] = followed(quota, state);
      const deadline =
        firstDay === null || firstDay.equals(quota.countedFrom)
          ? quota.deadline
          : movedDeadline(quota, firstDay, today, this.days.calendar);
      const moved = { ...quota, state: next, deadline, countedFrom: firstDay ?? quota.countedFrom };
      if (next === quota.state && moved.countedFrom.equals(quota.countedFrom)) now.push(quota);
      else now.push(await this.change(tx, moved, what, reason));
    }
    await this.say(tx, await this.quotas.owedFor(tx, id), now, { reason, resting: firstDay === null || state === 'planned' });
  }

  private async change(tx: Tx, quota: Quota, what: string, reason: string): Promise<Quota> {
    const { id, classId, agency, deadline } = quota;
    const changed = await this.quotas.put(tx, quota);
    const detail = { classId, agency, deadline: deadline.toString() };
    await this.quotas.tell(tx, [{ subjectId: id, at: this.clock.now(), what, reason, detail }]);
    return changed;
  }

  /** @param resting the class has no days, or takes no nominations until it is opened for them again: nobody is chased for what they cannot do */
  private async say(
    tx: Tx,
    { code, title, courseTitleEn, planId, taskId, leadAgency }: Owed,
    quotas: readonly Quota[],
    { reason, resting }: { reason: string; resting: boolean },
  ): Promise<void> {
    const words = quotas.map((quota): ObligationWord => ({
      obligationId: obligationOf(quota),
      planId,
      taskId,
      kind: 'nomination-list',
      title: 'Danh sách cử học viên',
      titleEn: 'List of nominated trainees',
      period: `${title} (${code})`.slice(0, 200),
      periodEn: `${courseTitleEn} (${code})`.slice(0, 200),
      debtor: quota.agency,
      creditor: leadAgency,
      deadline: { word: 'NO_LATER_THAN', date: quota.deadline.toString() },
      state: stateOfObligation(quota, resting),
      reason,
    }));
    await this.words.say(tx, words);
  }
}

function followed(quota: Quota, state: ClassState): [state: Quota['state'], what: string] {
  if (state === 'cancelled' && quota.state !== 'cancelled') return ['cancelled', 'cancelled'];
  if (over.includes(state) && quota.state === 'open') return ['closed', 'closed'];
  if (!over.includes(state) && quota.state === 'closed') return ['open', 'reopened'];
  return [quota.state, 'deadline-moved'];
}

/** What a locked roster leaves open is waived: it cannot be made up for any more, and nobody is chased for it. */
function stateOfObligation({ state }: Quota, resting: boolean): ObligationWord['state'] {
  if (state === 'closed') return 'waived';
  return state === 'open' && resting ? 'cancelled' : state;
}
