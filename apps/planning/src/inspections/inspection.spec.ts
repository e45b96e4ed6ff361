import { Temporal } from 'temporal-polyfill';
import { superiorOf, titleOf } from './inspection.js';

const HELD = Temporal.PlainDate.from('2020-07-15');

describe('what a finding obliges to', () => {
  it('is named by the finding and the day of the visit', () => {
    expect(titleOf('Điểm Bát Tràng chưa có biển hiệu.', HELD)).toEqual({
      title: 'Khắc phục tồn tại “Điểm Bát Tràng chưa có biển hiệu”',
      titleEn: 'Remedy of the finding “Điểm Bát Tràng chưa có biển hiệu”',
      period: 'theo kết quả kiểm tra ngày 15/07/2020',
      periodEn: 'inspection of 15/07/2020',
    });
  });

  it('is one line, and no longer than a subject bears', () => {
    const { title } = titleOf(`Chưa có\n  biển hiệu ${'và sổ theo dõi '.repeat(40)}`, HELD);
    expect(title).toMatch(/^Khắc phục tồn tại “Chưa có biển hiệu và sổ .*[^ ]…”$/);
    expect(title.length).toBeLessThan(150);
    expect(titleOf('x'.repeat(500), HELD).title).toContain(`${'x'.repeat(120)}…`);
  });
});

describe('who answers for the plan', () => {
  it('[SEED-43] towards an agency is the standing agency, and towards the standing agency the issuer', () => {
    const plan = { standingAgencyId: 'SNNPTNT', issuerId: 'UBNDTP', cityOfficeId: 'VPUBND' };
    expect([superiorOf('SCT', plan), superiorOf('SNNPTNT', plan)]).toEqual(['SNNPTNT', 'UBNDTP']);
  });

  it('towards an agency that carries out its own plan is the city office', () => {
    expect(superiorOf('SCT', { standingAgencyId: 'SCT', issuerId: 'SCT', cityOfficeId: 'VPUBND' })).toBe('VPUBND');
  });
});
