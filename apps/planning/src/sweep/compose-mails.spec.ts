import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { levelRank, ladderLevels } from '#ladder';
import { composeMails, type ChasedItem, type PlanFacts, type Told } from './compose-mails.js';

const SLOT = Temporal.Instant.from('2020-06-18T01:00:00Z');
const PLAN: PlanFacts = { id: 'plan', documentNumber: '100/KH-UBND', issuedOn: '2020-05-15', title: 'Kế hoạch', programme: 'OCOP 2020' };
const agency = (code: string) => ({ code, name: code, nameEn: code });

function told(contactId: string, obligationId: string, item: Partial<ChasedItem> = {}): Told {
  return {
    contactId,
    debtorId: 'debtor',
    plan: PLAN,
    askContactId: `ask-${obligationId}`,
    item: {
      obligationId,
      kind: 'periodic-report',
      plan: null,
      section: 'owes',
      rung: 'CHASE_1',
      level: 'chase-1',
      debtor: agency('SCT'),
      creditor: agency('SNNPTNT'),
      title: 'Báo cáo tháng',
      titleEn: 'Monthly report',
      period: 'tháng 6/2020',
      periodEn: 'June 2020',
      window: null,
      dueOn: '2020-06-17',
      workingDaysLeft: -1,
      chasings: 1,
      contactId: null,
      document: null,
      next: null,
      path: `/obligations/${obligationId}`,
      ...item,
    },
  };
}
const about = (mails: ReturnType<typeof composeMails>, recipientId: string) => {
  const mail = mails.find((one) => one.recipientId === recipientId)?.mail;
  return mail?.template === 'chasing' ? mail : undefined;
};

describe('what one recipient is told in one slot', () => {
  it('names the plan of each thing that belongs to another than the first one', () => {
    const own: PlanFacts = { ...PLAN, id: 'own', documentNumber: '2223/KH-SCT', issuedOn: '2020-05-27', title: 'Kế hoạch của Sở' };
    const [mail] = composeMails([told('an', 'A'), { ...told('an', 'B'), plan: own }, told('an', 'C')], SLOT);
    expect(mail?.mail.plan.documentNumber).toBe('100/KH-UBND');
    const { items } = mail!.mail as { items: ChasedItem[] };
    expect(items.map(({ obligationId, plan }) => [obligationId, plan?.documentNumber ?? null])).toEqual([
      ['A', null],
      ['B', '2223/KH-SCT'],
      ['C', null],
    ]);
  });

  it('is one mail, known by recipient and slot', () => {
    const mails = composeMails([told('an', 'A'), told('binh', 'A'), told('an', 'B')], SLOT);
    expect(mails.map((mail) => [mail.businessKey, mail.obligationIds])).toEqual([
      ['chasing.an.2020-06-18T01:00:00Z', ['A', 'B']],
      ['chasing.binh.2020-06-18T01:00:00Z', ['A']],
    ]);
    expect(mails[0]).toMatchObject({ stream: 'chasing', recipientId: 'an', mail: { slot: '2020-06-18T01:00:00Z', askContactId: 'ask-A' } });
  });

  it.each([
    ['copied', 'owes', 'owes'],
    ['owes', 'copied', 'owes'],
    ['owes', 'escalated', 'escalated'],
    ['escalated', 'copied', 'escalated'],
  ] as const)('is the same obligation once: %s and %s is %s', (first, second, expected) => {
    const mails = composeMails([told('an', 'A', { section: first }), told('an', 'A', { section: second })], SLOT);
    expect(mails).toHaveLength(1);
    expect(about(mails, 'an')?.items.map((item) => item.section)).toEqual([expected]);
    expect(mails[0]?.obligationIds).toEqual(['A']);
  });

  it('begins with what asks to act, then what is owed, then copies; what was due first comes first', () => {
    const mails = composeMails(
      [
        told('an', 'copy', { section: 'copied', dueOn: '2020-06-01' }),
        told('an', 'later', { dueOn: '2020-06-17' }),
        told('an', 'earlier', { dueOn: '2020-06-16' }),
        told('an', 'case', { section: 'escalated', dueOn: '2020-06-18' }),
      ],
      SLOT,
    );
    expect(mails[0]?.obligationIds).toEqual(['case', 'earlier', 'later', 'copy']);
    expect(about(mails, 'an')?.items.map((item) => item.obligationId)).toEqual(['case', 'earlier', 'later', 'copy']);
  });

  it('is as serious as the most serious thing in it', () => {
    const mails = composeMails(
      [told('an', 'A', { level: 'due' }), told('an', 'B', { level: 'chase-2' }), told('an', 'C', { level: 'reminder' })],
      SLOT,
    );
    expect(about(mails, 'an')?.level).toBe('chase-2');
  });

  it('is nothing when nothing is told', () => {
    expect(composeMails([], SLOT)).toEqual([]);
  });
});

describe('whatever is told to whomever', () => {
  const section = fc.constantFrom('owes' as const, 'copied' as const, 'escalated' as const);
  const anything = fc.array(
    fc.record({
      contactId: fc.constantFrom('an', 'binh', 'chau'),
      obligationId: fc.constantFrom('A', 'B', 'C', 'D'),
      section,
      level: fc.constantFrom(...ladderLevels),
    }),
    { maxLength: 20 },
  );

  it('every recipient gets one mail with each of their obligations once, and nothing of anybody else', () => {
    fc.assert(
      fc.property(anything, (drawn) => {
        const mails = composeMails(
          drawn.map((one) => told(one.contactId, one.obligationId, { section: one.section, level: one.level })),
          SLOT,
        );
        expect(mails.map((mail) => mail.recipientId).sort()).toEqual([...new Set(drawn.map((one) => one.contactId))].sort());
        for (const mail of mails) {
          const own = drawn.filter((one) => one.contactId === mail.recipientId).map((one) => one.obligationId);
          expect([...mail.obligationIds].sort()).toEqual([...new Set(own)].sort());
          const items = about(mails, mail.recipientId)?.items ?? [];
          expect(levelRank(about(mails, mail.recipientId)!.level)).toBe(Math.max(...items.map((item) => levelRank(item.level))));
        }
      }),
    );
  });
});
