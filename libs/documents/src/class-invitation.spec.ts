import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { classInvitation, type InvitationFacts } from './class-invitation.js';

const FACTS: InvitationFacts = {
  method: 'request',
  sequence: 0,
  classCode: 'DL-03',
  classTitle: 'Tập huấn kỹ năng du lịch cộng đồng',
  venue: { name: 'Nhà văn hóa xã Vạn Phúc', address: 'phường Vạn Phúc, quận Hà Đông' },
  sessions: [
    {
      id: '8a1f',
      ordinal: 1,
      date: Temporal.PlainDate.from('2020-06-16'),
      startsAt: '08:00',
      endsAt: '11:30',
      topic: 'Tổng quan; du lịch, nông thôn',
    },
    {
      id: '8a20',
      ordinal: 2,
      date: Temporal.PlainDate.from('2020-06-16'),
      startsAt: '13:30',
      endsAt: '17:00',
      topic: 'Kỹ năng đón tiếp'.normalize('NFD'),
    },
  ],
  organiser: { name: 'Sở Nông nghiệp và Phát triển nông thôn', address: 'lop@so.example' },
  attendee: { name: 'Trần Thị Mẫu, "ThS"\r\nBEGIN:VALARM', address: 'mau@truong.example' },
  domain: 'dondoc.example',
  madeAt: Temporal.Instant.from('2020-06-09T01:00:00Z'),
};

/** What another program makes of it. */
function opened(facts: InvitationFacts) {
  const calendar = new ICAL.Component(ICAL.parse(classInvitation(facts)) as never);
  return {
    method: calendar.getFirstPropertyValue('method'),
    parts: calendar.getAllSubcomponents().map(({ name }) => name),
    events: calendar.getAllSubcomponents('vevent').map((component) => ({ component, event: new ICAL.Event(component) })),
  };
}

describe('an invitation to a class', () => {
  it('asks for one event for each session, at its time in Viet Nam, and nothing else', () => {
    const { method, parts, events } = opened(FACTS);
    expect([method, parts]).toEqual(['REQUEST', ['vevent', 'vevent']]);
    expect(events.map(({ event }) => [event.uid, event.startDate.toString(), event.endDate.toString(), event.startDate.zone.tzid])).toEqual(
      [
        ['8a1f@dondoc.example', '2020-06-16T01:00:00Z', '2020-06-16T04:30:00Z', 'UTC'],
        ['8a20@dondoc.example', '2020-06-16T06:30:00Z', '2020-06-16T10:00:00Z', 'UTC'],
      ],
    );
  });

  it('says what, where, and of when it is', () => {
    const { component, event } = opened(FACTS).events[0]!;
    expect([event.summary, event.location, event.description]).toEqual([
      'Lớp DL-03, buổi 1: Tổng quan; du lịch, nông thôn',
      'Nhà văn hóa xã Vạn Phúc, phường Vạn Phúc, quận Hà Đông',
      'Tập huấn kỹ năng du lịch cộng đồng',
    ]);
    expect(String(component.getFirstPropertyValue('dtstamp'))).toBe('2020-06-09T01:00:00Z');
    expect([component.getFirstPropertyValue('status'), event.sequence]).toEqual(['CONFIRMED', 0]);
    expect(opened(FACTS).events[1]!.event.summary).toBe('Lớp DL-03, buổi 2: Kỹ năng đón tiếp'.normalize('NFC'));
  });

  it('comes from the organiser to the attendee, whose name adds no line of its own', () => {
    const { component, event } = opened(FACTS).events[0]!;
    const organiser = component.getFirstProperty('organizer')!;
    expect([event.organizer, organiser.getParameter('cn')]).toEqual(['mailto:lop@so.example', 'Sở Nông nghiệp và Phát triển nông thôn']);
    const attendee = component.getFirstProperty('attendee')!;
    expect([
      String(attendee.getFirstValue()).toLowerCase(),
      attendee.getParameter('cn'),
      attendee.getParameter('rsvp'),
      attendee.getParameter('partstat'),
    ]).toEqual(['mailto:mau@truong.example', 'Trần Thị Mẫu, ”ThS” BEGIN:VALARM', 'TRUE', 'NEEDS-ACTION']);
  });

  it('moves a session that was invited to before: the same UID, a higher sequence, another time', () => {
    const later = {
      ...FACTS,
      sequence: 1,
      sessions: FACTS.sessions.map((session) => ({ ...session, date: session.date.add({ weeks: 1 }) })),
    };
    expect(opened(later).events.map(({ event }) => [event.uid, event.sequence, event.startDate.toString()])).toEqual([
      ['8a1f@dondoc.example', 1, '2020-06-23T01:00:00Z'],
      ['8a20@dondoc.example', 1, '2020-06-23T06:30:00Z'],
    ]);
  });

  it('cancels', () => {
    const { method, events } = opened({ ...FACTS, method: 'cancel', sequence: 2 });
    expect(method).toBe('CANCEL');
    expect(events.map(({ component, event }) => [event.uid, event.sequence, component.getFirstPropertyValue('status')])).toEqual([
      ['8a1f@dondoc.example', 2, 'CANCELLED'],
      ['8a20@dondoc.example', 2, 'CANCELLED'],
    ]);
    expect(events[0]!.event.summary).toMatch(/^ĐÃ HỦY: /);
  });

  it('is the same file for the same facts, in lines that any mail program takes', () => {
    const file = classInvitation(FACTS);
    expect(classInvitation(FACTS)).toBe(file);
    expect(file.split('\r\n').filter((one) => Buffer.byteLength(one) > 75 || one.includes('\n'))).toEqual([]);
  });
});
