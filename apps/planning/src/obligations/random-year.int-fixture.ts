import { ModulesContainer } from '@nestjs/core';
import { Temporal } from 'temporal-polyfill';
import { localDate, TIME_ZONE, type WorkingCalendar } from '#calendar';
import { Scheduler, type Schedule, type ScheduleSource } from '#scheduling';
import { Database } from '../persistence/database.js';
import { AcknowledgeEscalation } from '../escalations/acknowledge-escalation.js';
import { RuleFiles } from '../plans/rule-files.js';
import { AcceptReport } from '../reports/accept-report.js';
import { ReturnReport } from '../reports/return-report.js';
import { SubmitReport } from '../reports/submit-report.js';
import { ExtendObligation } from './extend-obligation.js';
import { PlanningFixture } from './planning.int-fixture.js';
import { WaiveObligation } from './waive-obligation.js';

/** Something that somebody does in a plan's year, to one of the things that it can be done to. */
export interface Deed {
  /** What it can be done to now, in a fixed order; nothing: then it is not done. */
  targets(year: Year): Promise<readonly string[]>;
  act(year: Year, target: string, pick: number): Promise<unknown>;
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

  /** Passes to 09:30 of a later working day; on each day on the way the night's, the morning's and the afternoon's schedules run. */
  async passTo(day: Temporal.PlainDate): Promise<void> {
    for (let on = this.today.add({ days: 1 }); Temporal.PlainDate.compare(on, day) <= 0; on = on.add({ days: 1 })) {
      await this.tickAt(on, '01:30');
      if (this.calendar.isWorkingDay(on)) await this.tickAt(on, '08:00');
    }
    this.planning.clock.set(day.toZonedDateTime({ timeZone: TIME_ZONE, plainTime: '09:30' }).toInstant());
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

const reportsIn = (...states: string[]): Deed['targets'] => {
  const list = states.map((state) => `'${state}'`).join(', ');
  return (year) =>
    year.ids(
      `SELECT r.id FROM report r JOIN obligation o ON o.id = r.obligation_id
       WHERE r.state IN (${list}) AND o.state ${states.includes('submitted') ? "= 'fulfilled'" : "= 'open'"} ORDER BY r.id`,
    );
};
const owed: Deed['targets'] = (year) => year.ids(`SELECT id FROM obligation WHERE state = 'open' ORDER BY id`);

/** Everything that people may do, each valid where it is done. */
export const deeds: Readonly<Record<string, Deed>> = {
  submit: {
    targets: reportsIn('draft', 'returned'),
    act: ({ planning }, reportId) => planning.get(SubmitReport).execute({ reportId, note: '' }, planning.message()),
  },
  return: {
    targets: reportsIn('submitted'),
    act: ({ planning }, reportId) => planning.get(ReturnReport).execute({ reportId, reason: 'Thiếu số liệu.' }, planning.message()),
  },
  accept: {
    targets: reportsIn('submitted'),
    act: ({ planning }, reportId) => planning.get(AcceptReport).execute({ reportId }, planning.message()),
  },
  extend: {
    targets: owed,
    act: async (year, obligationId, pick) => {
      const { dueOn } = await year.planning.database.obligation.findUniqueOrThrow({ where: { id: obligationId } });
      const due = Temporal.PlainDate.from(dueOn.toISOString().slice(0, 10));
      const later = Temporal.PlainDate.compare(due, year.today) > 0 ? due : year.today;
      const date = year.calendar.addWorkingDays(later, 1 + (pick % 12)).toString();
      const deadline = { word: 'NO_LATER_THAN', date } as const;
      const { planning } = year;
      return planning.get(ExtendObligation).execute({ obligationId, deadline, reason: 'Chờ số liệu.' }, planning.message());
    },
  },
  waive: {
    targets: owed,
    act: ({ planning }, obligationId) =>
      planning.get(WaiveObligation).execute({ obligationId, reason: 'Không phát sinh.' }, planning.message()),
  },
  acknowledge: {
    targets: (year) => year.ids(`SELECT id FROM escalation WHERE state = 'raised' ORDER BY raised_at, obligation_id, level`),
    act: (year, escalationId, pick) =>
      year.planning
        .get(AcknowledgeEscalation)
        .execute({ escalationId, until: year.ahead(pick % 8).toString(), note: 'Đang làm việc.' }, year.planning.message()),
  },
};
