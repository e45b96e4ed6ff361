import { readSheet } from 'read-excel-file/universal';
import { Temporal } from 'temporal-polyfill';
import { openedPdf, type OpenedPdf } from './opened-pdf.int-fixture.js';
import { type RosterFacts, type RosterSession } from './roster.js';
import { rosterPdf } from './roster-pdf.js';
import { rosterWorkbook } from './roster-workbook.js';

const VOWELS = 'a ă â e ê i o ô ơ u ư y'.split(' ');
const TONES = ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
/** Every Vietnamese letter with every tone, small and capital. */
const LETTERS = ['đ', ...VOWELS.flatMap((vowel) => TONES.map((tone) => vowel + tone))].flatMap((letter) => [letter, letter.toUpperCase()]);

function session(ordinal: number, date: string, part: RosterSession['part'], topic: string): RosterSession {
  const [startsAt, endsAt] = part === 'morning' ? ['08:00', '11:30'] : ['13:30', '17:00'];
  return { ordinal, date: Temporal.PlainDate.from(date), part, startsAt, endsAt, topic, trainer: 'PGS.TS Trần Văn Mẫu' };
}

const SESSIONS = [
  session(2, '2020-06-16', 'afternoon', 'Kỹ năng đón tiếp khách tại làng nghề'),
  session(1, '2020-06-16', 'morning', 'Tổng quan du lịch nông thôn'),
  session(3, '2020-06-17', 'morning', 'Xây dựng sản phẩm và câu chuyện sản phẩm'),
  session(4, '2020-06-17', 'afternoon', 'Thực hành tại điểm du lịch'),
];
/** 70 people, typed decomposed as some keyboards do; together they have every letter. */
const TRAINEES = Array.from({ length: 70 }, (_, index) => ({
  name: `Nguyễn ${[0, 1, 2].map((at) => LETTERS[(index * 3 + at) % LETTERS.length]).join('')} ${['Yến', 'An', 'Đào', 'Ánh', 'Bình', 'Dung', 'Ẩn'][index % 7] ?? ''}`.normalize(
    'NFD',
  ),
  unit: index % 5 === 0 ? 'Hội Liên hiệp Phụ nữ xã Hương Sơn, huyện Mỹ Đức, thành phố Hà Nội' : `UBND xã số ${index + 1}`,
  position: index % 2 === 0 ? 'Chủ hộ làm nghề' : 'Cán bộ văn hóa xã hội',
  needs:
    index === 3
      ? '=HYPERLINK("http://x.example";"bấm vào đây")'
      : `Đầu: ${'giới thiệu sản phẩm, đón khách, '.repeat(1 + (index % 3))}bán hàng qua mạng: cuối`,
}));
const FACTS: RosterFacts = {
  issuer: { above: 'UBND thành phố Hà Nội', name: 'Sở Nông nghiệp và Phát triển nông thôn' },
  planDocument: 'Kế hoạch số 100/KH-UBND ngày 04/5/2020',
  course: 'Phát triển du lịch nông thôn gắn với làng nghề',
  classCode: 'DL-03',
  classTitle: 'Tập huấn kỹ năng du lịch cộng đồng',
  venue: { name: 'Nhà văn hóa xã Vạn Phúc', address: 'phường Vạn Phúc, quận Hà Đông' },
  sessions: SESSIONS,
  trainees: TRAINEES,
  version: 2,
  lockedAt: Temporal.Instant.from('2020-06-09T01:00:00Z'),
  madeAt: Temporal.Instant.from('2020-06-12T02:00:00Z'),
};
const SESSION_LINES = [
  'Buổi 1: sáng thứ Ba, 16/06/2020, 08:00–11:30. Tổng quan du lịch nông thôn. Giảng viên: PGS.TS Trần Văn Mẫu',
  'Buổi 2: chiều thứ Ba, 16/06/2020, 13:30–17:00. Kỹ năng đón tiếp khách tại làng nghề. Giảng viên: PGS.TS Trần Văn Mẫu',
];
const occurrences = (text: string, part: string) => text.split(part).length - 1;

