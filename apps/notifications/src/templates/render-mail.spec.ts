import fc from 'fast-check';
import { levels, type Mail } from '#contracts';
import type { Language, People } from './letter.js';
import { RenderMail, shipped, type RenderedMail, type TemplateSources } from './render-mail.js';
import { sampleChasing, sampleItem, sampleMails, samplePeople } from './samples.js';

const URL = 'https://dondoc.example';
const languages: readonly Language[] = ['vi', 'en', 'vi+en'];
const mails: RenderMail = RenderMail.compiled();
const render = (mail: Mail, language: Language = 'vi', people: People = samplePeople) => mails.render(mail, people, language, URL);

const chasing = sampleChasing('chase-1', [sampleItem('chase-1', 'owes')]);
const [digest, calm] = sampleMails['weekly-digest'];

/** What a reader sees of HTML: no markup, no styles, entities as characters. */
function seen(html: string, between = ' '): string {
  return html
    .replaceAll(/<!--[^]*?-->|<style[^]*?<\/style>|<title>[^]*?<\/title>/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<[^>]*>/g, between)
    .replaceAll('&#x27;', "'")
    .replaceAll('&#x3D;', '=')
    .replaceAll('&#x60;', '`')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/ +/g, ' ');
}
/** What a mail says, line by line, without bullets, links and rules. */
const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*[*-] /, '')
        .replace(/: https?:.*$/, '')
        .trim(),
    )
    .filter((line) => line !== '' && !line.startsWith('http') && !/^-+$/.test(line));
