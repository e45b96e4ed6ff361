import { nextPage } from './pages.js';

describe('the address of the next page', () => {
  it('asks the same question after the cursor', () => {
    expect(nextPage('/api/v1/obligations?state=open&limit=2', 'abc')).toBe('/api/v1/obligations?state=open&limit=2&after=abc');
  });

  it('replaces the cursor that was used, and escapes what a header may not hold', () => {
    expect(nextPage('/api/v1/plans?after=old', 'ế"> ;\r\n')).toBe('/api/v1/plans?after=%E1%BA%BF%22%3E+%3B%0D%0A');
  });

  it('stays on this host whatever the caller sent as path', () => {
    expect(nextPage('//evil.example/x', 'c')).toMatch(/^\/x\?/);
  });
});