describe('a roster as a workbook', () => {
  let rows: readonly (readonly unknown[])[];
  beforeAll(async () => {
    const file = await rosterWorkbook(FACTS);
    rows = await readSheet(new Uint8Array(file).buffer);
  });

  it('says which class it is of, where and when, and of what version', () => {
    expect(rows.slice(0, 7).map(([cell]) => cell)).toEqual([
      'DANH SÁCH HỌC VIÊN',
      'Lớp DL-03: Tập huấn kỹ năng du lịch cộng đồng',
      'Khóa: Phát triển du lịch nông thôn gắn với làng nghề. Thực hiện Kế hoạch số 100/KH-UBND ngày 04/5/2020',
      'Địa điểm: Nhà văn hóa xã Vạn Phúc, phường Vạn Phúc, quận Hà Đông',
      'Phiên bản 2, chốt lúc 08:00 ngày 09/06/2020. Số học viên: 70',
      ...SESSION_LINES,
    ]);
  });

  it('has the columns of a roster and a box for each session, and nothing more about a person', () => {
    expect(rows[9]).toEqual(['TT', 'Họ và tên', 'Đơn vị', 'Chức vụ', 'Nhu cầu', 'Buổi 1', 'Buổi 2', 'Buổi 3', 'Buổi 4']);
    expect(rows[10]).toEqual([null, null, null, null, null, 'Sáng 16/06', 'Chiều 16/06', 'Sáng 17/06', 'Chiều 17/06']);
  });

  it('has everybody once, composed, numbered, sorted by given name', () => {
    const people = rows.slice(11);
    expect(people.map(([number]) => number)).toEqual(Array.from({ length: 70 }, (_, index) => index + 1));
    const names = people.map(([, name]) => String(name));
    expect(new Set(names)).toEqual(new Set(TRAINEES.map(({ name }) => name.normalize('NFC'))));
    expect([...new Set(names.map((name) => name.split(' ').at(-1)))]).toEqual(['An', 'Ánh', 'Ẩn', 'Bình', 'Dung', 'Đào', 'Yến']);
  });

  it('keeps as text what looks like a formula', () => {
    expect(rows.flat()).toContain('=HYPERLINK("http://x.example";"bấm vào đây")');
  });
});

describe('a roster as PDF', () => {
  let opened: OpenedPdf;
  let text: string;
  beforeAll(async () => {
    opened = await openedPdf(await rosterPdf(FACTS));
    text = opened.pages.join(' ');
  });

  it('[SEED-09] has the head of an administrative document with national title and motto, on A4 landscape', () => {
    for (const line of ['UBND THÀNH PHỐ HÀ NỘI', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', ...SESSION_LINES]) {
      expect(opened.pages[0]).toContain(line);
    }
    expect(opened.landscape).toBe(true);
    expect(opened.info).toMatchObject({
      Title: 'DANH SÁCH HỌC VIÊN – Lớp DL-03: Tập huấn kỹ năng du lịch cộng đồng',
      CreationDate: 'D:20200612020000Z',
    });
  });

  it('repeats the header of the table on every page, and numbers the pages from the second one on', () => {
    expect(opened.pages.length).toBeGreaterThan(3);
    expect(opened.pages.map((page) => occurrences(page, 'Họ và tên Đơn vị Chức vụ'))).toEqual(opened.pages.map(() => 1));
    // The head of a page comes after its body in the file.
    expect(opened.pages.map((page) => /(\d+) Lớp DL-03[^:]*:[^:]*$/.exec(page)?.[1])).toEqual([
      undefined,
      ...opened.pages.slice(1).map((_, index) => String(index + 2)),
    ]);
    expect(opened.pages.every((page) => page.includes(`gồm ${opened.pages.length} trang`))).toBe(true);
  });

  it('can be searched for every letter that Vietnamese has', () => {
    const missing = LETTERS.map((letter) => letter.normalize('NFC')).filter((letter) => !text.includes(letter));
    expect(missing).toEqual([]);
    expect(text.normalize('NFC')).toBe(text);
    expect(TRAINEES.filter(({ name }) => !text.includes(name.normalize('NFC')))).toEqual([]);
  });

  it('keeps a person on one page', () => {
    const begun = opened.pages.map((page) => occurrences(page, 'Đầu: '));
    expect(begun.reduce((sum, count) => sum + count)).toBe(69);
    expect(opened.pages.map((page) => occurrences(page, 'mạng: cuối'))).toEqual(begun);
  });

  it('is signed by the trainer', () => {
    expect(opened.pages.at(-1)).toContain('GIẢNG VIÊN (Ký, ghi rõ họ tên)');
  });

  it('gives the ninth session and those after it a table of their own', async () => {
    const many = Array.from({ length: 10 }, (_, index) => session(index + 1, `2020-06-${16 + index}`, 'morning', 'Thực hành'));
    const { pages } = await openedPdf(await rosterPdf({ ...FACTS, sessions: many, trainees: TRAINEES.slice(0, 3) }));
    expect([pages[0]!.includes('Sáng 23/06'), pages[0]!.includes('Sáng 24/06')]).toEqual([true, false]);
    expect([pages.at(-1)!.includes('Sáng 23/06'), pages.at(-1)!.includes('Sáng 24/06')]).toEqual([false, true]);
  });
});

describe('a roster', () => {
  const { jest: timers } = import.meta as unknown as { readonly jest: typeof jest };
  const small = { ...FACTS, trainees: TRAINEES.slice(0, 5) };

  it.each([
    ['workbook', rosterWorkbook],
    ['PDF', rosterPdf],
  ])('is the same bytes for the same facts, whatever their order and the hour of the day (%s)', async (_, make) => {
    const once = await make(small);
    timers.useFakeTimers({ now: Date.UTC(2030, 0, 2), doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'] });
    const again = await make({ ...small, trainees: [...small.trainees].reverse(), sessions: [...SESSIONS].reverse() }).finally(() =>
      timers.useRealTimers(),
    );
    expect(again.equals(once)).toBe(true);
    expect((await make({ ...small, version: 3 })).equals(once)).toBe(false);
  });
});
