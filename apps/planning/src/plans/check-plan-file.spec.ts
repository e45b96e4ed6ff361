import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadWorkingCalendar } from '#calendar';
import { parsePlanFile } from './parse-plan-file.js';

const PLANS = join(import.meta.dirname, '../../../../plans');
const TEXT = readFileSync(join(PLANS, '100-kh-ubnd-2020.yaml'), 'utf8');
const calendar = loadWorkingCalendar(join(PLANS, 'calendar'));

/** What the parser says of the plan with passages replaced, `path: message`; each passage must be there, or the test proves nothing. */
function saidOf(...passages: readonly (readonly [from: string | RegExp, to: string])[]): string[] {
  const text = passages.reduce((plan, [from, to]) => {
    const changed = plan.replace(from, () => to);
    expect(changed).not.toBe(plan);
    return changed;
  }, TEXT);
  const parsed = parsePlanFile(text, new Set(['default']), calendar);
  return parsed.ok ? [] : parsed.errors.map(({ path, message }) => `${path}: ${message}`);
}

describe('a code that nobody has', () => {
  it.each([
    ['an issuer', 'issuer: UBNDTP\n', 'issuer: UBNDTPP\n', 'document.issuer: unknown agency "UBNDTPP": did you mean UBNDTP?'],
    ['a city office', 'cityOffice: VPUBND', 'cityOffice: VPUBNN', 'document.cityOffice: unknown agency "VPUBNN": did you mean VPUBND?'],
    ['an agency above', 'reportsTo: SCT\n', 'reportsTo: STCT\n', 'agencies.6.reportsTo: unknown agency "STCT": did you mean SCT?'],
    ['a successor', 'successor: SNNMT', 'successor: SNMT', 'agencies.2.successor: unknown agency "SNMT": did you mean SNNMT?'],
    [
      'a coordinator',
      '[VPDP-TW, UBND-TAYHO, SCT]',
      '[VPDP-TW, UBND-TAYHOO]',
      'tasks.0.coordinators.1: unknown agency "UBND-TAYHOO": did you mean UBND-TAYHO?',
    ],
    ['a receiver', 'receiver: VPDP-TW', 'receiver: VPDPTW', 'reports.2.receiver: unknown agency "VPDPTW": did you mean VPDP-TW?'],
    [
      'a reporter',
      'reporters: [SCT, STC, VPDP-HN, TTKC',
      'reporters: [SCT, XXXX',
      'reports.0.reporters.1: unknown agency "XXXX"; add it under agencies',
    ],
  ])('is told with the nearest that somebody has: %s', (_, from, to, said) => {
    expect(saidOf([from, to])).toContain(said);
  });

  it('is not looked for further than two letters away', () => {
    expect(saidOf(['    lead: SCT\n', '    lead: SCTABC\n'])).toEqual(['tasks.1.lead: unknown agency "SCTABC"; add it under agencies']);
  });
});

describe('what stands twice', () => {
  it.each([
    ['a coordinator', '[VPDP-TW, UBND-TAYHO, SCT]', '[SCT, UBND-TAYHO, SCT]', 'tasks.0.coordinators.2: named twice'],
    ['a reporter', 'reporters: [SCT, STC, VPDP-HN, TTKC', 'reporters: [SCT, STC, SCT, TTKC', 'reports.0.reporters.2: named twice'],
    ['a budget source', 'code: NS-SCT-2020', 'code: NS-SNN-2020', 'budgetSources.1.code: "NS-SNN-2020" is used twice in budgetSources'],
    ['a task', 'code: II.2.b', 'code: II.2.a', 'tasks.3.code: "II.2.a" is used twice in tasks'],
    ['a report', 'code: R1-UBNDTP', 'code: BC-THANG', 'reports.1.code: "BC-THANG" is used twice in reports'],
  ])('is told where it stands again: %s', (_, from, to, said) => {
    expect(saidOf([from, to])).toContain(said);
  });
});

