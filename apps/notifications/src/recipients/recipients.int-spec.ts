import { randomUUID } from 'node:crypto';
import { messageAt } from '#testing';
import { at, chau, industry, james, lan, NotificationsFixture, type AgencyChanged } from '../delivery/notifications.int-fixture.js';
import { addressee, RecipientRepository } from './recipient.repository.js';

let service: NotificationsFixture;

beforeAll(async () => {
  service = await NotificationsFixture.start('2020-06-18T08:00');
});
afterAll(() => service.stop());

const NOW = at('2020-06-18T08:00');
/** An agency of its own for each test, at a version. */
const agency = (version: number, changes: Partial<AgencyChanged> = {}): AgencyChanged => ({
  ...industry,
  agencyId: randomUUID(),
  version,
  contacts: [
    { ...lan, contactId: randomUUID(), language: 'vi' },
    { ...james, contactId: randomUUID(), language: 'en' },
  ],
  ...changes,
});
const kept = async ({ agencyId }: AgencyChanged) => {
  const row = await service.database.agency.findUniqueOrThrow({
    where: { id: agencyId },
    include: { recipients: { orderBy: { role: 'asc' } } },
  });
  return { ...row, recipients: row.recipients.map(({ role, name, active }) => `${role} ${name} ${active ? 'active' : 'retired'}`) };
};

describe('an agency that notifications hears of', () => {
  it('is kept with everybody to write to', async () => {
    const event = agency(1);
    await service.hear(event);
    expect(await kept(event)).toMatchObject({
      code: 'SCT',
      version: 1,
      recipients: ['FOCAL Nguyễn Thị Lan active', 'HEAD James Hill active'],
    });
    const row = await service.database.recipient.findUniqueOrThrow({ where: { id: event.contacts[0]!.contactId } });
    expect(row).toMatchObject({ email: lan.email, phone: lan.phone, language: 'vi', agencyId: event.agencyId });
  });

  it('is followed to a newer version', async () => {
    const event = agency(1);
    await service.hear(event);
    const [focal, head] = [event.contacts[0]!, event.contacts[1]!];
    await service.hear({ ...event, version: 2, name: 'Sở mới', contacts: [{ ...focal, name: 'Trần Văn Bình', language: 'vi+en' }, head] });
    expect(await kept(event)).toMatchObject({
      name: 'Sở mới',
      version: 2,
      recipients: ['FOCAL Trần Văn Bình active', 'HEAD James Hill active'],
    });
  });

  it('does not go back to an older version that arrives late, nor to another event of the same version', async () => {
    const event = agency(5);
    await service.hear(event);
    for (const version of [4, 5]) await service.hear({ ...event, version, name: 'altered', contacts: [] });
    expect(await kept(event)).toMatchObject({
      name: industry.name,
      version: 5,
      recipients: ['FOCAL Nguyễn Thị Lan active', 'HEAD James Hill active'],
    });
  });

  it('is kept once when its message comes twice', async () => {
    const [event, message] = [agency(1), messageAt(NOW)];
    await service.hear(event, message);
    await service.hear({ ...event, version: 9, name: 'altered' }, message);
    expect(await kept(event)).toMatchObject({ name: industry.name, version: 1 });
  });

  it('is kept at the newest of versions that are heard at once', async () => {
    const event = agency(1);
    const versions = Array.from({ length: 20 }, (_, index) => ((index * 7) % 20) + 1);
    await Promise.all(
      versions.map((version) =>
        service.hear({ ...event, version, contacts: [{ ...event.contacts[0]!, name: `version ${String(version)}` }] }, messageAt(NOW)),
      ),
    );
    expect(await kept(event)).toMatchObject({ version: 20, recipients: ['FOCAL version 20 active'] });
  });
});

describe('a contact', () => {
  it('that the agency no longer names is retired, and kept for what was sent', async () => {
    const event = agency(1);
    await service.hear(event);
    await service.hear({ ...event, version: 2, contacts: [event.contacts[1]!] });
    expect((await kept(event)).recipients).toEqual(['FOCAL Nguyễn Thị Lan retired', 'HEAD James Hill active']);
  });

  it('that it names again is written to again', async () => {
    const event = agency(1);
    await service.hear(event);
    await service.hear({ ...event, version: 2, contacts: [] });
    expect((await kept(event)).recipients).toEqual(['FOCAL Nguyễn Thị Lan retired', 'HEAD James Hill retired']);
    await service.hear({ ...event, version: 3 });
    expect((await kept(event)).recipients).toEqual(['FOCAL Nguyễn Thị Lan active', 'HEAD James Hill active']);
  });

  it('of another agency stays as it is', async () => {
    const [one, other] = [agency(1), agency(1)];
    await service.hear(one);
    await service.hear(other);
    await service.hear({ ...one, version: 2, contacts: [] });
    expect((await kept(other)).recipients).toEqual(['FOCAL Nguyễn Thị Lan active', 'HEAD James Hill active']);
  });

  it('that moved to another agency is written to there, whatever its old agency says later', async () => {
    const [from, to] = [agency(1), agency(1, { contacts: [] })];
    await service.hear(from);
    await service.hear({ ...to, version: 2, contacts: [from.contacts[0]!] });
    await service.hear({ ...from, version: 2, contacts: [from.contacts[1]!] });
    expect((await kept(to)).recipients).toEqual(['FOCAL Nguyễn Thị Lan active']);
    expect((await kept(from)).recipients).toEqual(['HEAD James Hill active']);
  });
});

describe('an addressee', () => {
  const known = () => service.get(RecipientRepository).find(service.database, [lan.contactId, james.contactId, chau.contactId]);

  it('is known with its agency, and with whom to ask', async () => {
    expect(addressee(lan.contactId, chau.contactId, await known())).toEqual({
      id: lan.contactId,
      agencyId: industry.agencyId,
      agencyCode: 'SCT',
      name: lan.name,
      email: lan.email,
      language: 'vi',
      withheld: null,
      people: {
        recipientName: lan.name,
        standsInFor: null,
        agencyName: industry.name,
        agencyNameEn: industry.nameEn,
        ask: {
          name: chau.name,
          agencyName: 'Sở Nông nghiệp và Phát triển nông thôn',
          agencyNameEn: 'Department of Agriculture and Rural Development',
          phone: chau.phone,
        },
      },
    });
  });

  it.each([
    ['nobody', null],
    ['itself', lan.contactId],
    ['somebody unknown', randomUUID()],
  ])('is not told to ask %s', async (_, askContactId) => {
    expect(addressee(lan.contactId, askContactId, await known())?.people.ask).toBeNull();
  });

  it('is not told to ask somebody who left', async () => {
    const all = await known();
    const left = new Map([...all].map(([id, one]) => [id, id === chau.contactId ? { ...one, active: false } : one]));
    expect(addressee(lan.contactId, chau.contactId, left)?.people.ask).toBeNull();
  });

  it('that nobody told of is not known', async () => {
    expect(addressee(randomUUID(), null, await known())).toBeUndefined();
  });
});
