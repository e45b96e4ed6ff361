import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { TIME_ZONE } from './clock.js';
import {
  atLocalTime,
  dateToPlain,
  dayOfEpoch,
  epochDay,
  formatDate,
  formatDateTime,
  formatLongDate,
  localDate,
  localMinutes,
  minutesOf,
  plainToDate,
  startOfDay,
  toDate,
  toInstant,
} from './days.js';

const day = (text: string) => Temporal.PlainDate.from(text);
const instants = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => Temporal.Instant.fromEpochMilliseconds(date.getTime()));

describe('days in Hanoi', () => {
  it('begin at 17:00 UTC of the day before', () => {
    expect(startOfDay(day('2020-06-17'))).toEqual(Temporal.Instant.from('2020-06-16T17:00:00Z'));
    expect(localDate(Temporal.Instant.from('2020-06-16T16:59:59.999Z'))).toEqual(day('2020-06-16'));
    expect(localDate(Temporal.Instant.from('2020-06-16T17:00:00Z'))).toEqual(day('2020-06-17'));
    expect(atLocalTime(day('2020-06-17'), '07:30')).toEqual(Temporal.Instant.from('2020-06-17T00:30:00Z'));
  });

  it('agree with the time zone database', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const zoned = instant.toZonedDateTimeISO(TIME_ZONE);
        expect(localDate(instant)).toEqual(zoned.toPlainDate());
        expect(localMinutes(instant)).toBe(zoned.hour * 60 + zoned.minute);
        expect(startOfDay(localDate(instant))).toEqual(zoned.startOfDay().toInstant());
      }),
    );
  });

  it('come back unchanged from the border to the database', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(toInstant(toDate(instant))).toEqual(instant);
        const date = localDate(instant);
        expect(dateToPlain(plainToDate(date))).toEqual(date);
        expect(dayOfEpoch(epochDay(date))).toEqual(date);
        expect(plainToDate(date).toISOString()).toBe(`${date.toString()}T00:00:00.000Z`);
      }),
    );
  });
});

describe('days as officials read them', () => {
  it('show in tables as dd/MM/yyyy and in letters in full', () => {
    expect(formatDate(day('2020-06-07'))).toBe('07/06/2020');
    expect(formatLongDate(day('2020-05-15'))).toBe('ngày 15 tháng 5 năm 2020');
    expect(formatDateTime(Temporal.Instant.from('2020-06-17T01:05:00Z'))).toBe('08:05 17/06/2020');
  });

  it('write days below ten and the months January and February with a zero, no other month', () => {
    expect(formatLongDate(day('2020-01-02'))).toBe('ngày 02 tháng 01 năm 2020');
    expect(formatLongDate(day('2020-02-10'))).toBe('ngày 10 tháng 02 năm 2020');
    expect(formatLongDate(day('2020-03-09'))).toBe('ngày 09 tháng 3 năm 2020');
  });
});

describe('a time of day', () => {
  it('counts minutes from midnight', () => {
    expect(minutesOf('00:00')).toBe(0);
    expect(minutesOf('23:59')).toBe(1439);
  });

  it.each(['24:00', '7:30', '07:60', '0730', ''])('is refused as %j', (text) => {
    expect(() => minutesOf(text)).toThrow(/write HH:mm/);
  });
});
