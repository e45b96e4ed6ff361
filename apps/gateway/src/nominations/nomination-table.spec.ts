import { nominationSheet } from '#contracts';
import { emptyForm, sheetIn } from './nomination-table.js';

const HEAD = 'Lớp;Họ và tên;Đơn vị;Chức vụ;Lãnh đạo;Nhu cầu;Email;Điện thoại';
const csv = (...rows: string[]) => Buffer.from(`${[HEAD, ...rows].join('\r\n')}\r\n`);
const sheet = async (file: unknown, type = 'text/csv; charset=utf-8', forOneClass = false) => {
  const made = await sheetIn(file, type, forOneClass);
  return { ...made, sheet: nominationSheet.parse(JSON.parse(made.sheet)) };
};

describe('a list of nominations', () => {
  it('is carried with its rows and the letters of its columns, so that faults have an address', async () => {
    const { sheet: carried, digest } = await sheet(csv('LOP-A-01;Trần Thị Mẫu;HTX Mẫu;;x;;mau@htx.example;', '', ';Lê Văn Thử;;;;;;0900'));
    expect(carried.letters).toEqual({
      class: 'A',
      fullName: 'B',
      unit: 'C',
      position: 'D',
      leader: 'E',
      needs: 'F',
      email: 'G',
      phone: 'H',
    });
    expect(carried.rows).toEqual([
      [2, ['LOP-A-01', 'Trần Thị Mẫu', 'HTX Mẫu', '', 'x', '', 'mau@htx.example', '']],
      [4, ['', 'Lê Văn Thử', '', '', '', '', '', '0900']],
    ]);
    expect(digest).toMatch(/^[\w-]{43}$/);
    expect((await sheet(csv('LOP-A-01;Trần Thị Mẫu;;;;;;'))).digest).not.toBe(digest);
  });

  it('for one class needs no column that says it', async () => {
    const file = Buffer.from('Họ và tên,Đơn vị,Chức vụ,Lãnh đạo,Nhu cầu,Email,Điện thoại\nTrần Thị Mẫu,HTX,,,,,\n');
    expect((await sheet(file, 'text/csv', true)).sheet).toMatchObject({
      letters: { class: null, fullName: 'A' },
      rows: [[2, ['', 'Trần Thị Mẫu', 'HTX', '', '', '', '', '']]],
    });
    await expect(sheet(file)).rejects.toMatchObject({ fault: { code: 'sheet-no-header', errors: [{ missing: ['Lớp'] }] } });
  });

  it('is asked for by a form that it reads again', async () => {
    const form = await emptyForm();
    expect((await sheet(form, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')).sheet.rows).toEqual([]);
    expect(form.equals(await emptyForm())).toBe(true);
  });

  it.each([
    ['sheet-not-readable', Buffer.from('PK no archive'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', undefined],
    ['sheet-no-header', undefined, 'text/csv', undefined],
    ['sheet-not-utf-8', Buffer.from([0x48, 0xe9, 0x0a]), 'text/csv', undefined],
    ['sheet-open-quote', csv('"LOP-A-01;Trần'), 'text/csv', 'A2'],
  ])('is refused with %s', async (code, file, type, address) => {
    const refused = sheet(file, type);
    await expect(refused).rejects.toMatchObject({ fault: { status: 422, code, ...(address ? { errors: [{ address }] } : {}) } });
  });
});
