import exceljs from 'exceljs';
import { Temporal } from 'temporal-polyfill';
import { workbook } from './workbook.js';
import type { Sheet } from './sheet.js';

const AT = Temporal.Instant.from('2020-06-30T03:00:00Z');
const SHEET: Sheet = {
  name: '100/KH-UBND: theo cơ quan',
  title: 'Tỷ lệ báo cáo theo cơ quan'.normalize('NFD'),
  notes: ['Tính đến ngày 30/06/2020'],
  columns: [
    { heading: ['Cơ quan', 'Agency'], kind: 'text' },
    { heading: ['Hạn', 'Due'], kind: 'date', width: 12 },
    { heading: ['Số phải báo cáo', 'Expected'], kind: 'integer' },
    { heading: ['Tỷ lệ', 'Rate'], kind: 'percent' },
  ],
  rows: [
    ['=HYPERLINK("http://x.example")', Temporal.PlainDate.from('2020-06-17'), 3, 66.7],
    ['Sở Công\u0000 Thương', null, 0, 33.3],
    ['Sở Tài chính', null, 0, null],
  ],
  total: ['Tổng cộng', null, 3, 66.7],
};

async function opened(...sheets: readonly Sheet[]): Promise<exceljs.Workbook> {
  const book = new exceljs.Workbook();
  await book.xlsx.load((await workbook(sheets, AT)) as never);
  return book;
}

describe('a workbook', () => {
  let page: exceljs.Worksheet;
  beforeAll(async () => {
    page = (await opened(SHEET)).worksheets[0]!;
  });
  const value = (address: string) => page.getCell(address).value;

  it('has its title, its notes and two rows of headings, in composed Vietnamese', () => {
    expect(['A1', 'A2', 'A3', 'A4'].map(value)).toEqual(['Tỷ lệ báo cáo theo cơ quan', 'Tính đến ngày 30/06/2020', 'Cơ quan', 'Agency']);
    expect(page.name).toBe('100-KH-UBND- theo cơ quan');
  });

  it('keeps numbers as numbers, per cents as fractions and days as days', () => {
    expect([value('C5'), value('D5'), value('D6')]).toEqual([3, 0.667, 0.333]);
    expect(value('B5')).toEqual(new Date('2020-06-17T00:00:00Z'));
    expect(['B5', 'C5', 'D5'].map((address) => page.getCell(address).numFmt)).toEqual(['dd/mm/yyyy', '#,##0', '0.0%']);
  });

  it('leaves empty what is not known', () => {
    expect([value('B7'), value('D7')]).toEqual([null, null]);
  });

  it('has text that stays text: no formula, and no sign that XML cannot carry', () => {
    expect(page.getCell('A5').type).toBe(exceljs.ValueType.String);
    expect([value('A5'), value('A6')]).toEqual(['=HYPERLINK("http://x.example")', 'Sở Công Thương']);
  });

  it('keeps the header in view, prints it on each page and filters below it', () => {
    expect(page.views[0]).toMatchObject({ state: 'frozen', xSplit: 1, ySplit: 4 });
    expect(page.pageSetup).toMatchObject({ printTitlesRow: '3:4', orientation: 'landscape', paperSize: 9, fitToWidth: 1, fitToHeight: 0 });
    expect(page.autoFilter).toBe('A4:D7');
  });

  it('sets the total apart, and is as wide as what stands in it', () => {
    expect([value('A8'), page.getCell('A8').font.bold, page.getCell('A6').font.bold]).toEqual(['Tổng cộng', true, undefined]);
    expect(page.getColumn(2).width).toBe(12);
    expect(page.getColumn(1).width).toBeGreaterThan(page.getColumn(3).width!);
  });

  it('has several sheets, and says of itself when it was asked for', async () => {
    const book = await opened(SHEET, { ...SHEET, name: 'Kỳ'.repeat(40), rows: [], total: undefined } as never);
    expect(book.worksheets.map(({ name }) => name.length)).toEqual([25, 31]);
    expect(book.created).toEqual(new Date('2020-06-30T03:00:00Z'));
  });
});
