import { ModulesContainer } from '@nestjs/core';
import { Temporal } from 'temporal-polyfill';
import { dateToPlain, localDate, TIME_ZONE, type WorkingCalendar } from '#calendar';
import { DomainError } from '#contracts';
import { Scheduler, type Schedule, type ScheduleSource } from '#scheduling';
import { Database } from '../persistence/database.js';
import { DeclareShortfall } from '../budget/declare-shortfall.js';
import { RequestSupplement } from '../budget/request-supplement.js';
import { RuleFiles } from '../plans/rule-files.js';
import { PlanningFixture } from './planning.int-fixture.js';

/** Something that somebody does in a plan's year, to one of the things that it can be done to. */
export interface Deed {
  /** What it can be done to now, in a fixed order; nothing: then it is not done. */
  targets(year: Year): Promise<readonly string[]>;
  act(year: Year, target: string, pick: number): Promise<unknown>;
  /** Refusals that a choice may meet which its targets do not rule out. Any other is a failure. */
  readonly mayRefuse?: readonly string[];
}

/** A plan's year that passes day by day, with everything that the service's own schedules do. */
export class Year {
  readonly calendar: WorkingCalendar;
  private readonly scheduler: Scheduler;

  private constructor(readonly planning: PlanningFixture) {
    this.calendar = planning.get(RuleFiles).calendar;
    this.scheduler = new Scheduler({
      service: 'planning',
      database: planning.get(Database),
      clock: planning.clock,
      schedules: schedulesOf(planning),
    });
  }

  static async begin(): Promise<Year> {
    const planning = await PlanningFixture.start('2020-05-15T07:30');
    await planning.import();
    return new Year(planning);
  }

  get today(): Temporal.PlainDate {
    return localDate(this.planning.clock.now());
  }

  /** A working day so many working days from now. */
  ahead(workingDays: number): Temporal.PlainDate {
    return this.calendar.addWorkingDays(this.today, workingDays);
  }

  /** So many working days after the later of today and what an obligation is due on. */
  async laterThanDue(obligationId: string, workingDays: number): Promise<Temporal.PlainDate> {
    const { dueOn } = await this.planning.database.obligation.findUniqueOrThrow({ where: { id: obligationId } });
    const due = dateToPlain(dueOn);
    return this.calendar.addWorkingDays(Temporal.PlainDate.compare(due, this.today) > 0 ? due : this.today, workingDays);
  }

  /** Passes to 09:30 of a later working day; on each day on the way the night's, the morning's and the afternoon's schedules run. */
  async passTo(day: Temporal.PlainDate): Promise<void> {
    for (let on = this.today.add({ days: 1 }); Temporal.PlainDate.compare(on, day) <= 0; on = on.add({ days: 1 })) {
      await this.tickAt(on, '01:30');
      if (this.calendar.isWorkingDay(on)) await this.tickAt(on, '08:00');
    }
    this.planning.clock.set(day.toZonedDateTime({ timeZone: TIME_ZONE, plainTime: '09:30' }).toInstant());
  }

  /** @returns whether it was done; false: it was refused as it may be */
  async does(deed: Deed, target: string, pick: number): Promise<boolean> {
    try {
      await deed.act(this, target, pick);
      return true;
    } catch (error) {
      if (error instanceof DomainError && deed.mayRefuse?.includes(error.code)) return false;
      throw error;
    }
  }

  /** Runs of schedules that threw. */
  failures(): string[] {
    return this.scheduler
      .state()
      .filter(({ failed }) => failed > 0)
      .map(({ task, failed }) => `${task} failed ${String(failed)} times`);
  }

  async ids(query: string): Promise<string[]> {
    return (await this.planning.sql<{ id: string }>(query)).map(({ id }) => id);
  }

  /** The holder of a source declares a shortfall and asks for a supplement. */
  async lacksMoney(planId: string, pick: number): Promise<unknown> {
    const shortfall = { planId, source: 'NS-SCT-2020', agency: 'SCT', reason: 'Không tự cân đối được.' };
    const { shortfallId } = await this.planning.get(DeclareShortfall).execute(shortfall, this.planning.message());
    const named = { code: `BS-${String(pick)}`, title: 'Bổ sung kinh phí', titleEn: 'Supplement' };
    const days = { submitBy: this.ahead(pick % 20).toString(), answerWithin: 1 + (pick % 10) };
    const asked = { shortfallId, task: 'II.2', amount: 1 + (pick % 1000), ...named, ...days };
    return this.planning.get(RequestSupplement).execute(asked, this.planning.message());
  }

  end(): Promise<void> {
    return this.planning.stop();
  }

  private async tickAt(day: Temporal.PlainDate, time: string): Promise<void> {
    this.planning.clock.set(day.toZonedDateTime({ timeZone: TIME_ZONE, plainTime: time }).toInstant());
    this.scheduler.tick();
    await this.scheduler.idle();
  }
}

/** Whatever the service would do by itself, without a list of it that could be forgotten. */
function schedulesOf(planning: PlanningFixture): Schedule[] {
  const providers = [...planning.app.get(ModulesContainer).values()].flatMap((module) => [...module.providers.values()]);
  return providers.map(({ instance }) => instance as Partial<ScheduleSource> | undefined).flatMap((one) => [...(one?.schedules ?? [])]);
}
