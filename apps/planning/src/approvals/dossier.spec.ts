import fc from 'fast-check';
import { DomainError } from '#contracts';
import { compareLines, compareVersions, keepingShut, supplementAmount } from './dossier.js';

describe('two versions', () => {
  it('differ field by field', () => {
    const from = { summary: '', content: { 'Địa điểm': 'Tây Hồ', 'Số gian hàng': 150, 'Thời gian': '5 ngày' } };
    const to = { summary: '', content: { 'Kinh phí': 2_000_000_000, 'Số gian hàng': 140, 'Thời gian': '5 ngày' } };
    expect(compareVersions(from, to).fields).toEqual({
      added: [{ field: 'Kinh phí', value: 2_000_000_000 }],
      removed: [{ field: 'Địa điểm', value: 'Tây Hồ' }],
      changed: [{ field: 'Số gian hàng', from: 150, to: 140 }],
    });
  });

  it('differ by kind of value, and by fields that objects have of themselves only when they are written', () => {
    expect(compareVersions({ summary: '', content: { x: '5' } }, { summary: '', content: { x: 5 } }).fields.changed).toHaveLength(1);
    expect(compareVersions({ summary: '', content: {} }, { summary: '', content: { constructor: 1 } }).fields.added).toEqual([
      { field: 'constructor', value: 1 },
    ]);
  });

  it('differ line by line of the summary, what was removed before what came instead', () => {
    expect(compareLines('một\nhai\nba', 'một\nhai rưỡi\nba\nbốn').map(({ change, line }) => `${change} ${line}`)).toEqual([
      'same một',
      'removed hai',
      'added hai rưỡi',
      'same ba',
      'added bốn',
    ]);
  });

  it('tell both texts whole, whatever they say, and no line too many', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (from, to) => {
        const compared = compareLines(from.join('\n'), to.join('\n'));
        const without = (change: string) => compared.filter((one) => one.change !== change).map((one) => one.line);
        expect(without('added').join('\n')).toBe(from.join('\n'));
        expect(without('removed').join('\n')).toBe(to.join('\n'));
        if (from.join('\n') === to.join('\n')) expect(compared.every((one) => one.change === 'same')).toBe(true);
      }),
    );
  });
});

describe('what a supplement asks for', () => {
  it('is a whole number of đồng above 0', () => {
    expect(supplementAmount({ amount: 1_500_000_000 })).toBe(1_500_000_000n);
    const amounts = [undefined, '5', 0, -1, 1.5, 2 ** 53];
    const refused = amounts.map((amount) => {
      try {
        return supplementAmount(amount === undefined ? {} : { amount });
      } catch (error) {
        return error instanceof DomainError ? error.code : error;
      }
    });
    expect(refused).toEqual(Array(6).fill('supplement-amount-missing'));
  });
});

describe('a gate (SEED-47)', () => {
  const shut = (...gating: readonly string[]) =>
    keepingShut(
      gating.map((one) => {
        const [kind = '', state = ''] = one.split(' ');
        return { kind, state };
      }),
    ).map(({ kind, state }) => `${kind} ${state}`);

  it('opens with the first approval of its kind, and with nothing else', () => {
    expect(shut()).toEqual([]);
    expect(shut('event-plan draft', 'event-plan withdrawn')).toEqual(['event-plan draft', 'event-plan withdrawn']);
    expect(shut('event-plan draft', 'event-plan approved')).toEqual([]);
    expect(shut('event-plan approved', 'project-document submitted')).toEqual(['project-document submitted']);
  });
});
