import { Injectable, type OnModuleInit } from '@nestjs/common';
import { WorkingDays } from '../calendar/working-days.js';
import { ClassChanges, type ClassChange, type ClassFollower } from '../classes/class-changes.js';
import { attendable } from '../classes/class.js';
import { ObligationWords } from '../obligations/obligation-words.js';
import type { Tx } from '../persistence/database.js';
import { dueAfter, obligationOf, type HeldReport } from './class-report.js';
import { ClassReportRepository, type ReportedClass } from './class-report.repository.js';

/** A report on a class is owed from the day it begins, by its days as they are, and not any more when the class falls away. Planning chases it. */
@Injectable()
export class FollowClassReport implements ClassFollower, OnModuleInit {
  constructor(
    private readonly changes: ClassChanges,
    private readonly reports: ClassReportRepository,
    private readonly words: ObligationWords,
    private readonly days: WorkingDays,
  ) {}

  onModuleInit(): void {
    this.changes.add(this);
  }

  /** Idempotent. A class of a plan that nothing was told of yet owes nobody a report; the next change of it does. */
  async follow(tx: Tx, { classId, reason, what }: ClassChange): Promise<void> {
    const about = await this.reports.about(tx, classId);
    const before = await this.reports.find(tx, classId);
    const report = await this.bring(tx, classId, about, before);
    if (report && about.standingAgency !== null) await this.say(tx, report, about, reason ?? what);
  }

  private async bring(tx: Tx, classId: string, about: ReportedClass, before: HeldReport | null): Promise<HeldReport | null> {
    if (before === null) {
      if (!attendable(about.state) || about.lastDay === null) return null;
      await this.reports.open(tx, classId, dueAfter(about.lastDay, this.days.calendar));
    } else if (before.state === 'owed' && about.state === 'cancelled') await this.reports.change(tx, classId, { state: 'cancelled' });
    else if (before.state === 'owed' && about.state === 'in-progress' && about.lastDay !== null) {
      const dueOn = dueAfter(about.lastDay, this.days.calendar);
      if (!dueOn.equals(before.dueOn)) await this.reports.change(tx, classId, { dueOn });
    }
    return this.reports.find(tx, classId);
  }

  private async say(tx: Tx, { state, dueOn, classId }: HeldReport, about: ReportedClass, reason: string): Promise<void> {
    await this.words.say(tx, [
      {
        obligationId: obligationOf(classId),
        planId: about.planId,
        taskId: about.taskId,
        kind: 'class-report',
        title: 'Báo cáo kết quả lớp tập huấn',
        titleEn: 'Report on a training class',
        period: `lớp ${about.code}: ${about.title}`.slice(0, 200),
        periodEn: `class ${about.code}`,
        debtor: about.leadAgency,
        creditor: about.standingAgency ?? about.leadAgency,
        deadline: { word: 'NO_LATER_THAN', date: dueOn.toString() },
        state: state === 'owed' ? 'open' : state === 'submitted' ? 'fulfilled' : 'cancelled',
        reason,
      },
    ]);
  }
}
