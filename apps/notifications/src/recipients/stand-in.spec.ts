import { samplePeople } from '../templates/samples.js';
import { en } from '../templates/texts.en.js';
import { greetingOf } from '../templates/texts.js';
import { vi } from '../templates/texts.vi.js';
import { forStandIn, type StandIn } from './stand-in.js';

const standIn: StandIn = {
  id: 'stand-in',
  agencyId: 'agency',
  name: 'Trần Văn Bình',
  email: 'binh@sct.example',
  language: 'vi',
  until: '2020-06-19',
};

describe('a mail in the hands of a stand-in', () => {
  const people = forStandIn(samplePeople, standIn, 'somebody');

  it('speaks to the stand-in, for the one who is away and until when, in both languages', () => {
    expect(greetingOf(people, vi)).toBe(
      `Kính gửi: Ông/Bà Trần Văn Bình, thay mặt Ông/Bà Nguyễn Minh An (ủy quyền đến hết ngày 19/06/2020), ${samplePeople.agencyName}`,
    );
    expect(greetingOf(people, en)).toBe(
      `To: Trần Văn Bình, on behalf of Nguyễn Minh An (delegated until 19/06/2020), ${samplePeople.agencyNameEn}`,
    );
  });

  it('speaks to the recipient alone when nobody is away', () => {
    expect(greetingOf(samplePeople, vi)).toBe(`Kính gửi: Ông/Bà Nguyễn Minh An, ${samplePeople.agencyName}`);
  });

  it('names whom to ask, unless that is the stand-in', () => {
    expect(people.ask).toEqual(samplePeople.ask);
    expect(forStandIn(samplePeople, standIn, 'stand-in').ask).toBeNull();
  });
});
