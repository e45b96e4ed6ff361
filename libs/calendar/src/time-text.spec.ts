import { Temporal } from 'temporal-polyfill';
import { parseTimeText, timeTextForms } from './time-text.js';

const span = (from: string, to: string) => ({
  startsOn: Temporal.PlainDate.from(from),
  dueOn: Temporal.PlainDate.from(to),
  standing: false,
});
const STANDING = { startsOn: null, dueOn: null, standing: true };

describe('the time texts of plans', () => {
  it.each([
    ['Quý II-III/2020', '2020-04-01', '2020-09-30'],
    ['Quý III/2020', '2020-07-01', '2020-09-30'],
    ['Quý IV năm 2020', '2020-10-01', '2020-12-31'],
    ['Quí 2/2020', '2020-04-01', '2020-06-30'],
    ['Tháng 6/2020', '2020-06-01', '2020-06-30'],
    ['Tháng 02/2020', '2020-02-01', '2020-02-29'],
    ['Tháng 6-8/2020', '2020-06-01', '2020-08-31'],
    ['6 tháng đầu năm 2020', '2020-01-01', '2020-06-30'],
    ['6 tháng cuối năm 2020', '2020-07-01', '2020-12-31'],
    ['Năm 2020', '2020-01-01', '2020-12-31'],
    ['Cả năm 2020', '2020-01-01', '2020-12-31'],
  ])('%s', (text, from, to) => {
    expect(parseTimeText(text)).toEqual(span(from, to));
  });

  it.each(['Thường xuyên', 'Hằng năm', 'hàng năm'])('%s has no end', (text) => {
    expect(parseTimeText(text)).toEqual(STANDING);
  });

  it.each([
    ['spaces', '  Quý  II - III / 2020 '],
    ['a long dash', 'Quý II–III/2020'],
    ['capitals', 'QUÝ II-III/2020'],
    ['decomposed letters', 'Quý II-III/2020'.normalize('NFD')],
  ])('may be written with other %s', (_, text) => {
    expect(parseTimeText(text)).toEqual(span('2020-04-01', '2020-09-30'));
  });

  it.each(['', 'khi nào xong', 'Quý V/2020', 'Quý III-II/2020', 'Tháng 13/2020', 'Tháng 0/2020', 'Tháng 8-6/2020', 'Năm 20', 'Tháng 6'])(
    'are refused as %j',
    (text) => {
      expect(() => parseTimeText(text)).toThrow(RangeError);
    },
  );

  it('are refused with the forms that are known, each of which is read', () => {
    expect(() => parseTimeText('khi nào xong')).toThrow(`Known forms: ${timeTextForms.join('; ')}`);
    for (const form of timeTextForms) expect(() => parseTimeText(form)).not.toThrow();
  });
});
