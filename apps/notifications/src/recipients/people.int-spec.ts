import { randomUUID } from 'node:crypto';
import ICAL from 'ical.js';
import { messageAt } from '#testing';
import { at, chasing, mai, NotificationsFixture, owed, type PersonChanged } from '../delivery/notifications.int-fixture.js';
import { MessageRepository } from '../messages/message.repository.js';
import { sampleInvitation } from '../class-mails/class-samples.js';

let service: NotificationsFixture;

beforeAll(async () => {
  service = await NotificationsFixture.start('2020-06-18T08:00');
});
beforeEach(() => {
  service.clock.set(NOW);
  service.server.mails.length = 0;
  service.server.trouble = () => undefined;
});
afterAll(() => service.stop());

const NOW = at('2020-06-18T08:00');
/** A person of their own for each test. */
const person = (changes: Partial<PersonChanged> = {}): PersonChanged => ({ ...mai, personId: randomUUID(), ...changes });
const kept = ({ personId }: PersonChanged) => service.database.recipient.findUniqueOrThrow({ where: { id: personId } });
const mailTo = ({ personId }: PersonChanged) => chasing('chase-1', [owed('Báo cáo')], { contactId: personId });
const forgotten = (one: PersonChanged, version: number): PersonChanged => ({ ...one, version, active: false, forgotten: true });
const sentTo = () =>
  service.server.mails.map(({ to }) => (Array.isArray(to) ? [] : (to?.value ?? [])).map(({ address }) => address)).flat();

describe('a person that notifications hears of', () => {
  it('is kept with the organisation in words', async () => {
    const one = person();
    await service.hearOf(one);
    expect(await kept(one)).toMatchObject({
      agencyId: null,
      role: 'trainer',
      name: mai.name,
      email: mai.email,
      phone: mai.phone,
      language: 'vi',
      organisation: mai.organisation.name,
      organisationEn: mai.organisation.nameEn,
      active: true,
      forgotten: false,
      version: 1,
    });
  });

  it('is kept at the newest of versions that are heard at once, and as it was when one comes late or twice', async () => {
    const one = person();
    const versions = Array.from({ length: 20 }, (_, index) => ((index * 7) % 20) + 1);
    await Promise.all(versions.map((version) => service.hearOf({ ...one, version, name: `version ${String(version)}` })));
    expect(await kept(one)).toMatchObject({ version: 20, name: 'version 20' });
    const message = messageAt(NOW);
    await service.hearOf({ ...one, version: 21, name: 'twenty-one' }, message);
    await service.hearOf({ ...one, version: 22, name: 'altered' }, message);
    for (const version of [20, 21]) await service.hearOf({ ...one, version, name: 'altered' });
    expect(await kept(one)).toMatchObject({ version: 21, name: 'twenty-one' });
  });
});

describe('a mail to a person', () => {
  it('leaves as to a contact, names the organisation, and is listed with it and without an agency', async () => {
    const one = person({ language: 'vi+en' });
    await service.hearOf(one);
    const [command, message] = [mailTo(one), service.message()];
    for (let delivery = 1; delivery <= 2; delivery++) await expect(service.deliver(command, message)).resolves.toBeNull();
    const [mail, ...more] = service.server.mails;
    expect(more).toEqual([]);
    expect(mail?.to).toMatchObject({ value: [{ name: mai.name, address: mai.email }] });
    expect(mail?.text).toContain('Kính gửi: Ông/Bà Vũ Thị Mai, Học viện Nông nghiệp Mẫu');
    expect(mail?.text).toContain('To: Vũ Thị Mai, Sample Academy of Agriculture');
    const asked = { state: undefined, obligationId: undefined, limit: 10, after: undefined };
    const messages = service.get(MessageRepository);
    expect(await messages.list({ ...asked, recipientId: one.personId, agencyCode: undefined })).toMatchObject([
      { state: 'sent', agencyCode: null, organisation: mai.organisation.name, recipientName: mai.name, deliveredToName: mai.name },
    ]);
    expect(await messages.list({ ...asked, recipientId: one.personId, agencyCode: 'SCT' })).toEqual([]);
  });

  it('that overtakes the event about them waits for it', async () => {
    const [one, message] = [person(), service.message()];
    const command = mailTo(one);
    for (const seconds of [0, 1, 2]) {
      service.clock.advance({ seconds });
      await expect(service.deliver(command, message)).resolves.toBe('2020-06-18T08:00');
    }
    expect(await service.database.message.count({ where: { id: message.id } })).toBe(0);
    await service.hearOf(one);
    await expect(service.deliver(command, message)).resolves.toBeNull();
    expect(sentTo()).toEqual([mai.email]);
  });

  it.each([
    ['is not written to any more', { active: false }, 'the person is no longer written to'],
    ['has no address', { email: null }, 'no mail address of the person is known'],
  ])('who %s is withdrawn', async (_, changes, reason) => {
    const [one, message] = [person(changes), service.message()];
    await service.hearOf(one);
    await expect(service.deliver(mailTo(one), message)).resolves.toBeNull();
    expect(sentTo()).toEqual([]);
    expect(await service.row(message)).toMatchObject({ state: 'withdrawn', reason });
  });

  it('whose server refuses them is told of without an agency, and another address is another try', async () => {
    const [one, message] = [person(), service.message()];
    await service.hearOf(one);
    service.server.trouble = () => ({ kind: 'refuse-recipient', code: 550, message: '5.1.1 no such mailbox' });
    await service.deliver(mailTo(one), message);
    expect((await service.refusals()).map(({ payload }) => payload).filter(({ messageId }) => messageId === message.id)).toMatchObject([
      { contactId: one.personId, agencyId: null, status: '5.1.1' },
    ]);
    expect(await kept(one)).toMatchObject({ refused: true });
    await service.hearOf({ ...one, version: 2, phone: null });
    expect(await kept(one)).toMatchObject({ refused: true });
    await service.hearOf({ ...one, version: 3, email: 'vu.mai@hocvien.example' });
    expect(await kept(one)).toMatchObject({ refused: false });
  });
});

