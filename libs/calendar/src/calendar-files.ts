import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { parse } from 'yaml';
import { z } from 'zod';
import { dayKinds, WorkingCalendar, type CalendarYear } from './working-calendar.js';

const yearFile = z.strictObject({
  year: z.int().min(2000).max(2100),
  days: z.array(
    z.strictObject({
      date: z.iso.date().transform((text) => Temporal.PlainDate.from(text)),
      kind: z.enum(dayKinds),
      name: z.string().min(1),
      decision: z.string().min(1),
      assumption: z.string().min(1).optional(),
    }),
  ),
});
const hoursFile = z.strictObject({ start: z.string(), end: z.string(), assumption: z.string() });

function read<Shape extends z.ZodType>(file: string, shape: Shape): z.output<Shape> {
  const parsed = shape.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function readYear(file: string): CalendarYear {
  const year = read(file, yearFile);
  const foreign = year.days.find((day) => day.date.year !== year.year);
  if (foreign) throw new Error(`${file}: ${foreign.date.toString()} is not in ${String(year.year)}`);
  return year;
}

/**
 * The calendar from `<year>.yaml` files and `office-hours.yaml` of a folder.
 * @throws Error naming the file and the path within it
 */
export function loadWorkingCalendar(folder: string): WorkingCalendar {
  const years = readdirSync(folder)
    .filter((name) => /^\d{4}\.yaml$/.test(name))
    .map((name) => readYear(join(folder, name)));
  const { start, end } = read(join(folder, 'office-hours.yaml'), hoursFile);
  return WorkingCalendar.from(years, { start, end });
}
