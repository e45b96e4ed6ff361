import { randomBytes } from 'node:crypto';
import { identityKeys, identityOf } from './trainee.js';

const [older, newer] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const [key] = identityKeys([newer]) as [Buffer];
const person = { fullName: 'Nguyễn Thị Hoà', unit: 'HTX Mẫu', email: 'hoa@htx.example', phone: '0900 000 000' };
const same = (changes: Partial<typeof person>, agency = 'SDL') =>
  identityOf(agency, { ...person, ...changes }, key) === identityOf('SDL', person, key);

describe('one person', () => {
  it.each([
    ['case and white space', { fullName: ' NGUYỄN  THỊ\thoà ' }],
    ['how letters are composed', { fullName: person.fullName.normalize('NFD'), unit: person.unit.normalize('NFD') }],
    ['the case of the address', { email: 'Hoa@HTX.example' }],
    ['the phone beside an address', { phone: '0911' }],
  ])('is told whatever %s', (_, changes) => {
    expect(same(changes)).toBe(true);
  });

  it.each([
    ['a tone', { fullName: 'Nguyễn Thị Hoa' }],
    ['the unit', { unit: 'HTX Khác' }],
    ['the address', { email: 'hoa2@htx.example' }],
  ])('is another by %s', (_, changes) => {
    expect(same(changes)).toBe(false);
  });

  it('is another of another agency, and told by phone without an address', () => {
    expect(same({}, 'SCT')).toBe(false);
    const by = (phone: string | null) => identityOf('SDL', { ...person, email: null, phone }, key);
    expect(by('0900-000-000')).toBe(by('0900 000 000'));
    expect(by(null)).not.toBe(by('0900 000 000'));
  });

  it('is not told without the key, and found by the one that is being replaced', () => {
    const [first, second] = identityKeys([newer, older]) as [Buffer, Buffer];
    expect(identityOf('SDL', person, first)).toBe(identityOf('SDL', person, key));
    expect(identityOf('SDL', person, second)).toBe(identityOf('SDL', person, identityKeys([older])[0]!));
    expect(identityOf('SDL', person, first)).not.toBe(identityOf('SDL', person, second));
    expect(first.equals(Buffer.from(newer, 'base64'))).toBe(false);
  });
});
