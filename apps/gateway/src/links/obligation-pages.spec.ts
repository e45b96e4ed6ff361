import { html } from './html.js';
import { documentsPage, obligationPage, obligationsPage } from './obligation-pages.js';
import { en, vi } from './texts.js';

const owed: Parameters<typeof obligationsPage>[0][number] = {
  obligationId: '41660bf3-2ed0-4b63-98f9-684089e91dd5',
  planId: '0f0e2b2e-6f39-4a53-93e1-5d4f0f6f0c11',
  kind: 'periodic-report',
  taskId: null,
  title: 'Báo cáo tháng',
  titleEn: 'Monthly report',
  period: 'tháng 6/2020',
  debtor: 'SCT',
  creditor: 'SNNPTNT',
  reportId: null,
  state: 'open',
  overdue: true,
  late: true,
  workingDaysLate: 2,
  dueOn: '2020-06-17',
  onTime: { raw: 'late', withExtensions: 'late', withForceMajeure: 'late' },
  originalDueOn: '2020-06-15',
  generation: 2,
  level: 'chase-1',
  next: null,
  suspension: null,
  openedAt: '2020-05-15T00:30:00Z',
  settledAt: null,
  settledReason: null,
  version: 2,
};
const step = {
  stepId: owed.planId,
  track: 'debtor' as const,
  plannedAt: '2020-06-18T01:00:00Z',
  dueAt: '2020-06-18T01:00:00Z',
  slot: null,
  reason: null,
};
const story: Parameters<typeof obligationPage>[0] = {
  ...owed,
  steps: [
    { ...step, generation: 1, rung: 'DUE', level: 'due', state: 'superseded', decidedAt: '2020-06-15T01:00:00Z' },
    { ...step, generation: 2, rung: 'CHASE_1', level: 'chase-1', state: 'fired', decidedAt: '2020-06-18T01:01:00Z' },
    { ...step, generation: 2, rung: 'CHASE_2', level: 'chase-2', state: 'pending', decidedAt: null, dueAt: '2020-06-22T01:00:00Z' },
  ],
  escalations: [],
  history: [],
};
const mail: Parameters<typeof obligationPage>[1][number] = {
  messageId: owed.planId,
  businessKey: 'chasing',
  template: 'chasing',
  templateVersion: '1',
  state: 'sent',
  recipientId: owed.planId,
  deliveredToId: owed.planId,
  deliveredToName: '<b>Đặng Thị Hạnh</b>',
  agencyCode: 'SCT',
  organisation: null,
  recipientName: '<b>Đặng Thị Hạnh</b>',
  recipientEmail: 'hanh@sct.example',
  subject: 'Đôn đốc lần 1 & "gấp"',
  obligationIds: [owed.obligationId],
  correlationId: owed.planId,
  createdAt: '2020-06-18T01:01:00Z',
  sentAt: '2020-06-18T01:02:00Z',
  nextAttemptAt: null,
  reason: null,
  mailId: 'x@hanoi.example',
};
const textOf = (page: string): string =>
  page
    .replaceAll(/<style>.*?<\/style>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('a piece of a page', () => {
  it('takes every value as text, and other pieces as they are', () => {
    const piece = html`<i title="${'"><script>'}">${"<a href='x'>&amp;"}</i>`;
    expect(piece.markup).toBe('<i title="&quot;&gt;&lt;script&gt;">&lt;a href=&#39;x&#39;&gt;&amp;amp;</i>');
    expect(html`<p>${[piece, html`${1}`]}</p>`.markup).toBe(`<p>${piece.markup}1</p>`);
  });
});

describe('the page of an obligation', () => {
  it('says in Vietnamese what is owed, how late, what was done and what comes next', () => {
    const text = textOf(obligationPage(story, [mail], vi));
    for (const said of [
      'Báo cáo tháng tháng 6/2020',
      '17/06/2020 (hạn ban đầu: 15/06/2020)',
      'Chưa thực hiện, quá hạn 2 ngày làm việc',
      '18/06/2020 08:01 Đôn đốc lần 1 đã thực hiện',
      '22/06/2020 08:00 Đôn đốc lần 2 chưa đến',
      '18/06/2020 08:02',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('Đến hạn');
  });

  it('says the same in English', () => {
    const text = textOf(obligationPage(story, [], en));
    for (const said of ['Monthly report', 'open, 2 working days overdue', 'First chasing done', 'There are none.'])
      expect(text).toContain(said);
  });

  it('names whom a mail went to by agency or organisation, and by that alone once they have been forgotten', () => {
    const university = { ...mail, agencyCode: null, organisation: 'Học viện Nông nghiệp', recipientName: 'Vũ Thị Mai' };
    const shown = (one: typeof mail) => textOf(obligationPage(story, [one], vi));
    expect(shown({ ...mail, recipientName: 'Vũ Thị Mai' })).toContain('Vũ Thị Mai, SCT');
    expect(shown(university)).toContain('Vũ Thị Mai, Học viện Nông nghiệp');
    expect(shown({ ...university, recipientName: null, recipientEmail: null })).toMatch(/08:02 Học viện Nông nghiệp Đôn đốc/);
  });

  it('shows whatever people typed as text', () => {
    const page = obligationPage({ ...story, title: '<script>alert(1)</script>' }, [mail], vi);
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<b>Đặng');
    expect(page).toContain('Đôn đốc lần 1 &amp; &quot;gấp&quot;');
  });
});

describe('the page of everything owed', () => {
  it('leads to each obligation, or says that there is none', () => {
    expect(obligationsPage([owed], vi)).toContain(`href="/obligations/${owed.obligationId}?lang=vi"`);
    expect(textOf(obligationsPage([], en))).toContain('There are none.');
  });
});

describe('the page of prepared documents', () => {
  const waiting: Parameters<typeof documentsPage>[0][number] = {
    documentId: owed.planId,
    planId: owed.planId,
    plan: '100/KH-UBND',
    kind: 'city-list-item',
    state: 'prepared',
    subject: 'Sở Công Thương: <i>Báo cáo tháng</i>',
    agency: 'SCT',
    obligationId: owed.obligationId,
    preparedAt: '2020-06-25T01:00:00Z',
    decidedAt: null,
    decidedBy: null,
    documentNumber: null,
    discardReason: null,
    version: 1,
  };

  it('names what waits for a person, leads to what it is about, and says that the system sends nothing', () => {
    const page = documentsPage([waiting, { ...waiting, kind: 'late-agencies', obligationId: null, subject: 'Danh sách' }], vi);
    expect(page).toContain(`href="/obligations/${owed.obligationId}?lang=vi"`);
    expect(page).not.toContain('<i>Báo');
    for (const said of [
      '25/06/2020 08:00',
      'Mục báo cáo Văn phòng UBND Thành phố',
      'Danh sách cơ quan chậm thực hiện',
      'Hệ thống không tự gửi',
    ])
      expect(textOf(page)).toContain(said);
    expect(textOf(documentsPage([], en))).toContain('There are none.');
  });
});
