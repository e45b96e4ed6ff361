import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

const classId = uuid(25);
const certificateId = uuid(42);

export const certificates: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.issueCertificates, {
    classId,
    signatory: 'Nguyễn Văn Ký',
    signatoryPosition: 'Phó Giám đốc',
    seenVersion: 9,
  }),
  sample(contracts.revokeCertificate, { certificateId, reason: 'Điểm danh ghi nhầm người.' }),
  sample(contracts.listCertificates, { classId, year: 2020, limit: 50 }),
  sample(contracts.getCertificate, { certificateId }),
  sample(contracts.confirmCertificate, { code: '7QK4-M2XT-9RWB-P5HD-V8NC' }),
];
