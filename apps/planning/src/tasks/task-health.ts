import { Temporal } from 'temporal-polyfill';
import { formatDate, type WorkingCalendar } from '#calendar';
import type { HealthRule, TaskStatus } from '#contracts';

/*
 * Whether a task is overdue or at risk, and by which rule. Derived at the moment of asking, never stored. That progress is to be clear is the plan's
 * word (SEED-18); the numbers of the rules are not stated anywhere.
 */

/** Working days before a day from which it is close. An assumption. */
const CLOSE = 10;
/** Per cent that progress may be behind the share of working days that is over. An assumption. */
const BEHIND = 20;
/** Per cent from which a task is nearly done. An assumption. */
const NEARLY_DONE = 80;

export interface TaskFacts {
  readonly status: TaskStatus;
  readonly progress: number;
  readonly startsOn: Temporal.PlainDate | null;
  /** None for a standing task: it is never late. */
  readonly dueOn: Temporal.PlainDate | null;
  readonly milestones: readonly {
    readonly title: string;
    readonly dueOn: Temporal.PlainDate;
    readonly reachedOn: Temporal.PlainDate | null;
  }[];
  /** Codes of the dossiers that it may not begin before, and that are not approved. */
  readonly missingApprovals: readonly string[];
}

export interface HealthFinding {
  readonly rule: HealthRule;
  readonly severity: 'overdue' | 'at-risk';
  readonly text: string;
  readonly textEn: string;
}

/**
 * Every rule that holds today, most serious first. A task that was handed in, is done, stands still or was given up is neither late nor at risk. Pure.
 * @param today of Asia/Ho_Chi_Minh; a due day counts to its end
 * @throws CalendarYearMissingError
 */
export function taskHealth(task: TaskFacts, today: Temporal.PlainDate, calendar: WorkingCalendar): HealthFinding[] {
  if (task.status !== 'not-started' && task.status !== 'in-progress') return [];
  return [
    ...overdue(task, today, calendar),
    ...milestones(task, today, calendar),
    ...behind(task, today, calendar),
    ...closeToDue(task, today, calendar),
    ...approvalMissing(task, today, calendar),
  ];
}

/** The most serious of them. */
export function healthOf(findings: readonly HealthFinding[]): 'on-track' | 'at-risk' | 'overdue' {
  if (findings.some((one) => one.severity === 'overdue')) return 'overdue';
  return findings.length > 0 ? 'at-risk' : 'on-track';
}

function overdue({ dueOn, progress }: TaskFacts, today: Temporal.PlainDate, calendar: WorkingCalendar): HealthFinding[] {
  if (!dueOn || !isBefore(dueOn, today)) return [];
  const late = calendar.workingDaysBetween(dueOn, today);
  return [
    {
      rule: 'overdue-due-date',
      severity: 'overdue',
      text: `Quá hạn ${String(late)} ngày làm việc (hạn ${formatDate(dueOn)}), mới đạt ${String(progress)}%.`,
      textEn: `${days(late)} overdue (due ${formatDate(dueOn)}), ${String(progress)} % done.`,
    },
  ];
}

function milestones(task: TaskFacts, today: Temporal.PlainDate, calendar: WorkingCalendar): HealthFinding[] {
  return task.milestones
    .filter(({ reachedOn, dueOn }) => !reachedOn && isBefore(dueOn, today))
    .map(({ title, dueOn }) => {
      const late = calendar.workingDaysBetween(dueOn, today);
      return {
        rule: 'milestone-missed',
        severity: 'at-risk',
        text: `Mốc "${title}" chậm ${String(late)} ngày làm việc (hạn ${formatDate(dueOn)}).`,
        textEn: `Milestone "${title}" is ${days(late)} late (due ${formatDate(dueOn)}).`,
      };
    });
}

function behind({ startsOn, dueOn, progress }: TaskFacts, today: Temporal.PlainDate, calendar: WorkingCalendar): HealthFinding[] {
  if (!startsOn || !dueOn || isBefore(today, startsOn) || isBefore(dueOn, today)) return [];
  // Both ends included: on the last day all of it is over.
  const first = calendar.isWorkingDay(startsOn) ? 1 : 0;
  const whole = first + calendar.workingDaysBetween(startsOn, dueOn);
  if (whole === 0) return [];
  const elapsed = Math.floor(((first + calendar.workingDaysBetween(startsOn, today)) * 100) / whole);
  if (progress >= elapsed - BEHIND) return [];
  return [
    {
      rule: 'behind-schedule',
      severity: 'at-risk',
      text: `Chậm tiến độ: đã qua ${String(elapsed)}% số ngày làm việc, mới đạt ${String(progress)}%.`,
      textEn: `Behind schedule: ${String(elapsed)} % of the working days are over, ${String(progress)} % done.`,
    },
  ];
}

function closeToDue({ dueOn, progress }: TaskFacts, today: Temporal.PlainDate, calendar: WorkingCalendar): HealthFinding[] {
  if (!dueOn || isBefore(dueOn, today) || progress >= NEARLY_DONE) return [];
  const left = calendar.workingDaysBetween(today, dueOn);
  if (left > CLOSE) return [];
  return [
    {
      rule: 'close-to-due',
      severity: 'at-risk',
      text: `Sắp đến hạn: còn ${String(left)} ngày làm việc (hạn ${formatDate(dueOn)}), mới đạt ${String(progress)}%.`,
      textEn: `Due soon: ${days(left)} left (due ${formatDate(dueOn)}), ${String(progress)} % done.`,
    },
  ];
}

function approvalMissing({ startsOn, missingApprovals }: TaskFacts, today: Temporal.PlainDate, calendar: WorkingCalendar): HealthFinding[] {
  if (!startsOn || missingApprovals.length === 0 || calendar.workingDaysBetween(today, startsOn) > CLOSE) return [];
  const named = missingApprovals.join(', ');
  const begins = isBefore(today, startsOn);
  return [
    {
      rule: 'approval-missing-close',
      severity: 'at-risk',
      text: `${begins ? 'Sắp bắt đầu' : 'Đã đến thời gian thực hiện'} (từ ${formatDate(startsOn)}) nhưng chưa được phê duyệt: ${named}.`,
      textEn: `${begins ? 'Begins soon' : 'Should have begun'} (${formatDate(startsOn)}), and this is not approved: ${named}.`,
    },
  ];
}

function isBefore(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) < 0;
}

function days(count: number): string {
  return `${String(count)} working day${count === 1 ? '' : 's'}`;
}
