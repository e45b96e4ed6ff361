import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { loadWorkingCalendar } from '#calendar';
import { loadLadders, type Rung } from '#ladder';
import { cityListKey, documentId } from '../documents/document.js';
import { announce, announceReport, Today, type Known } from './announce.js';
import type { ContactRow } from './audience.js';
import type { DueStep, OwedFacts } from './sweep.repository.js';

const PLANS = join(import.meta.dirname, '../../../../plans');
const ladder = loadLadders(join(PLANS, 'ladders')).get('default')!;
const today = new Today(Temporal.Instant.from('2020-06-19T01:00:00Z'), loadWorkingCalendar(join(PLANS, 'calendar')));
const AGENCIES = ['SCT', 'SNNPTNT', 'VPUBND', 'UBNDTP'];

const people = (agencyId: string, reachable = true): ContactRow[] =>
  (['FOCAL', 'HEAD'] as const).map((role) => ({ id: `${agencyId}/${role}`, agencyId, role, reachable }));

function known(unreachable: readonly string[] = []): Known {
  return {
    agencies: new Map(AGENCIES.map((code) => [code, { code, name: `Cơ quan ${code}`, nameEn: `Agency ${code}` }])),
    contacts: new Map(['SCT', 'SNNPTNT', 'VPUBND'].map((code) => [code, people(code, !unreachable.includes(code))])),
    plans: new Map([
      [
        'plan',
        {
          id: 'plan',
          documentNumber: '100/KH-UBND',
          issuedOn: '2020-05-15',
          title: 'Kế hoạch',
          programme: 'OCOP 2020',
          standingAgencyId: 'SNNPTNT',
          cityOfficeId: 'VPUBND',
        },
      ],
    ]),
    ladders: new Map([['default', ladder]]),
  };
}

const owes = (id: string, facts: Partial<OwedFacts> = {}): OwedFacts => ({
  id,
  plan_id: 'plan',
  generation: 1,
  kind: 'periodic-report',
  title: 'Báo cáo tháng',
  title_en: 'Monthly report',
  period: 'tháng 6/2020',
  period_en: 'June 2020',
  window_from: '2020-05-15',
  window_to: '2020-06-14',
  debtor_id: 'SCT',
  creditor_id: 'SNNPTNT',
  due_on: '2020-06-17',
  chasings: 1,
  next_debtor: ['chase-2', '2020-06-22'],
  next_superior: ['escalated-city', '2020-06-25'],
  ladder_id: 'default',
  ...facts,
});
function step(obligationId: string, rung: string): DueStep {
  const { level, track } = ladder.rungs.find((one) => one.code === rung)!;
  return { id: `${obligationId}.${rung}`, obligation_id: obligationId, rung, ordinal: 1, level, track };
}
const heard = (told: ReturnType<typeof announce>['told']) => told.map((one) => `${one.contactId} ${one.item.section} ${one.item.rung}`);

