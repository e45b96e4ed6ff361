import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWorkingCalendar } from './calendar-files.js';

const CALENDAR = join(import.meta.dirname, '../../../plans/calendar');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'calendar-'));
  cpSync(CALENDAR, folder, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** One passage of a file replaced; the passage must be there, or the test proves nothing. */
function change(file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(folder, file), text.replace(from, to));
}

describe('a folder of calendar files', () => {
  it('is read whole', () => {
    const calendar = loadWorkingCalendar(folder);
    expect([2019, 2020, 2027, 2028].map((year) => calendar.hasYear(year))).toEqual([false, true, true, false]);
  });

  it.each([
    ['a day that is none', '2020.yaml', "'2020-09-02'", "'2020-09-31'", /2020\.yaml: [^]*days\[9\]\.date/],
    ['a day of another year', '2020.yaml', "'2020-09-02'", "'2021-09-02'", /2021-09-02 is not in 2020/],
    ['a day twice', '2020.yaml', "'2020-01-24'", "'2020-01-23'", /2020-01-23 occurs twice[^]*days\[2\]\.date/],
    ['a holiday on a Saturday', '2020.yaml', "'2020-09-02'", "'2020-09-05'", /2020-09-05 is a weekend, which is off anyway/],
    ['a Friday made up', '2024.yaml', "'2024-05-04'", "'2024-05-03'", /2024-05-03 is a weekday, which needs no making up/],
    ['an unknown kind', '2020.yaml', 'PUBLIC_HOLIDAY', 'HOLIDAY', /2020\.yaml: [^]*days\[0\]\.kind/],
    ['no decision', '2020.yaml', '    decision: Bộ luật Lao động 2012, Điều 115\n', '', /2020\.yaml: [^]*days\[0\]\.decision/],
    ['another year than its name', '2021.yaml', 'year: 2021', 'year: 2020', /2021\.yaml: [^]*is not in 2020/],
    ['no YAML', '2020.yaml', 'days:', 'days: [', /2020\.yaml: /],
    ['office hours without a colon', 'office-hours.yaml', "'07:30'", "'0730'", /office-hours\.yaml: [^]*a time of day as HH:mm[^]*start/],
    ['empty office hours', 'office-hours.yaml', "'07:30'", "'17:00'", /office hours 17:00 to 17:00 are empty/],
  ])('with %s is refused, naming file and place', (_, file, from, to, message) => {
    change(file, from, to);
    expect(() => loadWorkingCalendar(folder)).toThrow(message);
  });

  it('with a year left out is refused, naming the file to add', () => {
    rmSync(join(folder, '2023.yaml'));
    expect(() => loadWorkingCalendar(folder)).toThrow(/no year 2023: add plans\/calendar\/2023\.yaml/);
  });

  it('with a file of another name is refused', () => {
    cpSync(join(folder, '2027.yaml'), join(folder, '2028.yaml'));
    expect(() => loadWorkingCalendar(folder)).toThrow(/2028\.yaml: says year 2027/);
  });

  it('without any year is refused', () => {
    for (let year = 2020; year <= 2027; year++) rmSync(join(folder, `${String(year)}.yaml`));
    expect(() => loadWorkingCalendar(folder)).toThrow(/has no calendar: add <year>\.yaml/);
  });
});
