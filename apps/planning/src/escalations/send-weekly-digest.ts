import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { sendMail, type PayloadOf } from '#contracts';
import { Outbox, UnitOfWork } from '#messaging';
import { addressees } from '../sweep/audience.js';
import { SweepRepository, type PlanRow } from '../sweep/sweep.repository.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { DigestRepository, type DigestRow } from './digest.repository.js';

type SendMail = PayloadOf<typeof sendMail>;
type Digest = Extract<SendMail['mail'], { template: 'weekly-digest' }>;

/** Thursday 07:30: where every agency stands, to the standing agency of each plan (the rhythm of Hanoi's task force). Once a week and recipient. */
@Injectable()
export class SendWeeklyDigest {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly digests: DigestRepository,
    private readonly ledger: SweepRepository,
    private readonly outbox: Outbox,
    private readonly rules: RuleFiles,
    private readonly clock: Clock,
  ) {}

  /**
   * Leaves on its Thursday, or when that is a day off in the first office hour after it. Later it is left out: the mails of an outage's end tell
   * everything, and nobody gets two of them.
   * @param runAt the Thursday that it is for
   * @returns how many mails were handed over
   */
  async execute(runAt: Temporal.Instant): Promise<number> {
    const now = this.clock.now();
    const today = localDate(now);
    const { calendar } = this.rules;
    if (!localDate(calendar.nextOfficeHour(now)).equals(calendar.rollForward(localDate(runAt)))) return 0;
    return await this.work.run(async (tx) => {
      const mails: SendMail[] = [];
      for (const plan of (await this.ledger.plans(tx)).values()) {
        const digest = await this.digestOf(tx, plan, today, now);
        if (!digest) continue;
        const line = { debtorId: '', standingAgencyId: plan.standingAgencyId, cityOfficeId: plan.cityOfficeId };
        const contacts = await this.ledger.contacts(tx, [plan.standingAgencyId]);
        const addressed = addressees({ who: 'standing-agency', as: 'copied' }, line, (id) => contacts.get(id) ?? []);
        for (const recipientId of addressed?.contactIds ?? []) {
          mails.push({
            businessKey: `weekly-digest.${plan.id}.${recipientId}.${isoWeek(localDate(runAt))}`,
            stream: `weekly-digest.${plan.id}`,
            recipientId,
            obligationIds: digest.late.map((row) => row.obligationId),
            mail: digest,
          });
        }
      }
      await this.outbox.publishAll(tx, sendMail, mails);
      return mails.length;
    });
  }

  private async digestOf(tx: Tx, plan: PlanRow, today: Temporal.PlainDate, now: Temporal.Instant): Promise<Digest | undefined> {
    const figures = await this.digests.figures(tx, plan.id, today, now);
    const waiting = await this.digests.waiting(tx, plan.id);
    // Before the plan's first report, and after its last when nobody has anything left to decide.
    if (figures.open === 0 && figures.submittedThisWeek === 0 && waiting.length === 0) return undefined;
    const late = await this.digests.late(tx, plan.id, now);
    const upcoming = await this.digests.dueBetween(tx, plan.id, today, this.rules.calendar.addWorkingDays(today, 5));
    const unreachable = await this.digests.unreachable(tx, plan.id);
    return {
      template: 'weekly-digest',
      plan: { documentNumber: plan.documentNumber, issuedOn: plan.issuedOn, title: plan.title, programme: plan.programme },
      weekOf: today.toString(),
      figures,
      late: late.map((row) => ({
        ...facts(row),
        obligationId: row.id,
        workingDaysLate: this.rules.calendar.workingDaysBetween(Temporal.PlainDate.from(row.due_on), today),
        chasings: row.chasings,
        contactId: row.contact_id,
      })),
      upcoming: upcoming.map(facts),
      unreachable: unreachable.map((row) => ({ agency: agencyOf(row), contactId: row.contact_id, since: row.since })),
      suspensions: await this.digests.suspensions(tx, plan.id),
      calendar: (await this.digests.calendarYears(tx)).flatMap((year) => {
        const state = this.rules.calendar.stateOf(year);
        return state === 'decided' ? [] : [{ year, state }];
      }),
      waiting,
      path: `/plans/${plan.id}`,
    };
  }
}

function facts(row: DigestRow) {
  return {
    debtor: agencyOf(row),
    title: row.title,
    titleEn: row.title_en,
    period: row.period,
    periodEn: row.period_en,
    dueOn: row.due_on,
  };
}

function agencyOf(row: Pick<DigestRow, 'code' | 'name' | 'name_en'>) {
  return { code: row.code, name: row.name, nameEn: row.name_en };
}

/** `2020-W25`. */
export function isoWeek(day: Temporal.PlainDate): string {
  return `${String(day.yearOfWeek)}-W${String(day.weekOfYear).padStart(2, '0')}`;
}