describe('a fired step', () => {
  it('is told to whom its rung speaks, with what is owed and what comes next', () => {
    const { told, cases, unreachable, prepared } = announce([step('A', 'CHASE_1')], [owes('A')], [], known(), today);
    expect(heard(told)).toEqual([
      'SCT/FOCAL owes CHASE_1',
      'SCT/HEAD owes CHASE_1',
      'SNNPTNT/FOCAL copied CHASE_1',
      'SNNPTNT/HEAD copied CHASE_1',
    ]);
    expect(told[0]?.item).toMatchObject({
      debtor: { code: 'SCT' },
      creditor: { code: 'SNNPTNT' },
      window: { from: '2020-05-15', to: '2020-06-14' },
      workingDaysLeft: -2,
      next: { level: 'chase-2', on: '2020-06-22' },
      path: '/obligations/A',
    });
    expect([cases, unreachable, prepared]).toEqual([[], [], []]);
  });

  it('that escalates opens a case at its level and tells it what comes next there', () => {
    const { told, cases } = announce([step('A', 'ESCALATE_STANDING')], [owes('A')], [], known(), today);
    expect(cases).toEqual([{ level: 'standing-agency', agencyId: 'SCT', obligationId: 'A', contactId: null }]);
    expect(told.map((one) => one.item.next)).toEqual(Array(2).fill({ level: 'escalated-city', on: '2020-06-25' }));
  });

  it('that escalates the standing agency opens its case at the city office', () => {
    const { told, cases } = announce([step('A', 'ESCALATE_STANDING')], [owes('A', { debtor_id: 'SNNPTNT' })], [], known(), today);
    expect(cases.map((one) => [one.level, one.agencyId])).toEqual([['city-office', 'SNNPTNT']]);
    expect(heard(told)).toEqual(['VPUBND/FOCAL escalated ESCALATE_STANDING', 'VPUBND/HEAD escalated ESCALATE_STANDING']);
  });

  it('that is the last one prepares an item for the city office, which only a person sends: nobody there is told, and no case is raised', () => {
    const { told, cases, prepared } = announce([step('A', 'ESCALATE_CITY')], [owes('A', { generation: 2 })], [], known(), today);
    expect(prepared).toEqual([{ obligationId: 'A', generation: 2, rung: 'ESCALATE_CITY' }]);
    expect(cases).toEqual([]);
    expect(heard(told)).toEqual(['SNNPTNT/FOCAL escalated ESCALATE_CITY', 'SNNPTNT/HEAD escalated ESCALATE_CITY']);
    expect(told.map((one) => one.item.document)).toEqual(Array(2).fill({ id: documentId(cityListKey('A', 2)), number: null }));
  });

  it('that is the last one of the standing agency itself is told to the city office at once, as a case: it would not report itself [SEED-40]', () => {
    const { told, cases, prepared } = announce([step('A', 'ESCALATE_CITY')], [owes('A', { debtor_id: 'SNNPTNT' })], [], known(), today);
    expect([cases.map((one) => [one.level, one.agencyId]), prepared]).toEqual([[['city-office', 'SNNPTNT']], []]);
    expect(heard(told)).toEqual(['VPUBND/FOCAL escalated ESCALATE_CITY', 'VPUBND/HEAD escalated ESCALATE_CITY']);
    expect(told.map((one) => one.item.document)).toEqual([null, null]);
  });

  it('of a ladder that was frozen before still tells the city office by itself, as that ladder says', () => {
    const last = { ...ladder.rungs.at(-1)!, prepares: undefined };
    const rungs: Rung[] = [
      ...ladder.rungs.slice(0, -1),
      { ...last, audiences: [{ who: 'city-office', as: 'escalated' }], raises: 'city-office' },
    ];
    const frozen = { ...known(), ladders: new Map([['default', { ...ladder, rungs }]]) };
    const { told, cases, prepared } = announce([step('A', 'ESCALATE_CITY')], [owes('A')], [], frozen, today);
    expect([cases.map((one) => one.level), prepared]).toEqual([['city-office'], []]);
    expect(heard(told)).toEqual(['VPUBND/FOCAL escalated ESCALATE_CITY', 'VPUBND/HEAD escalated ESCALATE_CITY']);
  });

  it('that escalates the city office to itself tells nobody, and is a case for the standing agency [SEED-40]', () => {
    const answer = announce([step('A', 'ESCALATE_CITY')], [owes('A', { debtor_id: 'VPUBND' })], [], known(), today);
    const raised = { level: 'standing-agency', agencyId: 'VPUBND', obligationId: 'A', contactId: null };
    expect(answer).toEqual({ told: [], cases: [raised], unreachable: [], prepared: [] });
  });

  it('asks the creditor, or where it has no focal person whoever answers for the debtor, never the debtor itself', () => {
    const ask = (creditor: string) =>
      announce([step('A', 'DUE')], [owes('A', { creditor_id: creditor })], [], known(), today).told[0]?.askContactId;
    expect([ask('VPUBND'), ask('UBNDTP')]).toEqual(['VPUBND/FOCAL', 'SNNPTNT/FOCAL']);
    const [own] = announce([step('A', 'DUE')], [owes('A', { debtor_id: 'SNNPTNT', creditor_id: 'UBNDTP' })], [], known(), today).told;
    expect(own?.askContactId).toBe('VPUBND/FOCAL');
  });

  it('names whom to call at the debtor to those who are to act, and to nobody else', () => {
    const { told } = announce([step('A', 'CHASE_1'), step('A', 'ESCALATE_STANDING')], [owes('A')], [], known(), today);
    expect(new Set(told.map(({ item }) => `${item.section} ${String(item.contactId)}`))).toEqual(
      new Set(['escalated SCT/FOCAL', 'owes null', 'copied null']),
    );
  });

  it('of a rung that its ladder does not have is a fault, not a mail less', () => {
    expect(() => announce([{ ...step('A', 'DUE'), rung: 'CHASE_9' }], [owes('A')], [], known(), today)).toThrow(
      /A\.DUE belongs to no rung/,
    );
  });
});

