import { at, PLAN_TEXT, PlanningFixture, planWith } from '../obligations/planning.int-fixture.js';

let planning: PlanningFixture;

const start = async (): Promise<void> => {
  planning = await PlanningFixture.start('2020-06-01T07:30');
};
const stop = () => planning.stop();

interface Told {
  readonly code: string;
  readonly version: number;
  readonly contacts: readonly { readonly contactId: string }[];
}
/** Events about agencies that stand in the outbox beyond the first `from`. */
async function agencyEvents(from = 0): Promise<Told[]> {
  const rows = await planning.database.outbox.findMany({ where: { name: 'planning.agency-changed.v1' }, orderBy: { seq: 'asc' } });
  return rows.slice(from).map((row) => (row.envelope as unknown as { payload: Told }).payload);
}
/** What a second import of a changed file says and tells. */
async function importAgain(text: string) {
  const before = (await agencyEvents()).length;
  const answer = await planning.import(text);
  return { ...answer, events: (await agencyEvents(before)).map(({ code, version }) => `${code} ${String(version)}`) };
}
const contactOf = (email: string) => planning.database.contact.findFirstOrThrow({ where: { email } });

describe('the same file', () => {
  beforeEach(start);
  afterEach(stop);

  it('imported again changes nothing, and says so', async () => {
    const first = await planning.import();
    expect(first).toMatchObject({ documentNumber: '100/KH-UBND', changed: true, reportsOpened: 18 });
    const before = await planning.contents();
    const second = await planning.import();
    expect(second).toEqual({ planId: first.planId, documentNumber: '100/KH-UBND', changed: false, changes: [], reportsOpened: 0 });
    // The message itself was received: its receipt is the only trace.
    expect({ ...(await planning.contents()), inbox: '' }).toEqual({ ...before, inbox: '' });
  });

  it('tells the others of each agency once', async () => {
    await planning.import();
    const events = await agencyEvents();
    expect(events.map((event) => event.code).sort()).toEqual([...new Set(events.map((event) => event.code))].sort());
    expect(events).toHaveLength(await planning.database.agency.count());
    expect(new Set(events.map((event) => event.version))).toEqual(new Set([1]));
  });

  it('imported twice at once is imported once', async () => {
    const answers = await Promise.all([planning.import(), planning.import()]);
    expect(answers.map((answer) => answer.changed).sort()).toEqual([false, true]);
    expect(answers.map((answer) => answer.reportsOpened).sort()).toEqual([0, 18]);
    expect(await agencyEvents()).toHaveLength(await planning.database.agency.count());
  });

  it('in the same message has the same answer', async () => {
    const message = planning.message();
    const importing = () => planning.importAs(message);
    const first = await importing();
    expect(await importing()).toEqual(first);
  });
});

describe('one change in the file', () => {
  beforeAll(async () => {
    await start();
    await planning.import();
  });
  afterAll(stop);

  it.each([
    ['a phone number', '024 0000 1006', '024 0000 9999', [['contact', 'changed', ['phone']]], ['SCT']],
    ['a name', 'name: Sở Tài chính', 'name: Sở Tài chính Hà Nội', [['agency', 'changed', ['name']]], ['STC']],
    ['an agency above', 'reportsTo: SCT\n', 'reportsTo: UBNDTP\n', [['agency', 'changed', ['reportsToId']]], ['TTKC']],
    [
      'an address',
      'dau-moi@sct.hanoi',
      'mot-cua@sct.hanoi',
      [
        ['contact', 'added', []],
        ['contact', 'retired', []],
      ],
      ['SCT'],
    ],
    ['the title of a report', 'title: Báo cáo tháng', 'title: Báo cáo hằng tháng', [['report requirement', 'changed', ['title']]], []],
    ['a deadline', 'dayOfLastMonth: 17', 'dayOfLastMonth: 18', [['report requirement', 'changed', ['dueRule']]], []],
    ['the title of the plan', 'programme: ', 'programme: TP ', [['plan', 'changed', ['programme']]], []],
    [
      'the lead of a task',
      '    lead: SCT\n    coordinators: [SNNPTNT]',
      '    lead: STC\n    coordinators: [SNNPTNT]',
      [['task', 'changed', ['leadId']]],
      [],
    ],
    ['who coordinates', '    coordinators: [VPDP-HN]', '    coordinators: [VPDP-HN, STC]', [['task', 'changed', ['coordinators']]], []],
    [
      'who reports',
      'reporters: [SCT, STC, VPDP-HN, TTKC,',
      'reporters: [STC, VPDP-HN, TTKC,',
      [['report requirement', 'changed', ['reporters']]],
      [],
    ],
    ['a comment', '# "Báo cáo theo quy định"', '# Báo cáo theo quy định', [], []],
  ] as const)('of %s changes exactly that', async (_, from, to, changes, agencies) => {
    const versionOf = new Map((await planning.database.agency.findMany()).map((row) => [row.code, row.version]));
    const { changed, changes: said, events } = await importAgain(planWith([from, to]));
    expect(said.map(({ what, change, fields }) => [what, change, fields])).toEqual(changes);
    expect(changed).toBe(changes.length > 0);
    expect(events).toEqual(agencies.map((code) => `${code} ${String((versionOf.get(code) ?? 0) + 1)}`));
    expect(await importAgain(planWith([from, to]))).toMatchObject({ changed: false, changes: [], events: [] });
    await planning.import();
  });
});

