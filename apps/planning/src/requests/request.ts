import { Temporal } from 'temporal-polyfill';
import { CalendarYearMissingError, formatDate, resolveDeadline, type Deadline, type WorkingCalendar } from '#calendar';
import { DomainError, type PayloadOf, type requestReports } from '#contracts';

export type Asked = PayloadOf<typeof requestReports>;

/** Codes of reports that are asked for once: CD (chuyên đề) a thematic one, DX (đột xuất) an ad-hoc one. No plan file may use them. */
export const ASKED_FOR_ONCE = /^(CD|DX)-\d{4}-\d{3,}$/;

/** The next code of its kind in a year. @param taken codes of the plan that begin alike, in any order */
export function nextCode(type: Asked['type'], year: number, taken: readonly string[]): string {
  const stem = `${type === 'THEMATIC' ? 'CD' : 'DX'}-${String(year)}-`;
  const numbers = taken.filter((code) => code.startsWith(stem)).map((code) => Number(code.slice(stem.length)));
  return `${stem}${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`;
}

/** An agency, as far as it can be asked. */
export interface AskedAgency {
  readonly id: string;
  readonly code: string;
  readonly validFrom: Temporal.PlainDate;
  readonly validTo: Temporal.PlainDate | null;
  readonly successor: string | null;
}

/** What a request is held against. */
export interface Known {
  readonly agencies: ReadonlyMap<string, AskedAgency>;
  readonly receiver: string;
  readonly ladders: readonly string[];
  /** The task that it names is one of the plan. */
  readonly taskKnown: boolean;
}

interface Fault {
  readonly path: string;
  readonly message: string;
}

export interface Resolved {
  readonly deadline: Deadline;
  readonly dueOn: Temporal.PlainDate;
}

/**
 * The day by which the reports are due: a last day off rolls forward (Civil Code 2015 art. 148.5).
 * @throws DomainError `request-invalid` with every fault at its path
 */
export function resolveRequest(asked: Asked, known: Known, now: Temporal.Instant, calendar: WorkingCalendar): Resolved {
  const deadline: Deadline = { word: asked.deadline.word, date: Temporal.PlainDate.from(asked.deadline.date), roll: 'FORWARD' };
  const due = dueOf(deadline, calendar);
  const faults = [
    ...('fault' in due ? [due.fault] : [...timeFaults(asked, due, now, calendar), ...agencyFaults(asked, known, due.dueOn)]),
    ...(known.ladders.includes(asked.ladder)
      ? []
      : [{ path: 'ladder', message: `unknown ladder "${asked.ladder}"; known: ${known.ladders.join(', ')}` }]),
    ...(known.taskKnown ? [] : [{ path: 'taskId', message: 'is no task of this plan' }]),
  ];
  if ('fault' in due || faults.length > 0) throw refused(faults);
  return { deadline, dueOn: due.dueOn };
}

function refused(faults: readonly Fault[]): DomainError {
  const [first] = faults;
  return new DomainError(
    'request-invalid',
    `The request has ${String(faults.length)} faults and nobody was asked. First, ${first?.path ?? ''}: ${first?.message ?? ''}`,
    faults.map((fault) => ({ ...fault })),
  );
}

/** A deadline whose ladder would run into a year that the calendar does not have cannot be chased. @throws DomainError `request-invalid` */
export function refuseMissingYear(error: unknown): never {
  if (error instanceof CalendarYearMissingError) throw refused([{ path: 'deadline.date', message: error.message }]);
  throw error;
}

type Due = ReturnType<typeof resolveDeadline>;

function dueOf(deadline: Deadline, calendar: WorkingCalendar): Due | { fault: Fault } {
  try {
    return resolveDeadline(deadline, calendar);
  } catch (error) {
    if (error instanceof CalendarYearMissingError) return { fault: { path: 'deadline.date', message: error.message } };
    throw error;
  }
}

/** A deadline that can be kept: at least one working day after the figures close (Decree 09/2019/NĐ-CP art. 8.5). */
function timeFaults({ window }: Asked, { dueOn, overdueAt }: Due, now: Temporal.Instant, calendar: WorkingCalendar): Fault[] {
  const over = Temporal.Instant.compare(overdueAt, now) <= 0;
  const passed = over ? [{ path: 'deadline.date', message: `the deadline ${dueOn.toString()} is over already: choose a later day` }] : [];
  if (!window) return passed;
  const [from, to] = [Temporal.PlainDate.from(window.from), Temporal.PlainDate.from(window.to)];
  if (Temporal.PlainDate.compare(from, to) > 0) return [...passed, { path: 'window.to', message: `is before ${window.from}` }];
  if (calendar.workingDaysBetween(to, dueOn) >= 1) return passed;
  return [
    ...passed,
    {
      path: 'deadline.date',
      message: `the deadline ${dueOn.toString()} leaves no working day after the figures close on ${window.to}: choose a later day`,
    },
  ];
}

function agencyFaults({ reporters }: Asked, { agencies, receiver }: Known, dueOn: Temporal.PlainDate): Fault[] {
  const seen = new Set<string>();
  return [
    ...absence('receiver', receiver, agencies, dueOn),
    ...reporters.flatMap((code, index) => {
      const path = `reporters.${String(index)}`;
      if (seen.has(code)) return [{ path, message: 'named twice' }];
      seen.add(code);
      if (code === receiver) return [{ path, message: `${code} would report to itself` }];
      return absence(path, code, agencies, dueOn);
    }),
  ];
}

/** Who is not there on the day cannot owe anything, and nothing can be owed to it. */
function absence(path: string, code: string, agencies: ReadonlyMap<string, AskedAgency>, on: Temporal.PlainDate): Fault[] {
  const agency = agencies.get(code);
  if (!agency) return [{ path, message: `unknown agency "${code}"` }];
  if (Temporal.PlainDate.compare(agency.validFrom, on) > 0)
    return [{ path, message: `${code} begins on ${agency.validFrom.toString()}, after the deadline` }];
  if (agency.validTo === null || Temporal.PlainDate.compare(agency.validTo, on) >= 0) return [];
  const instead = agency.successor === null ? 'it has no successor' : `ask its successor ${agency.successor}`;
  return [{ path, message: `${code} ends on ${agency.validTo.toString()}, before the report is due: ${instead}` }];
}

/** How mails name what is owed beside its title. */
export function periodWords(window: Asked['window'], code: string): { period: string; periodEn: string } {
  if (!window) return { period: `(yêu cầu ${code})`, periodEn: `request ${code}` };
  const [from, to] = [window.from, window.to].map((day) => formatDate(Temporal.PlainDate.from(day)));
  return { period: `(số liệu từ ${from ?? ''} đến ${to ?? ''})`, periodEn: `figures from ${from ?? ''} to ${to ?? ''}` };
}
