import type { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '#calendar';
import { DomainError, nameBasedId, type DataRequestKind, type DataRequestState } from '#contracts';

/** Working days in which a request is answered (law 91/2025/QH15; domain 6.2). */
const ANSWER_WITHIN = 2;
/** Days in which it is done, and by which that may be extended once (domain 6.2). */
const DONE_WITHIN = 15;
/**
 * Days after the last session of their newest class for which a trainee's data is kept. An assumption: law 91/2025/QH15 has data deleted when its purpose is
 * done and names no period; a year covers the class's report, its certificate, and the courses of the plan's year.
 */
export const RETENTION = 365;

/** A request as use cases hold it: locked, in their transaction. Days are of Asia/Ho_Chi_Minh. */
export interface DataRequest {
  readonly id: string;
  readonly traineeId: string;
  readonly kind: DataRequestKind;
  readonly state: DataRequestState;
  readonly receivedAt: Temporal.Instant;
  readonly answerBy: Temporal.PlainDate;
  readonly doneBy: Temporal.PlainDate;
  readonly extended: boolean;
  readonly answeredAt: Temporal.Instant | null;
  readonly version: number;
}

export function clocksOf(today: Temporal.PlainDate, calendar: WorkingCalendar): Pick<DataRequest, 'answerBy' | 'doneBy'> {
  return { answerBy: calendar.addWorkingDays(today, ANSWER_WITHIN), doneBy: today.add({ days: DONE_WITHIN }) };
}

/** @throws DomainError `data-request-over`, `data-request-extended` */
export function extendedBy(request: DataRequest): Temporal.PlainDate {
  mustBeOpen(request);
  if (request.extended)
    throw new DomainError(
      'data-request-extended',
      'This request was extended already, and the law has one extension. Do what is asked, or refuse it.',
    );
  return request.doneBy.add({ days: DONE_WITHIN });
}

/** @throws DomainError `data-request-over` */
export function mustBeOpen({ state }: Pick<DataRequest, 'state'>): void {
  if (state === 'received' || state === 'answered') return;
  throw new DomainError('data-request-over', `This request is ${state} already. Record another one if the person asks again.`, [{ state }]);
}

/**
 * A correction says what is right, and no other request brings one.
 * @throws DomainError `correction-missing`, `correction-not-asked`
 */
export function mustFit({ kind }: Pick<DataRequest, 'kind'>, refused: boolean, correction: object | undefined): void {
  const corrects = kind === 'correct' && !refused;
  if (corrects && Object.keys(correction ?? {}).length === 0)
    throw new DomainError('correction-missing', 'Say in "correction" what is right, or refuse the request.');
  if (!corrects && correction !== undefined)
    throw new DomainError('correction-not-asked', 'Only a request to correct data has a "correction". Leave it out.');
}

/** What a request that is done does with the data. */
export function effectOf(kind: DataRequestKind): 'show' | 'correct' | 'forget' | 'restrict' {
  switch (kind) {
    case 'access':
      return 'show';
    case 'correct':
      return 'correct';
    case 'erase':
    case 'withdraw':
      return 'forget';
    case 'restrict':
    case 'object':
      return 'restrict';
  }
}

/** A request is owed twice: its answer, and what it asks. */
export const obligationOf = (requestId: string, part: 'answer' | 'deed'): string => nameBasedId('dondoc', 'data-request', requestId, part);
