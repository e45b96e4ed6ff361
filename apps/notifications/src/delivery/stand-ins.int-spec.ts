import { randomUUID } from 'node:crypto';
import { MessageRepository } from '../messages/message.repository.js';
import { messageAt } from '#testing';
import { KeepDelegations } from '../recipients/keep-delegations.js';
import { at, chasing, chau, digest, industry, james, lan, NotificationsFixture, owed } from './notifications.int-fixture.js';

let service: NotificationsFixture;

/** Two more people of the same agency. */
const binh = {
  contactId: randomUUID(),
  role: 'DEPUTY',
  name: 'Trần Văn Bình',
  email: 'binh@sct.example',
  phone: null,
  language: 'vi',
} as const;
const hoa = { contactId: randomUUID(), role: 'CLERK', name: 'Vũ Thị Hoa', email: 'hoa@sct.example', phone: null, language: 'vi' } as const;
const everybody = { ...industry, version: 2, contacts: [...industry.contacts, binh, hoa] };

// The 18th of June 2020 is a Thursday.
beforeEach(async () => {
  service = await NotificationsFixture.start('2020-06-18T08:00');
  await service.hear(everybody);
});
afterEach(() => service.stop());

interface Person {
  readonly contactId: string;
}
const away = (from: Person, to: Person, fromOn: string, toOn: string, delegationId: string = randomUUID()) => ({
  delegationId,
  version: 1,
  contactId: from.contactId,
  toContactId: to.contactId,
  fromOn: `2020-06-${fromOn}`,
  toOn: `2020-06-${toOn}`,
  revoked: false,
});
const report = owed('Báo cáo tháng');
const addressOf = (mail: (typeof service.server.mails)[number] | undefined): string | undefined =>
  mail?.to === undefined || Array.isArray(mail.to) ? undefined : mail.to.value[0]?.address;
/** A mail to Lan, delivered now. @returns the address that got it */
async function deliver(message = service.message(), command = chasing('chase-1', [report])) {
  const before = service.server.mails.length;
  await service.deliver(command, message);
  return addressOf(service.server.mails[before]);
}
const story = (id: string) => service.get(MessageRepository).story(id);

