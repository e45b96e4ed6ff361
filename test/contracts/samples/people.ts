import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const people: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.personChanged, {
    personId: uuid(30),
    version: 1,
    kind: 'trainer',
    name: 'Vũ Thị Mẫu',
    email: 'giang-vien@hocvien.example',
    phone: '024 0000 0030',
    organisation: { name: 'Học viện Nông nghiệp Mẫu', nameEn: 'Sample Academy of Agriculture' },
    language: 'vi+en',
    active: true,
    forgotten: false,
  }),
];
