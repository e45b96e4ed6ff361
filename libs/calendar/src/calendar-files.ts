import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { parse } from 'yaml';
import { z } from 'zod';
import { epochDay } from './days.js';
import { isWeekend, listedDayKinds, WorkingCalendar, type CalendarYear } from './working-calendar.js';

const text = z.string().trim().min(1);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day as HH:mm');

const daySchema = z.strictObject({
  // Aborts: what is no day cannot be checked further.
  date: z.iso.date({ abort: true }),
  kind: z.enum(listedDayKinds),
  name: text,
  decision: text,
  source: text,
  assumption: text.optional(),
});

/** The shape of `plans/calendar/<year>.yaml`. */
export const yearFileSchema = z
  .strictObject({
    year: z.int().min(2000).max(2100),
    /** Why the days are not final: set until the decision on this year's days off is there, then taken out. */
    provisional: text.optional(),
    days: z.array(daySchema).min(1),
  })
  .superRefine(({ year, days }, context) => {
    const seen = new Set<string>();
    for (const [index, { date, kind }] of days.entries()) {
      const refuse = (message: string): void => {
        context.addIssue({ code: 'custom', path: ['days', index, 'date'], message: `${date} ${message}` });
      };
      if (!date.startsWith(`${String(year)}-`)) refuse(`is not in ${String(year)}`);
      if (seen.has(date)) refuse('occurs twice');
      seen.add(date);
      const weekend = isWeekend(epochDay(Temporal.PlainDate.from(date)));
      if (weekend !== (kind === 'MAKEUP_WORKDAY'))
        refuse(weekend ? 'is a weekend, which is off anyway' : 'is a weekday, which needs no making up');
    }
  });

/** The shape of `plans/calendar/office-hours.yaml`. */
export const officeHoursFileSchema = z.strictObject({ start: time, end: time, assumption: text.optional() });

function read<Shape extends z.ZodType>(file: string, shape: Shape): z.output<Shape> {
  try {
    const parsed = shape.safeParse(parse(readFileSync(file, 'utf8')));
    if (parsed.success) return parsed.data;
    throw new Error(z.prettifyError(parsed.error));
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function readYear(folder: string, name: string): CalendarYear {
  const file = join(folder, name);
  const { year, provisional, days } = read(file, yearFileSchema);
  if (name !== `${String(year)}.yaml`) throw new Error(`${file}: says year ${String(year)}; a year stands in the file of its name`);
  return { year, provisional, days: days.map((day) => ({ ...day, date: Temporal.PlainDate.from(day.date) })) };
}

/**
 * The calendar from `<year>.yaml` files and `office-hours.yaml` of a folder. Reads once, at start.
 * @throws Error naming the file and the path within it
 * @throws CalendarYearMissingError when a year between two others has no file
 */
export function loadWorkingCalendar(folder: string): WorkingCalendar {
  const names = readdirSync(folder).filter((name) => /^\d{4}\.yaml$/.test(name));
  if (names.length === 0) throw new Error(`${folder} has no calendar: add <year>.yaml from the official decision on days off`);
  const { start, end } = read(join(folder, 'office-hours.yaml'), officeHoursFileSchema);
  return WorkingCalendar.from(
    names.map((name) => readYear(folder, name)),
    { start, end },
  );
}
