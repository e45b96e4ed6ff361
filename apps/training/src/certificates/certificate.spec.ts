import { codeOf, mustBeValid, newCode, numberOf } from './certificate.js';

describe('a certificate', () => {
  it('has a number of its year and issuer, as documents have', () => {
    expect([numberOf(7, 2020, 'SDL'), numberOf(15, 2020, 'SNNPTNT'), numberOf(1000, 2021, 'SDL')]).toEqual([
      '07/2020/GCN-SDL',
      '15/2020/GCN-SNNPTNT',
      '1000/2021/GCN-SDL',
    ]);
  });

  it('has a code of 100 random bits that people can type', () => {
    const codes = Array.from({ length: 500 }, newCode);
    expect(new Set(codes).size).toBe(500);
    expect(codes.every((code) => /^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/.test(code))).toBe(true);
    // Each letter carries its five bits: all of them occur.
    expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32);
    const [code = ''] = codes;
    expect([code, code.toLowerCase(), ` ${code.replaceAll('-', '')} `].map(codeOf)).toEqual([code, code, code]);
    expect(codeOf('oil0-1')).toBe('0110-1');
    expect(codeOf('')).toBe('');
  });

  it('is revoked once', () => {
    mustBeValid({ number: '07/2020/GCN-SDL', revokedAt: null });
    expect(() => {
      mustBeValid({ number: '07/2020/GCN-SDL', revokedAt: new Date() });
    }).toThrow('revoked already');
  });
});