const linksOf = (html: string) => new Set([...html.matchAll(/href="([^"]+)"/g)].map(([, url]) => url?.replaceAll('&#x3D;', '=')));

describe.each(languages)('in the language %s', (language) => {
  const all = Object.values(sampleMails as Record<string, readonly Mail[]>)
    .flat()
    .map((mail, index) => ({
      mail,
      name: `${mail.template} ${String(index)}`,
    }));

  it.each(all)('$name says the same in plain text and in HTML', ({ mail }) => {
    const { html, text } = render(mail, language);
    const colons = /:(?= |$)/g;
    for (const line of linesOf(text)) expect(seen(html).replaceAll(colons, '')).toContain(line.replaceAll(colons, ''));
    for (const words of seen(html, '\n').split('\n')) expect(text).toContain(words.trim());
    expect(linksOf(html).size > 0).toBe(mail.template !== 'class-notice');
    for (const url of linksOf(html)) expect(text).toContain(url);
    for (const fact of [mail.plan.title, mail.plan.programme, mail.plan.documentNumber]) {
      expect(text).toContain(fact);
      expect(seen(html)).toContain(fact);
    }
  });

  it.each(all)('$name is in NFC, on one line in its subject, and without a hole', ({ mail }) => {
    const { subject, html, text } = render(mail, language);
    for (const part of [subject, html, text]) {
      expect(part.normalize('NFC')).toBe(part);
      expect(part).not.toMatch(/\b(undefined|NaN)\b|\[object |\{\{|\}\}/);
    }
    expect(subject).toMatch(/^\[OCOP 2020\] \S.*\S$/);
    expect(text).not.toMatch(/\n{4,}/);
  });
});

describe('a chasing mail', () => {
  it.each([
    [
      'vi',
      [
        'Kính gửi: Ông/Bà Nguyễn Minh An, Sở Công Thương',
        'Kế hoạch số 100/KH-UBND ngày 15/05/2020',
        'Báo cáo tháng tình hình thực hiện Kế hoạch tháng 6/2020',
        'Đôn đốc lần 1 · quá hạn 1 ngày làm việc',
        'Nơi nhận: Sở Nông nghiệp và Phát triển nông thôn',
        'Hạn: chậm nhất ngày 17/06/2020',
        'Số liệu: từ 15/05/2020 đến 14/06/2020',
        'Đã đôn đốc: 2 lần',
        'Nếu chưa thực hiện, bước tiếp theo: Báo cáo cơ quan thường trực, ngày 19/06/2020',
        'Đầu mối giải đáp: Ông/Bà Lê Hoàng Châu, Sở Nông nghiệp và Phát triển nông thôn, điện thoại 024 0000 1002.',
      ],
    ],
    [
      'en',
      [
        'To: Nguyễn Minh An, Department of Industry and Trade',
        'Plan 100/KH-UBND of 15/05/2020',
        'Monthly report on the implementation of the plan, June 2020',
        'First chasing · 1 working day overdue',
        'Owed to: Department of Agriculture and Rural Development',
        'Due: no later than 17/06/2020',
        'Figures: 15/05/2020 to 14/06/2020',
        'Chased so far: 2 times',
        'If nothing is done, next step: Report to the standing agency, on 19/06/2020',
        'Questions: Lê Hoàng Châu, Department of Agriculture and Rural Development, phone 024 0000 1002.',
      ],
    ],
  ] as const)('tells in %s what is owed, since when, what happens next and on which day, whom to ask', (language, facts) => {
    for (const one of [language, 'vi+en'] as const) {
      const { html, text } = render(chasing, one);
      for (const fact of facts) {
        expect(text).toContain(fact);
        expect(seen(html)).toContain(fact);
      }
    }
  });

  it('links to the thing it is about, or to all of them', () => {
    const both = { ...chasing, items: [...chasing.items, { ...sampleItem('due', 'owes'), path: '/obligations/two' }] };
    expect([...linksOf(render(chasing).html)]).toEqual([`${URL}${chasing.items[0]!.path}`]);
    expect(linksOf(render(both).html)).toEqual(
      new Set([`${URL}${chasing.items[0]!.path}`, `${URL}/obligations/two`, `${URL}/obligations`]),
    );
  });

  it('says of another plan’s thing which plan it is, and asks for what is no report in other words', () => {
    const plan = { ...chasing.plan, documentNumber: '2223/KH-SCT', issuedOn: '2020-05-27' };
    const finding = {
      ...sampleItem('reminder', 'owes'),
      kind: 'inspection-finding',
      title: 'Khắc phục',
      period: 'kiểm tra',
      plan,
    } as const;
    const { subject, html, text } = render(sampleChasing('reminder', [finding]), 'vi+en');
    expect(subject).toContain('Nhắc thực hiện: Khắc phục kiểm tra, hạn 17/06/2020');
    for (const shown of [seen(html), text]) {
      expect(shown).toContain('Theo Kế hoạch số 2223/KH-SCT ngày 27/05/2020');
      expect(shown).toContain('Under Plan 2223/KH-SCT of 27/05/2020');
    }
    expect(seen(render(chasing, 'vi').html)).not.toContain('Theo Kế hoạch');
    expect(render(sampleChasing('reminder', [sampleItem('reminder', 'owes')])).subject).toContain('Nhắc nộp Báo cáo');
  });

  it('names in its subject the most serious thing, and counts the others', () => {
    const item = { ...sampleItem('chase-3', 'escalated'), level: 'escalated-city' as const };
    const mail = sampleChasing('escalated-city', [sampleItem('reminder', 'owes'), item, sampleItem('chase-1', 'copied')]);
    expect(render(mail).subject).toMatch(/^\[OCOP 2020\] Báo cáo UBND Thành phố: Sở Công Thương, Báo cáo tháng .* và 2 nội dung khác$/);
    expect(render(mail, 'en').subject).toMatch(/ and 2 more$/);
  });

  it('is in Vietnamese first where it is in both languages', () => {
    const { subject, text } = render(chasing, 'vi+en');
    expect(subject).toBe(render(chasing, 'vi').subject);
    expect(text.indexOf('Kính gửi')).toBeLessThan(text.indexOf('To: Nguyễn Minh An'));
  });

  it('that may have arrived before says so in its subject, in the language of its reader', () => {
    const subjects = languages.map((language) => mails.render(chasing, samplePeople, language, URL, true).subject);
    expect(subjects.map((subject) => subject.replace(/\[.*/, ''))).toEqual(['(Gửi lại) ', '(Sent again) ', '(Gửi lại) ']);
  });

  it('tells those who are to act of whom it speaks first, and whom to call there; the debtor itself is told neither', () => {
    const { text, html } = render(sampleChasing('escalated-standing', [sampleItem('escalated-standing', 'escalated')]));
    for (const said of ['Sở Công Thương: Báo cáo tháng tình hình', 'Đầu mối: Ông/Bà Trần Thu Hà, điện thoại 024 0000 1003']) {
      expect(text).toContain(said);
      expect(seen(html)).toContain(said);
    }
    expect(render(chasing).text).not.toContain('Sở Công Thương: Báo cáo');
    expect(render(chasing).text).not.toContain('Trần Thu Hà');
  });

  it('names nobody to ask where nobody is known', () => {
    expect(render(chasing, 'vi', { ...samplePeople, ask: null }).text).not.toContain('Đầu mối giải đáp');
  });

  it('tells whom it only informs neither to act nor that nothing is left', () => {
    const { text } = render(sampleChasing('escalated-city', [sampleItem('escalated-city', 'copied')]));
    expect(text).toContain('không yêu cầu Quý cơ quan trả lời');
    expect(text).not.toContain('không còn bước tự động');
    expect(render(sampleChasing('escalated-city', [sampleItem('escalated-city', 'owes')])).text).toContain('không còn bước tự động');
  });

  it.each(levels)('at the level %s differs from those at every other', (level) => {
    const subjects = levels.map((one) => render(sampleChasing(one, [sampleItem(one, 'owes')])).subject);
    expect(subjects.filter((subject) => subject === render(sampleChasing(level, [sampleItem(level, 'owes')])).subject)).toHaveLength(1);
  });
});

describe('a weekly digest', () => {
  it('tells the figures, who is late since when, whom to call, and what is due soon', () => {
    const { subject, text } = render(digest!);
    expect(subject).toBe('[OCOP 2020] Tổng hợp tình hình báo cáo, ngày 25/06/2020: 1 nội dung quá hạn');
    for (const fact of [
      'Nội dung đang theo dõi: 12',
      'Sở Công Thương: Báo cáo tháng tình hình thực hiện Kế hoạch tháng 6/2020',
      'Quá hạn 6 ngày làm việc',
      'Đầu mối: Ông/Bà Trần Thu Hà, điện thoại 024 0000 1003',
      'Hạn: chậm nhất ngày 30/06/2020',
      'Đầu mối không nhận được thư',
      'Từ ngày 22/06/2020',
      'Cơ quan không còn đầu mối nào nhận được thư',
      `${URL}${digest!.path}`,
    ])
      expect(text).toContain(fact);
    expect(render(calm!).text).not.toContain('Đầu mối không nhận được thư');
  });

  it('says so when nobody is late', () => {
    expect(render(calm!).text).toContain('Không có cơ quan nào chậm báo cáo.');
    expect(render(digest!).text).not.toContain('Không có cơ quan nào chậm báo cáo.');
  });
});

describe('what people typed', () => {
  const withWords = (words: string): RenderedMail =>
    render(
      {
        ...chasing,
        items: [{ ...chasing.items[0]!, title: words, debtor: { code: 'X', name: words, nameEn: words }, section: 'escalated' }],
      },
      'vi',
      { ...samplePeople, recipientName: words, ask: { name: words, agencyName: words, agencyNameEn: words, phone: null } },
    );

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><a href="https://evil.example">here</a>',
    '</style><!-- & --> &amp; &lt;b&gt;',
    '{{constructor}} {{{subject}}} {{#each blocks}}{{/each}}',
    '{{lookup this "constructor"}} \\{{x}}',
    "O'Brien & Sons `x` = $& $1",
  ])('is escaped in HTML and literal in text: %s', (words) => {
    const { subject, html, text } = withWords(words);
    expect(html).not.toContain('evil.example">');
    expect(html).not.toMatch(/<script|<img src=x|onerror=alert/);
    expect(seen(html)).toContain(words.replaceAll(/\s+/g, ' '));
    expect(text).toContain(`Kính gửi: Ông/Bà ${words}, `);
    expect(text).toContain(`* ${words}: `);
    expect(subject).toContain(words);
  });

  it('adds no markup, and stays on one line in the subject', () => {
    const tags = (html: string) => html.match(/<[a-z/!][^>]*>/g)?.length;
    const plain = tags(withWords('x').html);
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '{', '}', '=', '/', 'a', '\n', '\r') })),
        (words) => {
          const { html, subject } = withWords(words);
          expect(tags(html)).toBe(plain);
          expect(subject).not.toMatch(/[\r\n]/);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is written in NFC, however it was typed', () => {
    const { subject, html, text } = withWords('Sở Công Thương'.normalize('NFD'));
    for (const part of [subject, html, text]) expect(part).toContain('Sở Công Thương'.normalize('NFC'));
  });
});

