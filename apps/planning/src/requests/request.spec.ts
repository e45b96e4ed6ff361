import fc from 'fast-check';
import { ASKED_FOR_ONCE, nextCode, periodWords } from './request.js';

describe('the code of a request', () => {
  it('counts by kind and by year', () => {
    const taken = ['DX-2020-001', 'DX-2020-007', 'CD-2020-003', 'DX-2019-020'];
    expect(nextCode('AD_HOC', 2020, taken)).toBe('DX-2020-008');
    expect(nextCode('THEMATIC', 2020, taken)).toBe('CD-2020-004');
    expect(nextCode('AD_HOC', 2021, taken)).toBe('DX-2021-001');
    expect(nextCode('AD_HOC', 2020, ['DX-2020-999', 'DX-2020-1000'])).toBe('DX-2020-1001');
  });

  it('is new, and one that no plan file may use, whatever was asked for before', () => {
    const numbers = fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 20 });
    fc.assert(
      fc.property(numbers, (used) => {
        const taken = used.map((number) => `DX-2020-${String(number).padStart(3, '0')}`);
        const code = nextCode('AD_HOC', 2020, taken);
        expect(taken).not.toContain(code);
        expect(code).toMatch(ASKED_FOR_ONCE);
      }),
    );
  });
});

describe('what a request is about', () => {
  it('is the days of its figures, or the request itself', () => {
    expect(periodWords({ from: '2020-07-25', to: '2020-08-10' }, 'DX-2020-001')).toEqual({
      period: '(số liệu từ 25/07/2020 đến 10/08/2020)',
      periodEn: 'figures from 25/07/2020 to 10/08/2020',
    });
    expect(periodWords(undefined, 'CD-2020-002')).toEqual({ period: '(yêu cầu CD-2020-002)', periodEn: 'request CD-2020-002' });
  });
});