describe('an invitation to teach', () => {
  it('leaves with the link that the trainer answers by, which is kept nowhere', async () => {
    const [one, message] = [person(), service.message()];
    await service.hearOf(one);
    const token = `token-${randomUUID()}`;
    const command = { ...mailTo(one), businessKey: randomUUID(), stream: null, mail: { ...sampleInvitation, token }, obligationIds: [] };
    service.clock.set(at('2020-06-18T18:00'));
    await expect(service.deliver(command, message)).resolves.toBe('2020-06-19T07:30');
    service.clock.set(at('2020-06-19T07:30'));
    await expect(service.deliver(command, message)).resolves.toBeNull();
    expect(service.server.mails).toMatchObject([{ subject: expect.stringMatching(/^\[OCOP 2020\] Mời giảng dạy lớp TH-2020-01: /) }]);
    expect(service.server.mails[0]?.text).toContain(`Xem thư mời và trả lời: https://dondoc.example/invitations/${token}`);
    const { attachments } = service.server.mails[0]!;
    expect(attachments.map(({ filename, headers }) => [filename, headers.get('content-type')])).toMatchObject([
      ['Lịch lớp TH-2020-01, buổi 1.ics', { value: 'text/calendar', params: { method: 'REQUEST' } }],
      ['Lịch lớp TH-2020-01, buổi 3.ics', { value: 'text/calendar', params: { method: 'REQUEST' } }],
      ['Hủy lịch lớp TH-2020-01, buổi 2.ics', { value: 'text/calendar', params: { method: 'CANCEL' } }],
    ]);
    const events = attachments.map(
      ({ content }) => new ICAL.Event(new ICAL.Component(ICAL.parse(content.toString()) as unknown[]).getFirstSubcomponent('vevent')!),
    );
    expect(events.map((event) => [event.uid, event.sequence, event.startDate.toString(), event.endDate.toString()])).toEqual(
      [...sampleInvitation.sessions, ...sampleInvitation.cancelled].map(({ sessionId }, index) => [
        `${sessionId}@hanoi.example`,
        0,
        ...[
          ['2020-07-09T01:00:00Z', '2020-07-09T04:30:00Z'],
          ['2020-07-10T06:30:00Z', '2020-07-10T10:00:00Z'],
          ['2020-07-09T01:00:00Z', '2020-07-09T04:30:00Z'],
        ][index]!,
      ]),
    );
    expect(events[0]?.organizer).toBe('mailto:dondoc@hanoi.example');
    expect(events[0]?.attendees.map((attendee) => String(attendee.getFirstValue()).toLowerCase())).toEqual([`mailto:${mai.email!}`]);
    const row = await service.row(message);
    expect(row).toMatchObject({ state: 'sent', template: 'trainer-invitation', mail: { class: { code: 'TH-2020-01' } } });
    expect(JSON.stringify(row)).not.toContain(token);
  });
});

describe('a person who is forgotten', () => {
  it('is erased from the recipient and from what was sent, and mails that wait are withdrawn', async () => {
    const [one, sent, waiting, doubtful] = [person(), service.message(), service.message(), service.message()];
    await service.hearOf(one);
    await service.deliver(mailTo(one), sent);
    service.clock.set(at('2020-06-18T18:00'));
    const command = mailTo(one);
    await expect(service.deliver(command, waiting)).resolves.toBe('2020-06-19T07:30');
    await service.deliver(mailTo(one), doubtful);
    await service.database.message.update({ where: { id: doubtful.id }, data: { state: 'unknown', reason: 'in doubt' } });
    // A sender that is careless leaves the name in the event; it is erased all the same.
    await service.hearOf(forgotten(one, 2));
    expect(await kept(one)).toMatchObject({ name: null, email: null, phone: null, active: false, forgotten: true });
    expect(await service.row(waiting)).toMatchObject({ state: 'withdrawn', reason: 'the person has been forgotten', nextAttemptAt: null });
    expect(await service.row(doubtful)).toMatchObject({ state: 'unknown', reason: 'in doubt', nextAttemptAt: null });
    service.clock.set(at('2020-06-19T07:30'));
    await expect(service.deliver(command, waiting)).resolves.toBeNull();
    expect(sentTo()).toEqual([mai.email]);
    const { tries, ...row } = await service.database.message.findUniqueOrThrow({ where: { id: sent.id }, include: { tries: true } });
    for (const personal of [mai.name!, mai.email!, mai.phone!]) expect(JSON.stringify([row, tries])).not.toContain(personal);
    expect(await service.get(MessageRepository).story(sent.id)).toMatchObject({
      state: 'sent',
      recipientName: null,
      recipientEmail: null,
      deliveredToName: null,
      organisation: mai.organisation.name,
    });
  });

  it('stays so, whatever is heard later, also where nothing was heard before', async () => {
    const [one, message] = [person(), service.message()];
    await service.hearOf(forgotten(one, 3));
    for (const version of [2, 3, 4]) await service.hearOf({ ...one, version });
    expect(await kept(one)).toMatchObject({ name: null, email: null, phone: null, forgotten: true, version: 3 });
    await service.deliver(mailTo(one), message);
    expect(await service.row(message)).toMatchObject({ state: 'withdrawn', reason: 'the person has been forgotten' });
    expect(sentTo()).toEqual([]);
  });
});
