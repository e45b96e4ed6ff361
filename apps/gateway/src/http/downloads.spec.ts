import { attachment } from './downloads.js';

/** As a browser reads it: RFC 8187 before the plain name. */
const nameIn = (disposition: string) => decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(disposition)?.[1] ?? '');

describe('the name of a file to save', () => {
  it.each(['Phụ lục số liệu tháng 6 – Đông Anh.xlsx', "a'b(c)*d.pdf", '100%.pdf', 'a"b.pdf', 'x; filename=evil.exe', '日本.png'])(
    'is the one that was given: %s',
    (name) => {
      const disposition = attachment(name);
      expect(nameIn(disposition)).toBe(name);
      expect(disposition).toMatch(/^attachment; filename="[A-Za-z0-9.-]+"; filename\*=UTF-8''[!#$&+\-.^_`|~0-9A-Za-z%]+$/);
    },
  );

  it('stands in Vietnamese and, for whoever cannot read that, in plain letters', () => {
    expect(attachment('tỉ lệ báo cáo Đợt 1.xlsx')).toBe(
      `attachment; filename="ti-le-bao-cao-Dot-1.xlsx"; filename*=UTF-8''t%E1%BB%89%20l%E1%BB%87%20b%C3%A1o%20c%C3%A1o%20%C4%90%E1%BB%A3t%201.xlsx`,
    );
  });

  it('is the same however it was typed', () => {
    expect(attachment('tỉ lệ.csv'.normalize('NFD'))).toBe(attachment('tỉ lệ.csv'.normalize('NFC')));
  });

  it('cannot end the header, leave the folder or break the encoding', () => {
    const header = attachment('../a"b\r\nSet-Cookie: x=1;(100/KH)\'*.csv');
    expect(header).toMatch(/^attachment; filename="[A-Za-z0-9.-]+"; filename\*=UTF-8''[A-Za-z0-9%._~!-]+$/);
    expect(header).toContain('filename="a-b-Set-Cookie-x-1-100-KH.csv"');
  });
});
