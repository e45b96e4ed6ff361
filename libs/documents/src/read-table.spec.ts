import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deflateRawSync } from 'node:zlib';
import exceljs from 'exceljs';
import { Temporal } from 'temporal-polyfill';
import { csv } from './csv.js';
import { addressOf, readTable, type TableLimits } from './read-table.js';
import { workbook } from './workbook.js';
import { zipEntries } from './zip.js';

const LIMITS: TableLimits = { bytes: 2_000_000, unpackedBytes: 20_000_000, rows: 20, columns: 50 };
const COLUMNS = { name: ['Họ và tên', 'Họ tên', 'Full name'], unit: ['Đơn vị', 'Unit'], needs: ['Nhu cầu', 'Needs'] };
const read = (bytes: Buffer | string, kind: 'xlsx' | 'csv' = 'csv', limits = LIMITS) =>
  readTable(Buffer.from(bytes), kind, COLUMNS, limits);
const values = async (rows: ReturnType<typeof read>) =>
  (await rows).map(({ number, cells: { name, unit, needs } }) => [
    number,
    ...[name, unit, needs].map(({ address, text }) => `${address} ${text}`),
  ]);

async function xlsx(rows: readonly (readonly unknown[])[]): Promise<Buffer> {
  const book = new exceljs.Workbook();
  book.addWorksheet('Danh sách').addRows(rows as never);
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** The archive with one entry's content put in the place of its own; `claimed` is the unpacked size that it tells. */
function withEntry(zip: Buffer, name: string, content: Buffer, claimed = content.length): Buffer {
  const entry = zipEntries(zip).find((one) => one.name === name)!;
  const packed = deflateRawSync(content);
  const [centre, end] = [zip.readUInt32LE(zip.length - 6), zip.length - 22];
  const local = Buffer.from(zip.subarray(entry.localAt, entry.localAt + 30 + zip.readUInt16LE(entry.localAt + 26)));
  local.writeUInt16LE(0, 28);
  for (const [at, value] of [
    [18, packed.length],
    [22, claimed],
  ] as const)
    local.writeUInt32LE(value, at);
  local.writeUInt16LE(local.readUInt16LE(6) & ~8, 6);
  local.writeUInt16LE(8, 8);
  const head = Buffer.concat([zip.subarray(0, centre), local, packed]);
  const tail = Buffer.from(zip.subarray(centre));
  const at = entry.centralAt - centre;
  for (const [to, value] of [
    [20, packed.length],
    [24, claimed],
    [42, centre],
  ] as const)
    tail.writeUInt32LE(value, at + to);
  tail.writeUInt16LE(8, at + 10);
  tail.writeUInt32LE(head.length, end - centre + 16);
  return Buffer.concat([head, tail]);
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

const SHEET = 'xl/worksheets/sheet1.xml';
const sheetOf = (cells: string) => Buffer.from(`<worksheet xmlns:r="http://x.example"><sheetData>${cells}</sheetData></worksheet>`);

describe('a table from a spreadsheet', () => {
  it('tells of each value in which cell it stands, below a title and whatever the order of the columns', async () => {
    const file = await xlsx([
      ['DANH SÁCH CỬ HỌC VIÊN'],
      [],
      ['TT', 'ĐƠN VỊ', 'Nhu cau', 'Họ và tên (*)'],
      [1, 'UBND xã A', null, '  Nguyễn   Văn Mẫu '.normalize('NFD')],
      [],
      [2, 25, new Date('2020-06-16T00:00:00Z'), 'Trần Thị Thử'],
    ]);
    expect(await values(read(file, 'xlsx'))).toEqual([
      [4, 'D4 Nguyễn Văn Mẫu', 'B4 UBND xã A', 'C4 '],
      [6, 'D6 Trần Thị Thử', 'B6 25', 'C6 2020-06-16'],
    ]);
  });

  it('reads what this library wrote', async () => {
    const columns = Object.values(COLUMNS).map(([heading]) => ({ heading: [heading!], kind: 'text' as const }));
    const file = await workbook(
      [{ name: 'A', title: 'Mẫu', columns, rows: [['An', 'Xã B', '=1+1']] }],
      Temporal.Instant.from('2020-06-01T00:00:00Z'),
    );
    expect(await values(read(file, 'xlsx'))).toEqual([[3, 'A3 An', 'B3 Xã B', 'C3 =1+1']]);
  });

  it.each([
    ['bytes that are no archive', Buffer.from('Họ và tên'), 'not-readable'],
    ['an archive that is no workbook', null, 'not-readable'],
  ])('refuses %s', async (_, file, code) => {
    const emptied = file ?? withEntry(await xlsx([['a']]), 'xl/workbook.xml', Buffer.from('<a>'));
    await expect(read(emptied, 'xlsx')).rejects.toMatchObject({ code });
  });

  it('refuses a bomb, whether it tells its size or lies, and without unpacking it', async () => {
    const file = await xlsx([['a']]);
    const bombs = [200_000_000, 1000].map((claimed) => withEntry(file, SHEET, Buffer.alloc(200_000_000, 32), claimed));
    collectGarbage();
    const before = process.memoryUsage().external;
    for (const bomb of bombs) {
      await expect(read(bomb, 'xlsx')).rejects.toMatchObject({ code: 'unpacks-too-large', details: { atMost: 20_000_000 } });
    }
    expect(process.memoryUsage().external - before).toBeLessThan(60_000_000);
  });

  it.each([
    ['a cell far below', '<row r="1"><c r="B1048576"><v>1</v></c></row>', 'too-many-rows', 'B1048576'],
    ['a row far below', '<row r="1048576"/>', 'too-many-rows', 'A1048576'],
    ['a cell far to the right', '<row r="1"><c s=">" x:r="XFD1"><v>1</v></c></row>', 'too-many-columns', 'XFD1'],
    ['an address spelled so that it looks like none', '<row r="1"><c r="A&#49;048576"><v>1</v></c></row>', 'not-readable', null],
    ['rows without numbers', '<row/>'.repeat(100), 'too-many-rows', null],
  ])('refuses %s', async (_, cells, code, address) => {
    const file = withEntry(await xlsx([['a']]), SHEET, sheetOf(cells));
    await expect(read(file, 'xlsx')).rejects.toMatchObject({ code, address });
  });

  it('is itself read from such a remade archive: the refusals above are not for its making', async () => {
    const text = (address: string, value: string) => `<c r="${address}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const rows = `<row r="2">${text('A2', 'Full name')}${text('B2', 'Unit')}${text('C2', 'Needs')}</row><row r="5">${text('A5', 'An')}</row>`;
    expect(await values(read(withEntry(await xlsx([['a']]), SHEET, sheetOf(rows)), 'xlsx'))).toEqual([[5, 'A5 An', 'B5 ', 'C5 ']]);
  });

  it('takes 10,000 rows within 150 MB', async () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => [
      `Nguyễn Văn Mẫu ${index}`,
      `Ủy ban nhân dân xã số ${index % 500}`,
      `Giới thiệu sản phẩm ${index}`,
    ]);
    const file = await xlsx([['Họ tên', 'Đơn vị', 'Nhu cầu'], ...rows]);
    rows.length = 0;
    collectGarbage();
    const before = process.memoryUsage();
    let most = before.heapUsed;
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage().heapUsed);
    }, 1);
    const table = await read(file, 'xlsx', { ...LIMITS, rows: 10_000 }).finally(() => {
      clearInterval(timer);
    });
    const heap = Math.round((Math.max(most, process.memoryUsage().heapUsed) - before.heapUsed) / 1e6);
    process.stdout.write(`10,000 rows: file ${Math.round(file.length / 1e3)} kB, heap +${heap} MB\n`);
    expect(table.at(-1)).toMatchObject({ number: 10_001, cells: { needs: { address: 'C10001', text: 'Giới thiệu sản phẩm 9999' } } });
    expect(heap).toBeLessThan(150);
    await expect(read(file, 'xlsx', { ...LIMITS, rows: 9_999 })).rejects.toMatchObject({ code: 'too-many-rows', address: 'A10001' });
  });
});

describe('a table from CSV', () => {
  it.each([
    ['commas and a byte order mark', '\uFEFFHọ và tên,Đơn vị,Nhu cầu\r\n"Mẫu, An",Xã "B",\r\n'],
    ['semicolons, as Excel writes here', 'Họ và tên;Đơn vị;Nhu cầu\r\nMẫu, An;Xã "B";\r\n'],
    ['tabulators and the line ends of old systems', 'Họ và tên\tĐơn vị\tNhu cầu\rMẫu, An\tXã "B"\t'],
    ['quotes in quotes, and what follows them', 'Họ và tên,"Đơn vị" ,Nhu cầu\n"Mẫu, An","Xã ""B"""\n'],
  ])('reads %s', async (_, file) => {
    expect(await values(read(file))).toEqual([[2, 'A2 Mẫu, An', 'B2 Xã "B"', 'C2 ']]);
  });

  it('is told by its header what divides the cells, below a title full of commas', async () => {
    expect(await values(read('Lớp 1, 2, 3, 4, 5, 6\n\nNeeds;Unit;Full name\n"a\nb";x,y;An\n'))).toEqual([[4, 'C4 An', 'B4 x,y', 'A4 a b']]);
  });

  it('reads what this library wrote, whatever stands in the cells', async () => {
    const row = ['Mẫu; "An"\r\n', ' Xã, B ', 'ệ'.normalize('NFD')];
    expect(await values(read(csv([['Full name', 'Unit', 'Needs'], row])))).toEqual([[2, 'A2 Mẫu; "An"', 'B2 Xã, B', 'C2 ệ']]);
  });

  it.each([
    ['no-header', 'Họ và tên,Đơn vị\nAn,Xã B\n', null, { missing: ['Nhu cầu'] }],
    ['no-header', '', null, { missing: ['Họ và tên', 'Đơn vị', 'Nhu cầu'] }],
    ['column-twice', 'Họ và tên,Unit,Needs,Full name\n', 'D1', { column: 'Họ và tên' }],
    ['open-quote', 'Full name,Unit,Needs\nAn,x,y\n"Bình,x,y\n', 'A3', {}],
    ['too-many-rows', `Full name,Unit,Needs\n${'An,x,y\n'.repeat(21)}`, 'A22', { atMost: 20 }],
    ['too-many-columns', `Full name,Unit,Needs\n${','.repeat(50)}\n`, 'A2', { atMost: 50 }],
  ])('refuses with %s', async (code, file, address, details) => {
    await expect(read(file)).rejects.toMatchObject({ code, address, details });
  });

  it('refuses bytes that are not UTF-8, and more bytes than allowed', async () => {
    await expect(read(Buffer.from([0x48, 0xe9, 0x0a]))).rejects.toMatchObject({ code: 'not-utf-8' });
    await expect(read('Full name', 'csv', { ...LIMITS, bytes: 8 })).rejects.toMatchObject({
      code: 'too-large',
      details: { bytes: 9, atMost: 8 },
    });
  });
});

it.each([
  [0, 0, 'A1'],
  [6, 1, 'B7'],
  [0, 25, 'Z1'],
  [0, 26, 'AA1'],
  [0, 701, 'ZZ1'],
  [9, 702, 'AAA10'],
])('row %i and column %i are %s', (row, column, address) => {
  expect(addressOf(row, column)).toBe(address);
});
