import type { Contract, PayloadOf } from '#contracts';

export const uuid = (digit: number): string => `00000000-0000-4000-8000-${String(digit).padStart(12, '0')}`;
export const agency = { code: 'SCT', name: 'Sở Công Thương', nameEn: 'Department of Industry and Trade' };
export const standing = {
  code: 'SNNPTNT',
  name: 'Sở Nông nghiệp và Phát triển nông thôn',
  nameEn: 'Department of Agriculture and Rural Development',
};
export const plan = {
  documentNumber: '100/KH-UBND',
  issuedOn: '2020-05-15',
  title: 'Triển khai mô hình chỉ đạo điểm Chương trình Mỗi xã một sản phẩm thành phố Hà Nội năm 2020',
  programme: 'OCOP 2020',
};
export const report = { title: 'Báo cáo tháng', titleEn: 'Monthly report', period: 'tháng 6/2020', periodEn: 'June 2020' };

export const sample = <C extends Contract>(contract: C, payload: PayloadOf<C>): readonly [Contract, unknown] => [contract, payload];
