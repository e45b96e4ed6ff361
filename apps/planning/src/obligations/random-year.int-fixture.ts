import { ModulesContainer } from '@nestjs/core';
import { Temporal } from 'temporal-polyfill';
import { dateToPlain, localDate, TIME_ZONE, type WorkingCalendar } from '#calendar';
import { DomainError } from '#contracts';
import { Scheduler, type Schedule, type ScheduleSource } from '#scheduling';
import { Database } from '../persistence/database.js';
import { DissolveAgency } from '../agencies/dissolve-agency.js';
import { ApproveDossier } from '../approvals/approve-dossier.js';
import { ReturnDossier } from '../approvals/return-dossier.js';
import { SaveDossierDraft } from '../approvals/save-dossier-draft.js';
import { SubmitDossier } from '../approvals/submit-dossier.js';
import { DeclareShortfall } from '../budget/declare-shortfall.js';
import { RequestSupplement } from '../budget/request-supplement.js';
import { ExcludeReport } from '../consolidations/exclude-report.js';
import { IncludeReport } from '../consolidations/include-report.js';
import { Delegate } from '../delegations/delegate.js';
import { DiscardDocument } from '../documents/discard-document.js';
import { SendDocument } from '../documents/send-document.js';
import { AcknowledgeEscalation } from '../escalations/acknowledge-escalation.js';
import { AnswerExtension } from '../extensions/answer-extension.js';
import { AskExtension } from '../extensions/ask-extension.js';
import { RuleFiles } from '../plans/rule-files.js';
import { AcceptReport } from '../reports/accept-report.js';
import { ReturnReport } from '../reports/return-report.js';
import { SubmitReport } from '../reports/submit-report.js';
import { Resume } from '../suspensions/resume.js';
import { Suspend } from '../suspensions/suspend.js';
import { ExtendObligation } from './extend-obligation.js';
import { PlanningFixture } from './planning.int-fixture.js';
import { ReassignObligation } from '../reassignments/reassign-obligation.js';
import { WaiveObligation } from './waive-obligation.js';

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

