import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { agency, sample, uuid } from './values.js';

export const agencies: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.agencyChanged, {
    agencyId: uuid(4),
    version: 3,
    ...agency,
    shortName: 'Sở Công Thương',
    kind: 'DEPARTMENT',
    validFrom: '2008-08-01',
    validTo: null,
    successorId: null,
    contacts: [
      {
        contactId: uuid(5),
        role: 'FOCAL',
        name: 'Nguyễn Thị Mẫu',
        email: 'dau-moi@sct.example',
        phone: '024 0000 0000',
        language: 'vi+en',
      },
    ],
  }),
  sample(contracts.dissolveAgency, { agency: 'SCT', endsOn: '2020-08-31', successor: 'STC', decision: '1234/QĐ-UBND', seenVersion: 3 }),
  sample(contracts.listAgencies, { limit: 50, after: 'U0NU' }),
];