describe('an item that was sent to the city office', () => {
  const letter = { rung: 'ESCALATE_CITY', documentId: 'D', letterNumber: '1888/SNN-KHTC' };

  it('is a case there and is told its people, with the number of the letter', () => {
    const { told, cases, prepared } = announceReport(letter, owes('A', { next_superior: null, next_debtor: null }), known(), today);
    expect([cases.map((one) => [one.level, one.agencyId]), prepared]).toEqual([[['city-office', 'SCT']], []]);
    expect(heard(told)).toEqual(['VPUBND/FOCAL escalated ESCALATE_CITY', 'VPUBND/HEAD escalated ESCALATE_CITY']);
    expect(told[0]?.item).toMatchObject({
      document: { id: 'D', number: '1888/SNN-KHTC' },
      level: 'escalated-city',
      contactId: 'SCT/FOCAL',
    });
  });

  it('where nobody can be written to is a case about that as well', () => {
    const { told, cases, unreachable } = announceReport(letter, owes('A'), known(['VPUBND']), today);
    expect([told, cases.length, unreachable.map((one) => [one.level, one.agencyId])]).toEqual([[], 1, [['standing-agency', 'VPUBND']]]);
  });
});

describe('an agency with nobody to write to', () => {
  it('is a case for the level above it', () => {
    const { told, unreachable } = announce([step('A', 'REMIND_1')], [owes('A')], [], known(['SCT']), today);
    expect(told).toEqual([]);
    expect(unreachable).toEqual([{ level: 'standing-agency', agencyId: 'SCT', obligationId: 'A', contactId: null }]);
  });

  it('that is the standing agency is a case for the city office', () => {
    const { unreachable } = announce([step('A', 'ESCALATE_STANDING')], [owes('A')], [], known(['SNNPTNT']), today);
    expect(unreachable.map((one) => [one.level, one.agencyId])).toEqual([['city-office', 'SNNPTNT']]);
  });
});

describe('whoever is told that something is owed', () => {
  const besides = { ...owes('B', { title: 'Báo cáo năm' }), told_rung: 'REMIND_1' };

  it('is told what the agency owes besides, under the rung that was told last', () => {
    const { told } = announce([step('A', 'DUE')], [owes('A')], [besides], known(), today);
    expect(heard(told)).toEqual(['SCT/FOCAL owes DUE', 'SCT/FOCAL owes REMIND_1']);
  });

  it('is not told what others owe', () => {
    const other = { ...owes('B', { debtor_id: 'VPUBND' }), told_rung: 'REMIND_1' };
    const { told } = announce([step('A', 'DUE')], [owes('A')], [other], known(), today);
    expect(heard(told)).toEqual(['SCT/FOCAL owes DUE']);
  });

  it('is one who owes it: who is copied or escalated to hears only of that', () => {
    const { told } = announce([step('A', 'ESCALATE_STANDING')], [owes('A')], [besides], known(), today);
    expect(heard(told)).toEqual(['SNNPTNT/FOCAL escalated ESCALATE_STANDING', 'SNNPTNT/HEAD escalated ESCALATE_STANDING']);
  });
});
