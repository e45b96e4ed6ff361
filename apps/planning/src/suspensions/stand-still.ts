import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { plainToDate, startOfDay, toDate, type WorkingCalendar } from '#calendar';
import { obligationsSettled, type TaskStatus } from '#contracts';
import { Outbox } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { deadlineAfter, stepAfter, workingDaysHeld } from '../obligations/standstill.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { AnnounceTasks } from '../tasks/announce-tasks.js';
import { covers, type HeldSuspension } from './suspension.js';
import { SuspensionRepository, type MovedSteps, type StandingObligation } from './suspension.repository.js';

/** Most ids of one event. */
const EVENT = 1_000;

export interface Ending {
  readonly resumedOn: Temporal.PlainDate;
  readonly by: string;
  readonly decision: string;
  readonly reason: string;
}

export interface Ended {
  readonly version: number;
  readonly obligationsResumed: number;
  readonly deadlinesMoved: number;
  readonly stepsMoved: number;
  readonly tasksResumed: number;
}

/** How a plan or a task begins to stand still and goes on again. In the caller's transaction, under the lock of the plan. */
@Injectable()
export class StandStill {
  constructor(
    private readonly suspensions: SuspensionRepository,
    private readonly obligations: ObligationRepository,
    private readonly history: HistoryRepository,
    private readonly rules: RuleFiles,
    private readonly outbox: Outbox,
    private readonly announcing: AnnounceTasks,
  ) {}

  /** Ladders wait from now on, and mail about them that has not left stays. */
  async begin(
    tx: Tx,
    suspension: HeldSuspension,
    at: Temporal.Instant,
  ): Promise<{ version: number; obligationsHeld: number; tasksSuspended: number }> {
    const { taskIds, ...counts } = await this.halt(tx, suspension, at);
    const earlier = await this.suspensions.holdEarlier(tx, suspension);
    await this.tellHeld(tx, suspension, earlier, at);
    const { version } = await this.suspensions.change(tx, suspension.id, { startedAt: toDate(at) });
    await this.history.tell(tx, [{ subject: 'suspension', subjectId: suspension.id, at, what: 'started', detail: counts }]);
    await this.announcing.these(tx, taskIds);
    return { version, ...counts };
  }

  /**
   * What goes on although it should not: everything at the beginning, later what was opened in that very moment and what came into the plan meanwhile.
   * @returns how much
   */
  async hold(tx: Tx, suspension: HeldSuspension, at: Temporal.Instant): Promise<{ obligationsHeld: number; tasksSuspended: number }> {
    const { taskIds, ...counts } = await this.halt(tx, suspension, at);
    await this.announcing.these(tx, taskIds);
    return counts;
  }

  private async halt(tx: Tx, suspension: HeldSuspension, at: Temporal.Instant) {
    const tasks = await this.suspensions.holdTasks(tx, suspension);
    const taskIds = Object.keys(tasks);
    if (taskIds.length > 0)
      await this.suspensions.change(tx, suspension.id, { formerStatuses: { ...suspension.formerStatuses, ...tasks } });
    const detail = { suspensionId: suspension.id };
    await this.tellTasks(tx, taskIds, { what: 'suspended', reason: suspension.decision, detail }, at);
    const ids = await this.suspensions.holdObligations(tx, suspension);
    await this.tellHeld(tx, suspension, ids, at);
    for (let from = 0; from < ids.length; from += EVENT) {
      const obligationIds = ids.slice(from, from + EVENT);
      await this.outbox.publish(tx, obligationsSettled, { obligationIds, outcome: 'suspended', at: at.toString() });
    }
    return { taskIds, obligationsHeld: ids.length, tasksSuspended: taskIds.length };
  }

  /** Ladders go on, forward only. What another suspension holds as well goes on standing still under that one. */
  async end(tx: Tx, suspension: HeldSuspension, ending: Ending, at: Temporal.Instant): Promise<Ended> {
    const others = await this.suspensions.othersRunning(tx, suspension);
    const tasksResumed = await this.releaseTasks(tx, suspension, others, at);
    const { standing, moved, stepsMoved } = await this.release(tx, suspension, others, ending, at);
    const { version } = await this.suspensions.change(tx, suspension.id, {
      endedAt: toDate(at),
      endedBy: ending.by,
      resumedOn: plainToDate(ending.resumedOn),
      endDecision: ending.decision,
      endReason: ending.reason,
      moved: moved.map(({ id, from, dueOn }) => ({ obligationId: id, from: from.toString(), to: dueOn.toString() })),
      stepsMoved,
    });
    await this.announcing.these(tx, Object.keys(suspension.formerStatuses));
    const counts = { obligationsResumed: standing.length, deadlinesMoved: moved.length, stepsMoved, tasksResumed };
    const detail = { ...counts, resumedOn: ending.resumedOn.toString(), decision: ending.decision };
    await this.history.tell(tx, [{ subject: 'suspension', subjectId: suspension.id, at, what: 'ended', reason: ending.reason, detail }]);
    return { version, ...counts };
  }

  /** What was opened in the very moment in which a suspension ended goes on as well. @returns how much */
  async releaseStrays(tx: Tx, suspension: HeldSuspension, at: Temporal.Instant): Promise<number> {
    const { resumedOn, decision } = suspension;
    if (!resumedOn) return 0;
    const others = await this.suspensions.othersRunning(tx, suspension);
    return (await this.release(tx, suspension, others, { resumedOn, decision }, at)).standing.length;
  }

