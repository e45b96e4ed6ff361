import { Temporal } from 'temporal-polyfill';

/** Vietnam has had no daylight saving since 1975, so a day is arithmetic: much faster than a zone look-up, and the same. */
const OFFSET_MILLISECONDS = 7 * 3_600_000;
const DAY_MILLISECONDS = 86_400_000;

export function toInstant(date: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime());
}

export function toDate(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds);
}

/** A PostgreSQL `date`, which the client hands out as UTC midnight. */
export function dateToPlain(date: Date): Temporal.PlainDate {
  return new Temporal.PlainDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

export function plainToDate(day: Temporal.PlainDate): Date {
  return new Date(Date.UTC(day.year, day.month - 1, day.day));
}

/** Days since 1970-01-01. */
export function epochDay(day: Temporal.PlainDate): number {
  return Date.UTC(day.year, day.month - 1, day.day) / DAY_MILLISECONDS;
}

export function dayOfEpoch(days: number): Temporal.PlainDate {
  return dateToPlain(new Date(days * DAY_MILLISECONDS));
}

/** The day on the wall in Asia/Ho_Chi_Minh. */
export function localDate(instant: Temporal.Instant): Temporal.PlainDate {
  return dateToPlain(new Date(instant.epochMilliseconds + OFFSET_MILLISECONDS));
}

/** Minutes since local midnight. */
export function localMinutes(instant: Temporal.Instant): number {
  return Math.floor(
    ((((instant.epochMilliseconds + OFFSET_MILLISECONDS) % DAY_MILLISECONDS) + DAY_MILLISECONDS) % DAY_MILLISECONDS) / 60_000,
  );
}

/** Local midnight at which the day begins. */
export function startOfDay(day: Temporal.PlainDate): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(midnightOf(day));
}

/** @param time `HH:mm` on the wall in Asia/Ho_Chi_Minh */
export function atLocalTime(day: Temporal.PlainDate, time: string): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(midnightOf(day) + minutesOf(time) * 60_000);
}

function midnightOf(day: Temporal.PlainDate): number {
  return epochDay(day) * DAY_MILLISECONDS - OFFSET_MILLISECONDS;
}

/** @throws RangeError when the text is no `HH:mm` */
export function minutesOf(time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!match) throw new RangeError(`"${time}" is no time of day: write HH:mm`);
  return Number(match[1]) * 60 + Number(match[2]);
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `17/06/2020`, as tables show days. */
export function formatDate(day: Temporal.PlainDate): string {
  return `${two(day.day)}/${two(day.month)}/${String(day.year)}`;
}

/** `ngày 15 tháng 5 năm 2020`: days below 10 and months 1 and 2 with a leading zero (Decree 30/2020/NĐ-CP, annex I). */
export function formatLongDate(day: Temporal.PlainDate): string {
  return `ngày ${two(day.day)} tháng ${day.month < 3 ? two(day.month) : String(day.month)} năm ${String(day.year)}`;
}

/** `08:00 17/06/2020` in Asia/Ho_Chi_Minh. */
export function formatDateTime(instant: Temporal.Instant): string {
  const minutes = localMinutes(instant);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)} ${formatDate(localDate(instant))}`;
}
