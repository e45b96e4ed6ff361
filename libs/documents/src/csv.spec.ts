import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { csv } from './csv.js';

/** RFC 4180 read by the letter: what another program makes of the file. */
function read(file: Buffer): string[][] {
  const text = file.toString('utf8').replace(/^\uFEFF/, '');
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        at += 1;
        while (text[at] !== '"' || text[at + 1] === '"') {
          if (at >= text.length) throw new Error('a quoted cell without an end');
          cell += text.charAt(at);
          at += text[at] === '"' ? 2 : 1;
        }
        at += 1;
      } else {
        while (at < text.length && text[at] !== ',' && !text.startsWith('\r\n', at)) cell += text.charAt(at++);
      }
      row.push(cell);
      if (text[at] !== ',') break;
      at += 1;
    }
    if (!text.startsWith('\r\n', at)) throw new Error(`no line end at ${at}`);
    at += 2;
    rows.push(row);
  }
  return rows;
}

describe('a CSV file', () => {
  it('is UTF-8 with a byte order mark, has CRLF line ends and says days in ISO 8601', () => {
    const file = csv([
      ['Cơ quan', 'Hạn'],
      ['UBND quận Tây Hồ', Temporal.PlainDate.from('2020-06-17')],
    ]);
    expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(file.toString('utf8').slice(1)).toBe('Cơ quan,Hạn\r\nUBND quận Tây Hồ,2020-06-17\r\n');
  });

  it('quotes what would end a cell, and only that', () => {
    expect(csv([['a,b', 'nói "vâng"', 'hai\r\ndòng', ' lề', 'thường', null, 66.7, -5]]).toString('utf8')).toBe(
      '\uFEFF"a,b","nói ""vâng""","hai\r\ndòng"," lề",thường,,66.7,-5\r\n',
    );
  });

  it('writes Vietnamese composed, however it was typed', () => {
    expect(read(csv([['Sở Công Thương'.normalize('NFD')]]))).toEqual([['Sở Công Thương'.normalize('NFC')]]);
  });

  it.each([
    ['=HYPERLINK("http://x.example")', `'=HYPERLINK("http://x.example")`],
    ['+84 24 0000 1000', `'+84 24 0000 1000`],
    ['-cmd|calc', `'-cmd|calc`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\t=1', `'\t=1`],
    ['\r=1', `'\r=1`],
    ['＝1+1', `'＝1+1`],
    ['-5', '-5'],
    ['+3,25', '+3,25'],
    ['100/KH-UBND', '100/KH-UBND'],
    ['2020-06', '2020-06'],
  ])('lets no spreadsheet run %j', (typed, written) => {
    expect(read(csv([[typed]]))).toEqual([[written]]);
  });

  it('is read back as it was written, whatever stands in the cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ệ', '"', ',', '\r', '\n', ' ', "'", '1'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows) => {
        // A first sign that a spreadsheet would run is another test's.
        const tame = rows.map((row) => row.map((one) => one.replace(/^[\r\n]+/, '')));
        expect(read(csv(tame))).toEqual(tame);
      }),
    );
  });
});
