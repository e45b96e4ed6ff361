import fc from 'fast-check';
import { audienceRoles, type Audience } from '#ladder';
import { addressees, levelAbove, type ContactRow, type Line } from './audience.js';

const LINE: Line = { debtorId: 'debtor', standingAgencyId: 'standing', cityOfficeId: 'city' };
const contact = (agencyId: string, role: ContactRow['role'], reachable = true): ContactRow => ({
  id: `${agencyId}/${role}`,
  agencyId,
  role,
  reachable,
});
const addressed = (who: Audience['who'], contacts: readonly ContactRow[], line = LINE) =>
  addressees({ who, as: 'owes' }, line, (agencyId) => contacts.filter((one) => one.agencyId === agencyId));

describe('the people of a debtor', () => {
  it.each([
    ['focal', ['FOCAL', 'HEAD', 'DEPUTY', 'CLERK'], 'FOCAL'],
    ['focal', ['HEAD', 'CLERK', 'DEPUTY'], 'DEPUTY'],
    ['focal', ['HEAD', 'CLERK'], 'CLERK'],
    ['focal', ['HEAD'], 'HEAD'],
    ['head', ['FOCAL', 'HEAD', 'DEPUTY', 'CLERK'], 'HEAD'],
    ['head', ['FOCAL', 'CLERK', 'DEPUTY'], 'DEPUTY'],
    ['head', ['CLERK', 'FOCAL'], 'FOCAL'],
    ['head', ['CLERK'], 'CLERK'],
  ] as const)('for the %s, of %j, are the %s', (who, roles, expected) => {
    const contacts = roles.map((role) => contact('debtor', role));
    expect(addressed(who, contacts)?.contactIds).toEqual([`debtor/${expected}`]);
  });

  it('are all who have the role', () => {
    const two = [contact('debtor', 'FOCAL'), { ...contact('debtor', 'FOCAL'), id: 'second' }, contact('debtor', 'HEAD')];
    expect(addressed('focal', two)?.contactIds).toEqual(['debtor/FOCAL', 'second']);
  });

  it('are not those whose address was refused, while somebody else can be reached', () => {
    const contacts = [contact('debtor', 'FOCAL', false), contact('debtor', 'HEAD')];
    expect(addressed('focal', contacts)?.contactIds).toEqual(['debtor/HEAD']);
  });

  it('are none, but of a known agency, when nobody can be reached', () => {
    expect(addressed('focal', [contact('debtor', 'FOCAL', false)])).toEqual({ contactIds: [], as: 'owes', agencyId: 'debtor' });
  });
});

describe('the people above a debtor', () => {
  const everybody = ['debtor', 'standing', 'city'].flatMap((agency) => [contact(agency, 'FOCAL'), contact(agency, 'HEAD')]);

  it('are the focal person and the head, each once', () => {
    expect(addressed('standing-agency', everybody)?.contactIds).toEqual(['standing/FOCAL', 'standing/HEAD']);
    expect(addressed('standing-agency', [contact('standing', 'DEPUTY')])?.contactIds).toEqual(['standing/DEPUTY']);
  });

  it('are at the city office when the debtor is the standing agency itself', () => {
    const line = { ...LINE, debtorId: 'standing' };
    expect(addressed('standing-agency', everybody, line)?.agencyId).toBe('city');
    expect(addressed('city-office', everybody, line)?.agencyId).toBe('city');
    expect(levelAbove('standing-agency', line)).toEqual({ level: 'city-office', agencyId: 'city' });
  });

  it('are nobody when the debtor is the city office itself', () => {
    const line = { ...LINE, debtorId: 'city' };
    expect(addressed('city-office', everybody, line)).toBeNull();
    expect(levelAbove('city-office', line)).toBeNull();
    expect(addressed('standing-agency', everybody, line)?.agencyId).toBe('standing');
  });
});

describe('whatever the line and whoever can be reached', () => {
  const agency = fc.constantFrom('a', 'b', 'c', 'd');
  const line = fc.record({ debtorId: agency, standingAgencyId: agency, cityOfficeId: agency });
  const contacts = fc.array(
    fc.record({
      id: fc.uuid(),
      agencyId: agency,
      role: fc.constantFrom<ContactRow['role'][]>('FOCAL', 'HEAD', 'DEPUTY', 'CLERK'),
      reachable: fc.boolean(),
    }),
    { maxLength: 12 },
  );

  it('nobody is escalated to themselves', () => {
    fc.assert(
      fc.property(line, contacts, fc.constantFrom('standing-agency', 'city-office'), (drawn, people, who) => {
        const found = addressed(who, people, drawn);
        expect(found?.agencyId).not.toBe(drawn.debtorId);
        for (const id of found?.contactIds ?? []) expect(people.find((one) => one.id === id)?.agencyId).not.toBe(drawn.debtorId);
      }),
    );
  });

  it('those addressed belong to one agency, can be reached, and are named once; somebody is, if anybody there can be', () => {
    fc.assert(
      fc.property(line, contacts, fc.constantFrom(...audienceRoles), (drawn, people, who) => {
        const found = addressed(who, people, drawn);
        if (!found) return;
        const there = people.filter((one) => one.agencyId === found.agencyId && one.reachable).map((one) => one.id);
        expect(there).toEqual(expect.arrayContaining([...found.contactIds]));
        expect(new Set(found.contactIds).size).toBe(found.contactIds.length);
        expect(found.contactIds.length > 0).toBe(there.length > 0);
      }),
    );
  });
});