describe('a deadline', () => {
  it('one working day after the figures close is kept, on the day itself it is not', () => {
    // The figures of June close on Sunday the 14th; those of September on Monday the 14th.
    expect(saidOf(['dayOfLastMonth: 17', 'dayOfLastMonth: 15'])).toEqual([]);
    expect(saidOf(['dayOfLastMonth: 17', 'dayOfLastMonth: 14'])).toEqual([
      expect.stringMatching(/^reports\.0\.due\.dayOfLastMonth: for 2020-07 the deadline 2020-07-14 leaves no working day/),
    ]);
  });

  it('before its data window has closed is told', () => {
    expect(saidOf(['dayOfLastMonth: 17', 'dayOfLastMonth: 9'])).toEqual([
      expect.stringMatching(
        /^reports\.0\.due\.dayOfLastMonth: for 2020-06 the deadline 2020-06-09 leaves no working day after .* 2020-06-14/,
      ),
    ]);
  });

  it('says the word that it is meant by: "before the 15th" is the 14th', () => {
    expect(saidOf(['due: { word: NO_LATER_THAN, dayOfLastMonth: 17', 'due: { word: BEFORE, dayOfLastMonth: 15'])).toHaveLength(1);
  });

  it('of a consolidation is compared with its inputs of the same or a shorter period only', () => {
    // The yearly report is due on the 17th, a monthly consolidation on the 22nd: a month does not wait for a year.
    expect(saidOf(['word: BEFORE, dayOfLastMonth: 18', 'word: BEFORE, dayOfLastMonth: 29'])).toEqual([]);
    // A quarter does wait for its last month.
    expect(saidOf([/(?<=code: R2-TRUNGUONG[^]*)dayOfLastMonth: 22/, 'dayOfLastMonth: 17'])).toEqual([
      expect.stringMatching(/^reports\.2\.due: is due no later than "BC-THANG" of 2020-09/),
    ]);
  });
});

