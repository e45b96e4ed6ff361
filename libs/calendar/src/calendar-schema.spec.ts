import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { officeHoursFileSchema, yearFileSchema } from './calendar-files.js';

const CALENDAR = join(import.meta.dirname, '../../../plans/calendar');

describe('the files of the calendar', () => {
  it.each([
    ['year.schema.json', yearFileSchema],
    ['office-hours.schema.json', officeHoursFileSchema],
  ])('are checked by editors with %s, which says what the loader says (npm run docs)', (name, shape) => {
    const file = join(CALENDAR, name);
    const schema = `${JSON.stringify(z.toJSONSchema(shape, { io: 'input', target: 'draft-7' }), null, 2)}\n`;
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(file, schema);
    expect(readFileSync(file, 'utf8')).toBe(schema);
  });
});
