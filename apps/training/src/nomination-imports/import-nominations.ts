import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { Clock } from '#calendar';
import { DomainError, type importNominations, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { HeldClass } from '../classes/class.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { EnrolPeople, type Outcome } from '../enrolments/enrol-people.js';
import { mustBeOpenFor } from '../enrolments/enrolment.js';
import { EnrolmentRepository } from '../enrolments/enrolment.repository.js';
import { ImportRepository } from './import.repository.js';
import { checkedRows, classesIn, columnOf, sheetOf, type RowFault } from './nomination-rows.js';

type Input = PayloadOf<typeof importNominations>;
type Reply = ReplyOf<typeof importNominations>;

/** Faults that are shown; whoever has more begins with these. */
const SHOWN = 500;

/** An agency nominates many by a file, all of them or none: what is wrong is said cell by cell. The same file has its effect once. */
@Injectable()
export class ImportNominations {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly enrolments: EnrolmentRepository,
    private readonly imports: ImportRepository,
    private readonly enrolling: EnrolPeople,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `class-not-found`, `sheet-not-readable`, `nominations-not-open`, `nominations-closed` of the one class that the file is for, and
   * `rows-faulty` with each fault, unless faulty rows are to be skipped
   */
  execute(input: Input, message: Message): Promise<Reply> {
    return this.work.once(message, async (tx) => {
      const at = this.clock.now();
      const sheet = sheetOf(input.sheet);
      const classes = await this.classes(tx, input, classesIn(sheet));
      const importedBefore = await this.imports.before(tx, input);
      if (importedBefore?.faulty === 0)
        return { rows: sheet.rows.length, enrolled: 0, waiting: 0, faulty: 0, errors: [], importedBefore: importedBefore.at };
      const checked = checkedRows(sheet, classes.named, classes.only);
      const nominations = checked.flatMap((one) => ('nomination' in one ? [one] : []));
      const { agency, legalBasis, basis, noticeVersion, skipFaulty, late } = input;
      const outcomes = await this.enrolling.execute(tx, {
        classes: classes.taking,
        nominations: nominations.map(({ nomination }) => nomination),
        basis: { agency, legalBasis, basis, noticeVersion },
        messageId: message.id,
        late,
        at,
      });
      const faults = [
        ...checked.flatMap((one) => ('faults' in one ? one.faults : [])),
        ...outcomes.flatMap((outcome, index) => faultOf(outcome, nominations[index]?.row ?? 0, sheet.letters, nominations)),
      ].sort((a, b) => a.row - b.row);
      const faulty = new Set(faults.map(({ row }) => row)).size;
      if (faulty > 0 && !skipFaulty) throw refusalOf(faults, faulty, sheet.rows.length);
      await this.imports.record(tx, { id: message.id, ...input, courseId: classes.courseId, rows: sheet.rows.length, faulty, at });
      await this.tell(
        tx,
        classes.taking,
        nominations.map(({ nomination }) => nomination.classId),
        outcomes,
        at,
      );
      const count = (state: string) => outcomes.filter((one) => !one.problem && one.enrolled.state === state).length;
      return {
        rows: sheet.rows.length,
        enrolled: count('enrolled'),
        waiting: count('waiting'),
        faulty,
        errors: faults.slice(0, SHOWN),
        importedBefore: importedBefore?.at ?? null,
      };
    });
  }

  /** Holds the classes that the file is for. Of many those that take nothing make their rows faulty; of one it is refused. */
  private async classes(tx: Tx, { of, late }: Input, codes: readonly string[]) {
    if ('classId' in of) {
      const [held] = await this.enrolments.holdClasses(tx, of);
      if (!held) throw new DomainError('class-not-found', `There is no class ${of.classId}. GET /api/v1/classes lists them.`);
      mustBeOpenFor(held, late);
      return { courseId: held.courseId, taking: [held], named: new Map<string, HeldClass | DomainError>(), only: held };
    }
    const held = await this.enrolments.holdClasses(tx, { ...of, codes });
    const named = new Map<string, HeldClass | DomainError>(held.map((one) => [one.code, whyNot(one, late) ?? one]));
    return { ...of, taking: held.filter((one) => named.get(one.code) === one), named, only: null };
  }

  private async tell(
    tx: Tx,
    classes: readonly HeldClass[],
    classIds: readonly string[],
    outcomes: readonly Outcome[],
    at: Temporal.Instant,
  ) {
    const counts = new Map(classes.map(({ id }) => [id, { enrolled: 0, waiting: 0 }]));
    for (const [index, outcome] of outcomes.entries()) {
      const count = counts.get(classIds[index] ?? '');
      if (count && !outcome.problem) count[outcome.enrolled.state] += 1;
    }
    const lines = [...counts].filter(([, { enrolled, waiting }]) => enrolled + waiting > 0);
    await this.history.tell(
      tx,
      lines.map(([subjectId, detail]) => ({ subject: 'class', subjectId, at, what: 'nominations-imported', detail })),
    );
  }
}

function whyNot(held: HeldClass, late: string | undefined): DomainError | null {
  try {
    mustBeOpenFor(held, late);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

function faultOf(
  { problem }: Outcome,
  row: number,
  letters: Readonly<Partial<Record<string, string | null>>>,
  nominations: readonly { readonly row: number }[],
): RowFault[] {
  if (!problem) return [];
  const { first } = problem.details;
  const message = typeof first === 'number' ? `This person stands in row ${String(nominations[first]?.row)} already.` : problem.message;
  return [{ row, address: `${letters[columnOf(problem.code)] ?? 'A'}${String(row)}`, code: problem.code, message }];
}

function refusalOf(faults: readonly RowFault[], faulty: number, rows: number): DomainError {
  return new DomainError(
    'rows-faulty',
    `${String(faulty)} of ${String(rows)} rows are faulty, so nothing was taken. Correct the cells in "errors", or send "skipFaulty=true" to take the others.`,
    faults.slice(0, SHOWN).map((fault) => ({ ...fault })),
  );
}
