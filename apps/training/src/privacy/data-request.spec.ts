import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from '#calendar';
import { dataRequestKinds } from '#contracts';
import { clocksOf, effectOf, extendedBy, mustFit, obligationOf, type DataRequest } from './data-request.js';

const calendar = loadWorkingCalendar(join(import.meta.dirname, '../../../../plans/calendar'));
const day = (text: string) => Temporal.PlainDate.from(text);
const request: DataRequest = {
  id: '11111111-1111-4111-8111-111111111111',
  traineeId: '22222222-2222-4222-8222-222222222222',
  kind: 'erase',
  state: 'answered',
  receivedAt: Temporal.Instant.from('2020-06-04T02:00:00Z'),
  answerBy: day('2020-06-08'),
  doneBy: day('2020-06-19'),
  extended: false,
  answeredAt: null,
  version: 1,
};

const refusal = (code: string) => expect.objectContaining({ code }) as Error;

describe('a request about personal data', () => {
  it.each([
    ['2020-06-04', '2020-06-08', '2020-06-19'],
    ['2020-06-05', '2020-06-09', '2020-06-20'],
    ['2020-04-29', '2020-05-05', '2020-05-14'],
  ])('of %s is answered by %s, two working days later, and done by %s, fifteen days later', (today, answerBy, doneBy) => {
    expect(clocksOf(day(today), calendar)).toEqual({ answerBy: day(answerBy), doneBy: day(doneBy) });
  });

  it('is extended by fifteen days, once, while it is open', () => {
    expect(extendedBy(request)).toEqual(day('2020-07-04'));
    expect(() => extendedBy({ ...request, extended: true })).toThrow(refusal('data-request-extended'));
    for (const state of ['done', 'refused'] as const) expect(() => extendedBy({ ...request, state })).toThrow(refusal('data-request-over'));
  });

  it('brings a correction when it is to correct, and only then', () => {
    const codes = dataRequestKinds.map((kind) =>
      [undefined, {}, { phone: null }].map((correction) => {
        try {
          mustFit({ kind }, false, correction);
          return 'fits';
        } catch (error) {
          return (error as { code: string }).code;
        }
      }),
    );
    const other = ['fits', 'correction-not-asked', 'correction-not-asked'];
    expect(codes).toEqual([other, ['correction-missing', 'correction-missing', 'fits'], other, other, other, other]);
    mustFit({ kind: 'correct' }, true, undefined);
  });

  it('does what its kind says, and owes two things', () => {
    expect(dataRequestKinds.map(effectOf)).toEqual(['show', 'correct', 'forget', 'forget', 'restrict', 'restrict']);
    expect(obligationOf(request.id, 'answer')).not.toBe(obligationOf(request.id, 'deed'));
  });
});