  private async release(
    tx: Tx,
    suspension: HeldSuspension,
    others: readonly HeldSuspension[],
    ending: Pick<Ending, 'resumedOn' | 'decision'>,
    at: Temporal.Instant,
  ) {
    for (const other of others) await this.suspensions.passObligations(tx, suspension.id, other);
    const standing = await this.suspensions.standing(tx, suspension.id);
    const { calendar } = this.rules;
    const after = onceEach((one: StandingObligation) => deadlineAfter(one, ending.resumedOn, calendar));
    const moved = standing.flatMap((one) => {
      const { dueOn, overdueAt, heldSince, rollPolicy, officeHourCutoff } = one;
      const deadline = after([dueOn, overdueAt.epochMilliseconds, heldSince.epochMilliseconds, rollPolicy, officeHourCutoff].join(), one);
      return deadline ? [{ id: one.id, from: dueOn, ...deadline }] : [];
    });
    const steps = await this.stepsAfter(tx, suspension.id, ending.resumedOn);
    await this.suspensions.release(tx, suspension.id, moved, steps);
    await this.tellResumed(tx, suspension, standing, moved, ending, at);
    const stepsMoved = steps.reduce((sum, { dueAt, later, count }) => (later.equals(dueAt) ? sum : sum + count), 0);
    return { standing, moved, stepsMoved };
  }

  /** Each step later by the days that its ladder stood still; where somebody said meanwhile "we are on it", not before that is over. */
  private async stepsAfter(tx: Tx, suspensionId: string, resumedOn: Temporal.PlainDate): Promise<MovedSteps[]> {
    const { calendar } = this.rules;
    const steps = await this.suspensions.heldSteps(tx, suspensionId);
    return steps.map((step) => {
      const shifted = stepAfter(step.dueAt, workingDaysHeld(step.heldSince, resumedOn, calendar), calendar);
      const until = step.acknowledgedUntil;
      return { ...step, later: until ? latest(shifted, openingAfter(until, calendar)) : shifted };
    });
  }

  private async releaseTasks(tx: Tx, suspension: HeldSuspension, others: readonly HeldSuspension[], at: Temporal.Instant): Promise<number> {
    const free: Record<string, TaskStatus> = {};
    const passed = new Map<string, Record<string, TaskStatus>>();
    for (const [taskId, status] of Object.entries(suspension.formerStatuses)) {
      const other = others.find((one) => covers(one, { planId: suspension.planId, taskId }));
      if (other) passed.set(other.id, { ...passed.get(other.id), [taskId]: status });
      else free[taskId] = status;
    }
    for (const other of others) {
      const more = passed.get(other.id);
      if (!more) continue;
      await this.suspensions.change(tx, other.id, { formerStatuses: { ...other.formerStatuses, ...more } });
      await this.suspensions.passTasks(tx, Object.keys(more), other);
    }
    const going = await this.suspensions.releaseTasks(tx, free);
    await this.tellTasks(tx, going, { what: 'resumed', reason: null, detail: { suspensionId: suspension.id } }, at);
    return going.length;
  }

  private tellHeld(tx: Tx, { id, decision }: HeldSuspension, obligationIds: readonly string[], at: Temporal.Instant): Promise<void> {
    const line = { at, what: 'suspended', reason: decision, detail: { suspensionId: id } };
    return this.obligations.tell(
      tx,
      obligationIds.map((obligationId) => ({ obligationId, ...line })),
    );
  }

  private async tellTasks(
    tx: Tx,
    taskIds: readonly string[],
    told: { what: string; reason: string | null; detail: Readonly<Record<string, string>> },
    at: Temporal.Instant,
  ): Promise<void> {
    await this.history.tell(
      tx,
      taskIds.map((subjectId) => ({ subject: 'task', subjectId, at, ...told })),
    );
  }

  private async tellResumed(
    tx: Tx,
    { id: suspensionId }: HeldSuspension,
    standing: readonly StandingObligation[],
    moved: readonly { id: string; from: Temporal.PlainDate; dueOn: Temporal.PlainDate }[],
    { decision, resumedOn }: Pick<Ending, 'resumedOn' | 'decision'>,
    at: Temporal.Instant,
  ): Promise<void> {
    const days = onceEach((heldSince: Temporal.Instant) => workingDaysHeld(heldSince, resumedOn, this.rules.calendar));
    const byId = new Map(moved.map((one) => [one.id, { from: one.from.toString(), to: one.dueOn.toString() }]));
    await this.obligations.tell(
      tx,
      standing.map(({ id, heldSince }) => ({
        obligationId: id,
        at,
        what: 'resumed',
        reason: decision,
        detail: { suspensionId, workingDays: days(String(heldSince.epochMilliseconds), heldSince), ...byId.get(id) },
      })),
    );
  }
}

/** Thousands of obligations share their days, so each is counted once, by its key. */
function onceEach<Of, Value>(count: (of: Of) => Value): (key: string, of: Of) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (key, of) => {
    const found = known.get(key) ?? { value: count(of) };
    known.set(key, found);
    return found.value;
  };
}

/** First office hour after a day. */
function openingAfter(day: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.Instant {
  return calendar.nextOfficeHour(startOfDay(day.add({ days: 1 })));
}

function latest(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}