describe('a changed file', () => {
  beforeEach(async () => {
    await start();
    await planning.import();
  });
  afterEach(stop);

  it('with another deadline leaves the opened reports as they are, and applies to the next period', async () => {
    await planning.import(planWith(['dayOfLastMonth: 17', 'dayOfLastMonth: 18']));
    planning.clock.set(at('2020-06-15T01:00'));
    await planning.openReports();
    const dueOn = async (period: string) => (await planning.report('SCT', 'BC-THANG', period)).obligation.dueOn.toISOString().slice(0, 10);
    expect([await dueOn('2020-06'), await dueOn('2020-07')]).toEqual(['2020-06-17', '2020-07-20']);
  });

  it('without a task retires it, and with it again takes it back', async () => {
    const gone = PLAN_TEXT.replace(/ {2}- code: II\.2\.c\n(?: {4}.*\n)+/, '');
    expect((await planning.import(gone)).changes).toEqual([{ what: 'task', key: 'II.2.c', change: 'retired', fields: [] }]);
    expect(await planning.database.task.count({ where: { retired: true } })).toBe(1);
    expect((await planning.import()).changes).toEqual([{ what: 'task', key: 'II.2.c', change: 'added', fields: [] }]);
    expect(await planning.database.task.count({ where: { retired: true } })).toBe(0);
  });

  it('without a contact retires it: old mails still name it, new ones go to somebody else', async () => {
    const line = '      - { role: FOCAL, name: Đặng Thị Hạnh, email: dau-moi@sct.hanoi.example, phone: 024 0000 1006 }\n';
    const { id } = await contactOf('dau-moi@sct.hanoi.example');
    const answer = await importAgain(planWith([line, '']));
    expect(answer.changes).toEqual([{ what: 'contact', key: id, change: 'retired', fields: [] }]);
    expect(answer.events).toEqual(['SCT 2']);
    expect((await agencyEvents()).at(-1)?.contacts.map((contact) => contact.contactId)).not.toContain(id);
    expect(await contactOf('dau-moi@sct.hanoi.example')).toMatchObject({ id, active: false });
    const mails = await planning.sweepAt('2020-06-10T08:00');
    const recipients = await Promise.all(mails.map((mail) => planning.recipient(mail)));
    expect(recipients).toContain('SCT/HEAD');
    expect(recipients).not.toContain('SCT/FOCAL');
  });

  it('that brings a contact back writes to it again, though its address was refused once', async () => {
    await planning.sql(`UPDATE contact SET active = false, reachable = false WHERE email = 'dau-moi@sct.hanoi.example'`);
    expect((await planning.import()).changes).toMatchObject([{ what: 'contact', change: 'added' }]);
    expect(await contactOf('dau-moi@sct.hanoi.example')).toMatchObject({ active: true, reachable: true });
  });

  it('and another at the same time leave one of the two, whole', async () => {
    const versions = ['Một', 'Hai'].map((word) =>
      planWith(['name: Sở Tài chính', `name: Sở ${word}`], ['title: Báo cáo tháng', `title: Báo cáo ${word}`]),
    );
    await Promise.all(versions.map((text) => planning.import(text)));
    const { name } = await planning.database.agency.findUniqueOrThrow({ where: { code: 'STC' } });
    const { title } = await planning.database.reportRequirement.findFirstOrThrow({ where: { code: 'BC-THANG' } });
    expect(title).toMatch(new RegExp(`^Báo cáo ${name.slice('Sở '.length)} `));
    expect(['Sở Một', 'Sở Hai']).toContain(name);
    const versionsTold = (await agencyEvents()).filter((event) => event.code === 'STC').map((event) => event.version);
    expect(versionsTold).toEqual([1, 2, 3]);
  });
});

