import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { catalogue, isLane, lanesOf, personChanged, sendMail, subscribersOf, useSealingKeys } from '#contracts';
import { samples } from './samples.js';
import { plan, uuid } from './samples/values.js';

const GOLDEN = join(import.meta.dirname, 'golden');
const file = (name: string) => join(GOLDEN, `${name}.json`);

/** Sealed values in the golden files were sealed with this key; it opens nothing else. */
const GOLDEN_KEY = Buffer.alloc(32, 'golden').toString('base64');

describe('contracts', () => {
  beforeAll(() => {
    useSealingKeys([GOLDEN_KEY]);
    if (process.env['UPDATE_DOCS'] === undefined) return;
    // A published sample is never rewritten: only messages that have none yet get one.
    for (const [contract, payload] of samples) {
      if (!existsSync(file(contract.name))) {
        writeFileSync(file(contract.name), JSON.stringify(z.encode(contract.payload, payload), null, 2) + '\n');
      }
    }
  });

  it('have names that occur once', () => {
    expect(catalogue.map((contract) => contract.name)).toEqual([...new Set(catalogue.map((contract) => contract.name))]);
  });

  it.each(catalogue.map((contract) => [contract.name, contract] as const))('%s has a golden sample', (name) => {
    expect(existsSync(file(name)) || `missing: add a sample to test/contracts/samples.ts and run npm run docs`).toBe(true);
  });

  it.each(readdirSync(GOLDEN).map((entry) => [entry.replace(/\.json$/, '')]))('%s, once published, still parses', (name) => {
    const contract = catalogue.find((candidate) => candidate.name === name);
    expect(contract?.name).toBe(name);
    contract?.payload.parse(JSON.parse(readFileSync(file(name), 'utf8')));
  });

  it('travel on lanes that exist', () => {
    for (const contract of catalogue) {
      for (const lane of lanesOf(contract)) expect([contract.name, lane, isLane(lane)]).toEqual([contract.name, lane, true]);
    }
  });

  it('are heard by somebody when they are events', () => {
    for (const contract of catalogue) {
      if (contract.kind === 'event') expect([contract.name, subscribersOf(contract).length > 0]).toEqual([contract.name, true]);
    }
  });

  it('show no name, address or phone of the agencies’ people on the wire', () => {
    const wire = readFileSync(file('planning.agency-changed.v1'), 'utf8');
    expect(wire).toContain('sealed.1.');
    for (const personal of ['Nguyễn Thị Mẫu', 'dau-moi@sct.example', '024 0000 0000']) expect(wire).not.toContain(personal);
  });

  it('show nobody of no agency on the wire, and know a person without a name only as forgotten', () => {
    const wire = readFileSync(file('training.person-changed.v1'), 'utf8');
    for (const personal of ['Vũ Thị Mẫu', 'giang-vien', '0030']) expect(wire.replaceAll(/"personId.*/g, '')).not.toContain(personal);
    const person = JSON.parse(wire) as object;
    expect(personChanged.payload.safeParse({ ...person, name: null }).error?.issues[0]?.path).toEqual(['name']);
    const forgotten = { ...person, name: null, email: null, phone: null, active: false, forgotten: true };
    expect(personChanged.payload.safeParse(forgotten).success).toBe(true);
  });

  it('show no token of an invitation on the wire', () => {
    const token = 'ma-cau-tra-loi-duoc-dat-ra';
    const command = {
      businessKey: 'invitation.1',
      stream: null,
      recipientId: uuid(30),
      obligationIds: [],
      mail: {
        template: 'trainer-invitation' as const,
        plan,
        course: { title: 'Khóa mẫu', titleEn: 'Sample course' },
        class: { code: 'TH-2020-01', title: 'Lớp mẫu' },
        venue: { name: 'Nhà văn hóa', address: 'Huyện mẫu' },
        sessions: [{ sessionId: uuid(31), ordinal: 1, date: '2020-07-09', startsAt: '08:00', endsAt: '11:30', topic: 'Chuyên đề' }],
        cancelled: [],
        sequence: 0,
        answerBy: '2020-06-30',
        token,
      },
    };
    const wire = z.encode(sendMail.payload, command);
    expect(JSON.stringify(wire)).not.toContain(token);
    expect(sendMail.payload.parse(wire)).toEqual(command);
  });

  it('refuse a sealed value that was altered on the way', () => {
    const [, contract] = [...catalogue.entries()].find(([, candidate]) => candidate.name === 'planning.agency-changed.v1') ?? [];
    const wire = JSON.parse(readFileSync(file('planning.agency-changed.v1'), 'utf8')) as { contacts: { email: string }[] };
    const contact = wire.contacts[0]!;
    contact.email = contact.email.slice(0, -2) + (contact.email.endsWith('AA') ? 'BB' : 'AA');
    expect(contract?.payload.safeParse(wire).error?.issues[0]?.message).toMatch(/altered on the way/);
  });
});