describe('a mail to somebody who is away', () => {
  it('goes to the stand-in, says for whom, and stands on record with both', async () => {
    await service.delegate(away(lan, binh, '18', '19'));
    const message = service.message();
    expect(await deliver(message)).toBe(binh.email);
    expect(service.server.mails[0]?.text).toContain(
      `Kính gửi: Ông/Bà ${binh.name}, thay mặt Ông/Bà ${lan.name} (ủy quyền đến hết ngày 19/06/2020), ${industry.name}`,
    );
    expect(await story(message.id)).toMatchObject({
      recipientId: lan.contactId,
      recipientName: lan.name,
      deliveredToId: binh.contactId,
      deliveredToName: binh.name,
      attempts: [{ deliveredToId: binh.contactId, outcome: 'sent' }],
    });
  });

  it('is written in the language of the stand-in', async () => {
    await service.delegate(away(lan, james, '18', '18'));
    await deliver();
    expect(service.server.mails[0]?.text).toContain(`To: ${james.name}, on behalf of ${lan.name} (delegated until 18/06/2020)`);
  });

  it('is resolved when it leaves: composed on Friday evening, it goes to whoever is there on Monday', async () => {
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    service.clock.set(at('2020-06-19T17:30'));
    expect(await service.deliver(command, message)).toBe('2020-06-22T07:30');
    await service.delegate(away(lan, binh, '22', '26'));
    service.clock.set(at('2020-06-22T07:30'));
    expect(await deliver(message, command)).toBe(binh.email);
    expect(await story(message.id)).toMatchObject({ recipientId: lan.contactId, deliveredToId: binh.contactId });
  });

  it('composed during an absence that is over on Monday goes to whoever it is meant for', async () => {
    await service.delegate(away(lan, binh, '18', '21'));
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    service.clock.set(at('2020-06-19T17:30'));
    await service.deliver(command, message);
    service.clock.set(at('2020-06-22T07:30'));
    expect(await deliver(message, command)).toBe(lan.email);
    expect(await story(message.id)).toMatchObject({ deliveredToId: lan.contactId, deliveredToName: lan.name });
  });

  it('goes to whoever it is meant for when the delegation was revoked meanwhile, whatever arrives late', async () => {
    const delegation = away(lan, binh, '18', '26');
    await service.delegate(delegation);
    service.server.trouble = () => ({ kind: 'refuse-recipient', code: 451, message: 'later' });
    const [command, message] = [chasing('chase-1', [report]), service.message()];
    await service.deliver(command, message);
    await service.delegate({ ...delegation, version: 2, revoked: true });
    await service.delegate(delegation);
    service.server.trouble = () => undefined;
    service.clock.set(at('2020-06-18T08:01'));
    expect(await deliver(message, command)).toBe(lan.email);
    expect((await story(message.id)).attempts.map(({ deliveredToId, outcome }) => [deliveredToId, outcome])).toEqual([
      [binh.contactId, 'retry'],
      [lan.contactId, 'sent'],
    ]);
  });

  it('is passed on three times at most', async () => {
    await service.delegate(away(lan, james, '18', '26'));
    await service.delegate(away(james, binh, '18', '22'));
    await service.delegate(away(binh, hoa, '18', '24'));
    expect(await deliver()).toBe(hoa.email);
    expect(service.server.mails[0]?.text).toContain('ủy quyền đến hết ngày 22/06/2020');
    // A fourth hop, which planning would refuse: the mail stays with the third.
    await service.delegate(away(hoa, chau, '18', '26'));
    expect(await deliver()).toBe(hoa.email);
  });

  it('goes round no circle, not even of delegations that were heard of in the wrong order', async () => {
    await service.delegate(away(lan, james, '18', '26'));
    await service.delegate(away(james, lan, '18', '26'));
    expect(await deliver()).toBe(james.email);
  });

  it('that is a digest goes to the stand-in too', async () => {
    await service.delegate(away(chau, lan, '18', '18'));
    expect(await deliver(service.message(), digest())).toBe(lan.email);
  });

  it('leaves among others at once, each to whoever reads it', async () => {
    await service.delegate(away(lan, binh, '18', '18'));
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        service.deliver(chasing('chase-1', [owed(`Báo cáo ${String(index)}`)], index % 2 === 0 ? lan : james)),
      ),
    );
    const counts = new Map<string | undefined, number>();
    for (const mail of service.server.mails) counts.set(addressOf(mail), (counts.get(addressOf(mail)) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ [binh.email]: 10, [james.email]: 10 });
  });
});

describe('a stand-in who cannot be written to', () => {
  it('and left the agency is passed over', async () => {
    await service.delegate(away(lan, binh, '18', '26'));
    await service.hear({ ...everybody, version: 3, contacts: [...industry.contacts, hoa] });
    expect(await deliver()).toBe(lan.email);
  });

  it('nobody told of yet is passed over', async () => {
    await service.delegate(away(lan, { contactId: randomUUID() }, '18', '26'));
    expect(await deliver()).toBe(lan.email);
  });

  it('is named when the address is refused, and the next mail goes to whoever it is meant for', async () => {
    await service.delegate(away(lan, binh, '18', '26'));
    service.server.trouble = (address) =>
      address === binh.email ? { kind: 'refuse-recipient', code: 550, message: 'no such user' } : undefined;
    const message = service.message();
    expect(await deliver(message)).toBeUndefined();
    expect((await service.refusals()).map(({ payload }) => payload)).toMatchObject([
      { messageId: message.id, contactId: binh.contactId, agencyId: industry.agencyId, status: '550' },
    ]);
    expect(await deliver()).toBe(lan.email);
    // The same address again is no other try; a new one is.
    await service.hear({ ...everybody, version: 3, name: 'Sở mới' });
    expect(await deliver()).toBe(lan.email);
    await service.hear({ ...everybody, version: 4, contacts: [...industry.contacts, hoa, { ...binh, email: 'binh.moi@sct.example' }] });
    expect(await deliver()).toBe('binh.moi@sct.example');
  });
});

it('a delegation is kept once when its message comes twice', async () => {
  const [event, message] = [away(lan, binh, '18', '26'), messageAt(service.clock.now())];
  await service.get(KeepDelegations).execute(event, message);
  await service.get(KeepDelegations).execute({ ...event, version: 5, revoked: true }, message);
  expect(await service.database.delegation.findMany()).toMatchObject([{ version: 1, revoked: false, contactId: lan.contactId }]);
});
