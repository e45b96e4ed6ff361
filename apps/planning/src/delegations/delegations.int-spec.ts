import { Temporal } from 'temporal-polyfill';
import type { delegate, PayloadOf } from '#contracts';
import { at, PlanningFixture, planWith } from '../obligations/planning.int-fixture.js';
import { Delegate } from './delegate.js';
import { DelegationRepository } from './delegation.repository.js';
import { RevokeDelegation } from './revoke-delegation.js';

const ID = '7b1f8a52-0b57-4a34-9d0e-6f4f3f7c1f10';
const NOWHERE = '11111111-1111-4111-8111-111111111111';
let planning: PlanningFixture;

beforeEach(async () => {
  planning = await PlanningFixture.start('2020-06-15T09:00');
  // Two more people, so that chains can be made.
  await planning.import(
    planWith([
      '      - { role: HEAD, name: Bùi Quang Huy,',
      `      - { role: DEPUTY, name: Người Mẫu Một, email: pho@sct.hanoi.example }
      - { role: CLERK, name: Người Mẫu Hai, email: van-thu@sct.hanoi.example }
      - { role: HEAD, name: Bùi Quang Huy,`,
    ]),
  );
});
afterEach(() => planning.stop());

const idOf = async (role: string, agency = 'SCT') =>
  (await planning.database.contact.findFirstOrThrow({ where: { role, active: true, agency: { code: agency } } })).id;
const set = async (from: string, to: string, changes: Partial<PayloadOf<typeof delegate>> = {}, id?: string) =>
  planning.get(Delegate).execute(
    {
      contactId: await idOf(from),
      toContactId: await idOf(to),
      fromOn: '2020-06-16',
      toOn: '2020-06-19',
      reason: 'Đi công tác',
      ...changes,
    },
    planning.message(id),
  );
const revoke = (delegationId: string, seenVersion?: number, id?: string) =>
  planning
    .get(RevokeDelegation)
    .execute({ delegationId, reason: 'Về sớm', ...(seenVersion === undefined ? {} : { seenVersion }) }, planning.message(id));
const events = async () => {
  const rows = await planning.database.outbox.findMany({ where: { name: 'planning.delegation-changed.v1' }, orderBy: { seq: 'asc' } });
  return rows.map(({ envelope }) => (envelope as { payload: unknown }).payload);
};
const refused = async (work: () => Promise<unknown>, code: string) => {
  expect(await planning.refused(work)).toBe(code);
};

describe('a delegation', () => {
  it('is kept with whoever set it, and told with ids and days alone', async () => {
    const [contactId, toContactId] = [await idOf('HEAD'), await idOf('DEPUTY')];
    const { delegationId } = await set('HEAD', 'DEPUTY');
    expect(await events()).toEqual([
      { delegationId, version: 1, contactId, toContactId, fromOn: '2020-06-16', toOn: '2020-06-19', revoked: false },
    ]);
    expect(await planning.database.delegation.findMany()).toMatchObject([{ setBy: 'tester', reason: 'Đi công tác', version: 1 }]);
    const history = await planning.database.history.findMany({ where: { subject: 'delegation', subjectId: delegationId } });
    expect(history).toMatchObject([{ what: 'delegated', detail: { contactId, toContactId, fromOn: '2020-06-16', toOn: '2020-06-19' } }]);
  });

  it('is in force on its days and no other', async () => {
    await set('HEAD', 'DEPUTY');
    const shown = async (today: string) => {
      planning.clock.set(at(`2020-06-${today}T09:00`));
      const ask = { limit: 10, agency: 'SCT', on: `2020-06-${today}` };
      const [one] = await planning.get(DelegationRepository).list(ask, Temporal.PlainDate.from(`2020-06-${today}`), 10, undefined);
      return one?.inForce ?? false;
    };
    expect([await shown('15'), await shown('16'), await shown('19'), await shown('20')]).toEqual([false, true, true, false]);
  });

  it('is set once by a message that comes twice, and one of two that overlap is refused, also at once', async () => {
    const first = await set('HEAD', 'DEPUTY', {}, ID);
    expect(await set('HEAD', 'DEPUTY', {}, ID)).toEqual(first);
    await refused(() => set('HEAD', 'CLERK', { fromOn: '2020-06-19', toOn: '2020-06-22' }), 'delegation-overlaps');
    const outcomes = await Promise.allSettled([set('FOCAL', 'CLERK'), set('FOCAL', 'DEPUTY')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'delegation-overlaps' } });
  });

  it('does not come back to where it began, also when two are set at once', async () => {
    const outcomes = await Promise.allSettled([set('HEAD', 'DEPUTY'), set('DEPUTY', 'HEAD')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'delegation-circle' } });
  });

  it('may be the third hop of a chain', async () => {
    await set('HEAD', 'DEPUTY');
    await set('DEPUTY', 'FOCAL');
    expect(await set('FOCAL', 'CLERK')).toMatchObject({ version: 1 });
    await refused(() => set('CLERK', 'HEAD'), 'delegation-circle');
  });

  it('is refused for people who are not there, of another agency, or the same, and for days that are over or backwards', async () => {
    await refused(() => set('HEAD', 'DEPUTY', { contactId: NOWHERE }), 'contact-not-found');
    await refused(() => set('HEAD', 'HEAD'), 'delegate-to-oneself');
    await refused(async () => set('HEAD', 'DEPUTY', { toContactId: await idOf('FOCAL', 'STC') }), 'other-agency');
    await refused(() => set('HEAD', 'DEPUTY', { toOn: '2020-06-15' }), 'period-backwards');
    await refused(() => set('HEAD', 'DEPUTY', { fromOn: '2020-06-14' }), 'period-past');
    const gone = await idOf('DEPUTY');
    await planning.import();
    await refused(() => set('HEAD', 'FOCAL', { toContactId: gone }), 'contact-retired');
  });
});

describe('a delegation that is revoked', () => {
  it('is told, and leaves its days to another', async () => {
    const { delegationId } = await set('HEAD', 'DEPUTY');
    planning.clock.set(at('2020-06-17T10:00'));
    const first = await revoke(delegationId, 1, ID);
    expect(first).toMatchObject({ delegationId, version: 2 });
    expect(await revoke(delegationId, 1, ID)).toEqual(first);
    expect((await events()).at(-1)).toMatchObject({ delegationId, version: 2, revoked: true });
    expect(await planning.database.delegation.findMany()).toMatchObject([{ revokedBy: 'tester' }]);
    expect(await set('HEAD', 'CLERK', { fromOn: '2020-06-17' })).toMatchObject({ version: 1 });
  });

  it('is refused when there is none, when it was revoked or is over, and to one of two at once', async () => {
    await refused(() => revoke(NOWHERE), 'delegation-not-found');
    const { delegationId } = await set('HEAD', 'DEPUTY');
    const outcomes = await Promise.allSettled([revoke(delegationId, 1), revoke(delegationId, 1)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await refused(() => revoke(delegationId, 1), 'changed-meanwhile');
    await refused(() => revoke(delegationId), 'delegation-revoked');
    const other = await set('FOCAL', 'CLERK');
    planning.clock.set(at('2020-06-20T00:00'));
    await refused(() => revoke(other.delegationId), 'delegation-over');
  });
});