describe('a bad file', () => {
  beforeEach(start);
  afterEach(stop);

  const bad = planWith(
    ['    lead: SCT\n', '    lead: SCTT\n'],
    ['time: Thường xuyên', 'time: mai'],
    ['    ladder: default\n', '    ladder: steep\n'],
  );
  const refused = (text: string) =>
    planning.import(text).then(
      () => undefined,
      (error: unknown) => error,
    );

  it.each([
    ['into an empty database', false],
    ['over the plan that is there', true],
  ])('%s changes nothing, and is answered with every fault at its line and path', async (_, imported) => {
    if (imported) await planning.import();
    const before = await planning.contents();
    const lineOf = (text: string) => bad.split('\n').findIndex((line) => line.includes(text)) + 1;
    expect(await refused(bad)).toMatchObject({
      code: 'plan-file-invalid',
      message: `plan.yaml has 3 faults and nothing was imported. First, line ${String(lineOf('lead: SCTT'))}: unknown agency "SCTT": did you mean SCT?`,
      details: [
        { line: lineOf('lead: SCTT'), column: 11, path: 'tasks.1.lead' },
        { line: lineOf('time: mai'), column: 11, path: 'tasks.8.time' },
        { line: lineOf('ladder: steep'), column: 13, path: 'reports.0.ladder' },
      ],
    });
    expect(await planning.contents()).toEqual(before);
  });

  it('does not use its message up: the corrected file may come in it', async () => {
    const message = planning.message();
    await expect(planning.importAs(message, bad)).rejects.toMatchObject({ code: 'plan-file-invalid' });
    await expect(planning.importAs(message)).resolves.toMatchObject({ changed: true });
  });
});

describe('text in a file', () => {
  beforeAll(start);
  afterAll(stop);

  it('is stored and told as it is written, wherever it stands', async () => {
    const texts = [
      `'; DROP TABLE planning.agency; --`,
      `$1, now()) RETURNING *; --`,
      '{{constructor.constructor("return process")()}}',
      '${process.env.SEAL_KEY}',
      '<img src=x onerror=alert(1)>',
      String.raw`%s %1$s \x00 \\`,
    ] as const;
    const quoted = texts.map((text) => `'${text.replaceAll("'", "''")}'`);
    await planning.import(
      planWith(
        ['name: Sở Tài chính', `name: ${quoted[0]!}`],
        ['name: Đặng Thị Hạnh', `name: ${quoted[1]!}`],
        ['title: Báo cáo tháng tình hình thực hiện Kế hoạch', `title: ${quoted[2]!}`],
        ['output: 05 điểm', `output: ${quoted[3]!}`],
        ['nameEn: Department of Industry and Trade', `nameEn: ${quoted[4]!}`],
        ['  programme: OCOP 2020', `  programme: ${quoted[5]!}`],
      ),
    );
    const [stc, sct] = await Promise.all(
      ['STC', 'SCT'].map((code) => planning.database.agency.findUniqueOrThrow({ where: { code }, include: { contacts: true } })),
    );
    const { output } = await planning.database.task.findFirstOrThrow({ where: { code: 'II.2' } });
    const { obligation } = await planning.report('SCT');
    const { programme } = await planning.database.plan.findFirstOrThrow();
    const hanh = sct?.contacts.find((contact) => contact.role === 'FOCAL');
    expect([stc?.name, hanh?.name, obligation.title, output, sct?.nameEn, programme]).toEqual(texts);
    const mails = await planning.sweepAt('2020-06-10T08:00');
    const mine = mails.find((mail) => mail.recipientId === hanh?.id);
    expect([mine?.mail.items[0]?.title, mine?.mail.items[0]?.debtor.nameEn, mine?.mail.plan.programme]).toEqual([
      texts[2],
      texts[4],
      texts[5],
    ]);
  });
});