describe('the service does not start', () => {
  const compiled = (changes: Partial<TemplateSources>) => () => RenderMail.compiled({ ...shipped, ...changes });
  const texts = (language: 'vi' | 'en', changes: object) => ({
    texts: { ...shipped.texts, [language]: { ...shipped.texts[language], ...changes } },
  });

  it.each([
    ['a variable', 'text', '{{greting}}'],
    ['a variable of a block', 'text', '{{#each blocks}}{{greting}}{{/each}}'],
    ['a variable in HTML', 'html', '<p>\n{{greting}}</p>'],
    ['a list', 'text', '{{#each greting}}x{{/each}}'],
    ['a list of a list', 'html', '{{#each blocks}}\n{{#each greting}}{{this}}{{/each}}{{/each}}'],
    ['a condition', 'text', '{{#if greting}}x{{/if}}'],
    ['a negative condition', 'text', '{{#unless greting}}x{{/unless}}'],
    ['a helper', 'text', '{{greting subject}}'],
  ])('with a template that names %s that is not there', (_, kind, source) => {
    expect(compiled({ [kind]: source })).toThrow(/^The mail template chasing cannot be rendered in vi: .*(\d+:\d+|greting)/);
  });

  it.each([
    ['footer', { footer: undefined }],
    ['footer', { footer: ' ' }],
    ['noNext', { noNext: '' }],
    ['act', { act: { ...shipped.texts.en.act, copied: '' } }],
    ['levels', { levels: { ...shipped.texts.en.levels, due: '' } }],
    ['levels', { levels: { ...shipped.texts.en.levels, 'chase-2': undefined } }],
    ['more', { more: () => '' }],
    ['repeated', { repeated: () => ' ' }],
    ['ask', { ask: undefined }],
    ['title', { title: (title: string, period?: string) => `${title} ${String(period && undefined)}` }],
    ['subjects', { subjects: { ...shipped.texts.en.subjects, due: undefined } }],
  ])('with a language that has nothing to say at "%s": %j', (place, changes) => {
    expect(compiled(texts('en', changes))).toThrow(new RegExp(`^The mail template chasing cannot be rendered in en: texts.en.${place}`));
  });

  it.each([
    ['late', { late: '' }],
    ['allOnTime', { allOnTime: '' }],
    ['unreachable', { unreachable: '' }],
    ['suspended', { suspended: '' }],
    ['held', { held: () => '' }],
    ['nobody', { nobody: ' ' }],
    ['figures', { figures: { ...shipped.texts.vi.digest.figures, open: '' } }],
  ])('with a digest that has nothing to say at "%s"', (place, digestChanges) => {
    const changes = texts('vi', { digest: { ...shipped.texts.vi.digest, ...digestChanges } });
    expect(compiled(changes)).toThrow(new RegExp(`^The mail template weekly-digest cannot be rendered in vi: texts.vi.digest.${place}`));
  });
});

describe('the version of a template', () => {
  it('stays while nothing is changed', () => {
    expect(RenderMail.compiled().versions).toEqual(mails.versions);
    expect(mails.versions.chasing).toMatch(/^[0-9a-f]{12}$/);
    expect(mails.versions.chasing).not.toBe(mails.versions['weekly-digest']);
  });

  it('changes with its layout and its wording, and only then', () => {
    const layout = RenderMail.compiled({ ...shipped, html: shipped.html.replace('</body>', '<br></body>') }).versions;
    expect(layout.chasing).not.toBe(mails.versions.chasing);
    expect(layout['weekly-digest']).not.toBe(mails.versions['weekly-digest']);
    const { vi } = shipped.texts;
    const wording = RenderMail.compiled({ ...shipped, texts: { ...shipped.texts, vi: { ...vi, noNext: 'Hết bước tự động' } } }).versions;
    expect(wording.chasing).not.toBe(mails.versions.chasing);
    expect(wording['weekly-digest']).toBe(mails.versions['weekly-digest']);
  });
});
