import fc from 'fast-check';
import { byVietnameseName } from './vietnamese-order.js';

const sorted = (names: readonly string[]) => [...names].sort(byVietnameseName);

describe('the order of Vietnamese names', () => {
  it('goes by given name, then family name, then the words between', () => {
    const list = [
      'Đỗ Thị An',
      'Nguyễn Văn An',
      'Trần Thị An',
      'Lê Văn Bình',
      'Nguyễn Minh Bình',
      'Nguyễn Văn Bình',
      'Lê Dung',
      'Bùi Thị Đào',
      'Cao Văn Yên',
    ];
    expect(sorted([...list].reverse())).toEqual(list);
  });

  it('knows the letters of the alphabet: a ă â … d đ e ê … o ô ơ … u ư', () => {
    const list = ['Am', 'Ăm', 'Âm', 'Da', 'Đa', 'En', 'Ên', 'On', 'Ôn', 'Ơn', 'Un', 'Ưn'].map((given) => `Lê ${given}`);
    expect(sorted([...list].reverse())).toEqual(list);
  });

  it('has the tones as dictionaries have them: none, huyền, hỏi, ngã, sắc, nặng', () => {
    const list = ['Ba', 'Bà', 'Bả', 'Bã', 'Bá', 'Bạ'].map((given) => `Lê ${given}`);
    expect(sorted([...list].reverse())).toEqual(list);
  });

  it('compares a word to its end, tone and all, before the next one', () => {
    expect(sorted(['Bá An Hoa', 'Bà Yên Hoa'])).toEqual(['Bà Yên Hoa', 'Bá An Hoa']);
  });

  it('does not mind how the name was typed', () => {
    expect(sorted(['Nguyễn  Bình '.normalize('NFD'), 'Nguyễn An'.normalize('NFD'), 'Trần An'])).toEqual([
      'Nguyễn An'.normalize('NFD'),
      'Trần An',
      'Nguyễn  Bình '.normalize('NFD'),
    ]);
  });

  it('is an order: the same list whatever order it came in, and equal only to itself', () => {
    const word = fc.constantFrom('An', 'an', 'Ân', 'Ấn', 'Ẩn', 'Đào', 'Dào', 'Nguyễn', 'Nguyên', 'Nguyễn'.normalize('NFD'), 'Thị', 'Y', '');
    const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (names, chance) => {
        const shuffled = names.map((one) => [chance.next().value!, one] as const).sort(([a], [b]) => a - b);
        expect(sorted(shuffled.map(([, one]) => one))).toEqual(sorted(names));
      }),
    );
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(byVietnameseName(a, b))).toBe(-Math.sign(byVietnameseName(b, a)) + 0);
        expect(byVietnameseName(a, b) === 0).toBe(a === b);
        if (byVietnameseName(a, b) <= 0 && byVietnameseName(b, c) <= 0) expect(byVietnameseName(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