describe('what is consolidated', () => {
  const r1 = /(?<=code: R1-UBNDTP[^]*?)consolidates: \[BC-THANG\]/;

  it.each([
    ['nobody knows', '[BC-THAN]', 'reports.1.consolidates.0: unknown report "BC-THAN"; known: BC-THANG, R2-TRUNGUONG, BC-NAM'],
    ['is named twice', '[BC-THANG, BC-THANG]', 'reports.1.consolidates.1: named twice'],
    [
      'somebody else receives',
      '[BC-THANG, R2-TRUNGUONG]',
      'reports.1.consolidates.1: "R2-TRUNGUONG" goes to VPDP-TW, which does not owe "R1-UBNDTP": nobody could put it together',
    ],
    [
      'covers more than the report above',
      '[BC-NAM]',
      'reports.1.consolidates.0: no period of "BC-NAM" lies within one of "R1-UBNDTP": it would never be put together',
    ],
    ['is the report itself', '[R1-UBNDTP]', 'reports.1.consolidates: "R1-UBNDTP" would consolidate itself, over the reports named here'],
  ])('is refused when it %s', (_, codes, fault) => {
    expect(saidOf([r1, `consolidates: ${codes}`])).toContain(fault);
  });

  it('does not go round in a circle, and each report of the circle is told', () => {
    const circle = saidOf(
      [r1, 'consolidates: [BC-THANG, R2-TRUNGUONG]'],
      [/(?<=code: R2-TRUNGUONG[^]*?)consolidates: \[BC-THANG\]/, 'consolidates: [R1-UBNDTP]'],
    );
    expect(circle).toContain('reports.1.consolidates: "R1-UBNDTP" would consolidate itself, over the reports named here');
    expect(circle).toContain('reports.2.consolidates: "R2-TRUNGUONG" would consolidate itself, over the reports named here');
  });

  it('reaches the superior before the report above is due, also when it is named and not merely received', () => {
    // Both go to the city: only the naming makes one wait for the other.
    const upward = [/(?<=code: BC-NAM[^]*?)receiver: SNNPTNT/, 'receiver: UBNDTP'] as const;
    expect(saidOf(upward)).toEqual([]);
    const named = [/(?<=code: BC-NAM[^]*?) {4}ladder: default/, '    consolidates: [BC-THANG]\n    ladder: default'] as const;
    const owed = [/(?<=code: BC-NAM[^]*?)reporters: \[SCT, STC/, 'reporters: [SNNPTNT, SCT, STC'] as const;
    // The yearly one is due on 17/12, as is December's.
    expect(saidOf(upward, owed, named)).toEqual([
      expect.stringMatching(/^reports\.3\.due: is due no later than "BC-THANG" of 2020-12 \(2020-12-17\)/),
    ]);
    expect(saidOf(upward, owed, named, ['word: BEFORE, dayOfLastMonth: 18', 'word: BEFORE, dayOfLastMonth: 19'])).toEqual([]);
  });

  it('may include a report of whoever puts it together, if it says so', () => {
    const own = ['reporters: [SCT, STC, VPDP-HN, TTKC', 'reporters: [SNNPTNT, SCT, STC, VPDP-HN, TTKC'] as const;
    expect(saidOf(own)).toEqual(['reports.0.reporters.0: SNNPTNT would report to itself: say ownReport: true if it owes one too']);
    expect(
      saidOf(own, [
        '    ladder: default\n    basis: Mục IV.1, tổng hợp',
        '    ownReport: true\n    ladder: default\n    basis: Mục IV.1, tổng hợp',
      ]),
    ).toEqual([]);
  });
});

describe('the form of a report', () => {
  it('has a fault told at its line and path', () => {
    expect(saidOf(['{ code: points, ', '{ code: events, '])).toEqual(['reports.0.form.1.code: "events" is used twice']);
    expect(saidOf(['kind: table\n', 'kind: tables\n'])).toEqual([expect.stringMatching(/^reports\.3\.form\.0\.kind: /)]);
  });

  it('leaves the codes of reports that are asked for once alone', () => {
    expect(saidOf(['code: BC-NAM', 'code: DX-2020-001'])).toEqual([expect.stringMatching(/^reports\.3\.code: .* asked for once/)]);
  });
});

describe('people to write to', () => {
  it.each([
    ['the standing agency', 'snnptnt', 'SNNPTNT is the standing agency'],
    ['the city office', 'vpubnd', 'VPUBND is the city office'],
  ])('are needed at %s', (_, domain, said) => {
    const people = new RegExp(` {4}contacts:\\n.*dau-moi@${domain}.*\\n.*lanh-dao@${domain}.*\\n`);
    expect(saidOf([people, ''])).toEqual([expect.stringContaining(`${said} and has nobody to write to: add a contact`)]);
  });

  it('are not needed where no mail goes', () => {
    expect(saidOf([/ {4}contacts:\n.*dau-moi@vpdp-tw.*\n.*lanh-dao@vpdp-tw.*\n/, ''])).toEqual([]);
  });
});

describe('money', () => {
  it('[SEED-19, SEED-41] is not spent twice on one task, however it is spelt, but may pay for two tasks', () => {
    const title = 'Xây dựng thực hiện thí điểm một số điểm giới thiệu, quảng bá sản phẩm OCOP gắn với du lịch làng nghề, du lịch nông thôn';
    const other = 'title: Tổ chức Hội nghị triển khai, kết nối giới thiệu điểm giới thiệu và bán sản phẩm OCOP cấp Thành phố\n';
    expect(saidOf([other, `title: ${title.toUpperCase()}\n    budgetSource: NS-SNN-2020\n`])).toEqual([
      'tasks.4.budgetSource: the same task is funded as II.2 already (SEED-41): name the budget source at one of the two',
    ]);
    expect(saidOf([other, `title: ${title}\n`])).toEqual([]);
    expect(saidOf(['    time: Thường xuyên', '    time: Thường xuyên\n    budgetSource: NS-SNN-2020'])).toEqual([]);
  });

  it('[SEED-41] is not spent on a task and on a part of it', () => {
    const part = 'title: Tổ chức Hội nghị triển khai, kết nối giới thiệu điểm giới thiệu và bán sản phẩm OCOP cấp Thành phố\n';
    expect(saidOf([part, `${part}    budgetSource: NS-SNN-2020\n`])).toEqual([
      'tasks.4.budgetSource: the same task is funded as II.2 already (SEED-41): name the budget source at one of the two',
    ]);
  });

  it.each([
    ['budgetAmount: -1', 'budgetSource: NS-SNN-2020\n    budgetAmount: -1', /^tasks\.0\.budgetAmount: /],
    ['half a đồng', 'budgetSource: NS-SNN-2020\n    budgetAmount: 0.5', /^tasks\.0\.budgetAmount: /],
    ['an amount from nowhere', 'budgetAmount: 5000000', /^tasks\.0\.budgetAmount: comes from no source/],
  ])('is a whole number of đồng from a source: not %s', (_, to, said) => {
    expect(saidOf(['budgetSource: NS-SNN-2020', to])).toEqual([expect.stringMatching(said)]);
  });
});

describe('a plan that carries out another one', () => {
  const parent = (number: string, issuedOn: string): readonly [string, string] => [
    '  issuePlace: Hà Nội',
    `  parent: { number: ${number}, issuedOn: '${issuedOn}' }\n  issuePlace: Hà Nội`,
  ];

  it('names that one by number and day, and not itself', () => {
    expect(saidOf(parent('100/KH-UBND', '2020-05-15'))).toEqual([
      'document.parent: is this plan itself: name the plan that it carries out, or leave parent out',
    ]);
    // Numbers restart each year.
    expect(saidOf(parent('100/KH-UBND', '2019-05-15'))).toEqual([]);
  });

  it.each([
    ['no number of a document', 'Kế hoạch 100', '2020-05-15', 'document.parent.number: a document number such as 100/KH-UBND'],
    ['no day', '99/KH-UBND', '15/05/2020', 'document.parent.issuedOn: Invalid ISO date'],
  ])('is refused by %s', (_, number, issuedOn, said) => {
    expect(saidOf(parent(number, issuedOn))).toEqual([said]);
  });
});