/** Who may take something over: two that owe every report themselves, the city office, and one outside the city. */
const TAKERS = ['SCT', 'UBND-TAYHO', 'VPUBND', 'VPDP-TW'];

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
      const date = (await year.laterThanDue(obligationId, 1 + (pick % 12))).toString();
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
  reassign: {
    targets: owed,
    act: ({ planning }, obligationId, pick) => {
      const toAgency = TAKERS[pick % TAKERS.length]!;
      return planning.get(ReassignObligation).execute({ obligationId, toAgency, reason: 'Phân công lại.' }, planning.message());
    },
    mayRefuse: ['same-debtor', 'debtor-is-creditor', 'already-owed', 'agency-ended'],
  },
  'ask for more time': {
    targets: (year) =>
      year.ids(`SELECT o.id FROM obligation o WHERE o.state = 'open' AND o.kind <> 'extension-answer'
        AND NOT EXISTS (SELECT 1 FROM extension e WHERE e.obligation_id = o.id AND e.state = 'asked') ORDER BY o.id`),
    act: async (year, obligationId, pick) => {
      const { planning } = year;
      const wishedFor = (await year.laterThanDue(obligationId, 2 + (pick % 10))).toString();
      return planning.get(AskExtension).execute({ obligationId, wishedFor, reason: 'Chờ số liệu.' }, planning.message());
    },
  },
  'answer for more time': {
    targets: (year) => year.ids(`SELECT id FROM extension WHERE state = 'asked' ORDER BY id`),
    act: ({ planning }, extensionId, pick) => {
      const verdict = pick % 3 === 0 ? ('refuse' as const) : ('grant' as const);
      const force = pick % 3 === 2 ? ({ ground: 'force-majeure', decision: '02/TB-BCĐ' } as const) : ({ ground: 'ordinary' } as const);
      const ground = verdict === 'grant' ? force : ({ ground: 'ordinary' } as const);
      return planning.get(AnswerExtension).execute({ extensionId, verdict, answer: 'Đã xem xét.', ...ground }, planning.message());
    },
    // The day that was asked for may have passed while nobody answered.
    mayRefuse: ['deadline-passed', 'deadline-not-later'],
  },
  delegate: {
    targets: (year) => year.ids(`SELECT id FROM contact WHERE active AND role = 'HEAD' ORDER BY id`),
    act: async (year, contactId, pick) => {
      const { planning } = year;
      const head = await planning.database.contact.findUniqueOrThrow({
        where: { id: contactId },
        include: { agency: { include: { contacts: true } } },
      });
      const focal = head.agency.contacts.find(({ role, active }) => role === 'FOCAL' && active)!;
      const days = { fromOn: year.today.toString(), toOn: year.ahead(pick % 5).toString() };
      return planning.get(Delegate).execute({ contactId, toContactId: focal.id, ...days, reason: 'Đi công tác.' }, planning.message());
    },
    mayRefuse: ['delegation-overlaps'],
  },
  dissolve: {
    // Two of the nine reporters at most, so that there is somebody left to chase.
    targets: (year) =>
      year.ids(`SELECT code AS id FROM agency WHERE code IN ('UBND-SONTAY', 'UBND-QUOCOAI') AND end_decision IS NULL ORDER BY code`),
    act: (year, agency, pick) => {
      const { planning } = year;
      const endsOn = year.ahead(pick % 15).toString();
      return planning.get(DissolveAgency).execute({ agency, endsOn, successor: 'UBND-HADONG', decision: '01/QĐ-UBND' }, planning.message());
    },
  },
  exclude: {
    targets: (year) =>
      year.ids(`SELECT u.id || ' ' || i.id AS id FROM requirement_input x JOIN report u ON u.requirement_id = x.upward_id JOIN report i ON i.requirement_id = x.input_id
        WHERE u.state IN ('draft', 'returned') AND i.state IN ('draft', 'returned') AND u.period_key = i.period_key ORDER BY 1`),
    act: ({ planning }, pair) => {
      const [upwardReportId, reportId] = pair.split(' ') as [string, string];
      return planning.get(ExcludeReport).execute({ upwardReportId, reportId, reason: 'Không phát sinh.' }, planning.message());
    },
    mayRefuse: ['already-excluded', 'consolidation-closed', 'not-an-input'],
  },
  include: {
    targets: (year) =>
      year.ids(`SELECT c.upward_id || ' ' || c.input_id AS id FROM consolidated_input c JOIN report u ON u.id = c.upward_id
        WHERE c.standing = 'excluded' AND u.state IN ('draft', 'returned') ORDER BY 1`),
    act: ({ planning }, pair) => {
      const [upwardReportId, reportId] = pair.split(' ') as [string, string];
      return planning.get(IncludeReport).execute({ upwardReportId, reportId, reason: 'Có phát sinh.' }, planning.message());
    },
    mayRefuse: ['not-an-input'],
  },
  suspend: {
    // A task now and then, and the plan itself; each for some days or until somebody lets it go on.
    targets: (year) =>
      year.ids(`SELECT t.code AS id FROM task t WHERE NOT t.retired AND t.status NOT IN ('done', 'cancelled')
        AND NOT EXISTS (SELECT 1 FROM suspension s WHERE s.task_id = t.id AND s.ended_at IS NULL)
        UNION ALL SELECT '' FROM plan p WHERE NOT EXISTS (SELECT 1 FROM suspension s WHERE s.plan_id = p.id AND s.task_id IS NULL AND s.ended_at IS NULL) ORDER BY 1`),
    act: async (year, task, pick) => {
      const { planning } = year;
      const { id: planId } = await planning.database.plan.findFirstOrThrow();
      const fromOn = year.today.add({ days: (pick % 7) - 2 });
      const untilOn = pick % 2 === 0 ? { untilOn: fromOn.add({ days: 3 + (pick % 9) }).toString() } : {};
      const days = { fromOn: fromOn.toString(), ...untilOn };
      const asked = { planId, decision: '02/TB-BCĐ', reason: 'Dịch Covid-19.', ...days, ...(task === '' ? {} : { task }) };
      return planning.get(Suspend).execute(asked, planning.message());
    },
    mayRefuse: ['suspension-overlaps', 'before-the-plan'],
  },
  resume: {
    targets: (year) => year.ids(`SELECT id FROM suspension WHERE ended_at IS NULL ORDER BY id`),
    act: ({ planning }, suspensionId) =>
      planning.get(Resume).execute({ suspensionId, decision: '10/TB-BCĐ', reason: 'Đã kiểm soát dịch.' }, planning.message()),
  },
  supplement: {
    // The next thing in the life of a supplement: declared and asked for, handed in, then returned or approved.
    targets: (year) =>
      year.ids(`SELECT d.state || ' ' || d.id AS id FROM approval_dossier d WHERE d.kind = 'budget-supplement' AND d.state <> 'approved'
        UNION ALL SELECT 'missing ' || id FROM plan WHERE parent_id IS NULL ORDER BY 1`),
    act: async (year, target, pick) => {
      const { planning } = year;
      const [state, id] = target.split(' ') as [string, string];
      if (state === 'missing') return year.lacksMoney(id, pick);
      if (state === 'submitted' && pick % 2 === 0)
        return planning.get(ReturnDossier).execute({ dossierId: id, remarks: 'Làm rõ số thiếu.' }, planning.message());
      const document = { documentNumber: '99/STC-NS', documentDate: year.today.toString() };
      if (state === 'submitted') return planning.get(ApproveDossier).execute({ dossierId: id, ...document }, planning.message());
      await planning
        .get(SaveDossierDraft)
        .execute({ dossierId: id, summary: 'Thiếu', content: { amount: 1 + (pick % 1000) } }, planning.message());
      return planning.get(SubmitDossier).execute({ dossierId: id }, planning.message());
    },
  },
  'report to the city office': {
    targets: (year) =>
      year.ids(`SELECT id FROM prepared_document WHERE kind = 'city-list-item' AND state = 'prepared' ORDER BY prepared_at, key`),
    act: ({ planning }, documentId, pick) =>
      planning.get(SendDocument).execute({ documentId, letterNumber: `${String(pick % 1_000)}/SNN-KHTC` }, planning.message()),
  },
  'discard a document': {
    targets: (year) => year.ids(`SELECT id FROM prepared_document WHERE state = 'prepared' ORDER BY prepared_at, key`),
    act: ({ planning }, documentId) => planning.get(DiscardDocument).execute({ documentId, reason: 'Đã cam kết nộp.' }, planning.message()),
  },
  acknowledge: {
    targets: (year) => year.ids(`SELECT id FROM escalation WHERE state = 'raised' ORDER BY raised_at, obligation_id, level`),
    act: (year, escalationId, pick) =>
      year.planning
        .get(AcknowledgeEscalation)
        .execute({ escalationId, until: year.ahead(pick % 8).toString(), note: 'Đang làm việc.' }, year.planning.message()),
  },
};
