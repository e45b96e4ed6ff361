import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const delegations: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.delegate, {
    contactId: uuid(5),
    toContactId: uuid(6),
    fromOn: '2020-06-15',
    toOn: '2020-06-19',
    reason: 'Đi công tác',
  }),
  sample(contracts.revokeDelegation, { delegationId: uuid(22), reason: 'Về sớm', seenVersion: 1 }),
  sample(contracts.delegationChanged, {
    delegationId: uuid(22),
    version: 1,
    contactId: uuid(5),
    toContactId: uuid(6),
    fromOn: '2020-06-15',
    toOn: '2020-06-19',
    revoked: false,
  }),
  sample(contracts.listDelegations, { agency: 'SCT', on: '2020-06-16', limit: 50 }),
];
