import { Temporal } from 'temporal-polyfill';

const ZONE = 'Asia/Ho_Chi_Minh';
/** Temporal counts from Monday. */
const WEEKDAYS = ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'];
const two = (number: number) => String(number).padStart(2, '0');

/** 16/06/2020. */
export function dayText(day: Temporal.PlainDate): string {
  return `${two(day.day)}/${two(day.month)}/${day.year}`;
}

/** "thứ Ba". */
export function weekdayText(day: Temporal.PlainDate): string {
  return WEEKDAYS[day.dayOfWeek - 1] ?? '';
}

/** "08:00 ngày 09/06/2020", in Viet Nam. */
export function momentText(at: Temporal.Instant): string {
  const local = at.toZonedDateTimeISO(ZONE);
  return `${two(local.hour)}:${two(local.minute)} ngày ${dayText(local.toPlainDate())}`;
}

/** As documents end their heads: days below 10 and the months 1 and 2 with a leading zero (Decree 30/2020/NĐ-CP, annex I). */
export function longDayText(day: Temporal.PlainDate): string {
  return `ngày ${two(day.day)} tháng ${day.month < 3 ? two(day.month) : day.month} năm ${day.year}`;
}

/** @param time local, HH:mm */
export function momentOf(day: Temporal.PlainDate, time: string): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: ZONE, plainTime: Temporal.PlainTime.from(time) }).toInstant();
}
