import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const attachments: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.addAttachment, {
    attachmentId: uuid(7),
    subject: 'report',
    subjectId: uuid(1),
    fileName: 'Phụ lục số liệu tháng 6.xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    size: 48_213,
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    scan: 'clean',
  }),
  sample(contracts.removeAttachment, { attachmentId: uuid(7), reason: 'Gửi nhầm bản dự thảo.' }),
  sample(contracts.listAttachments, { subject: 'report', subjectId: uuid(1), removed: false, limit: 50 }),
  sample(contracts.getAttachment, { attachmentId: uuid(7) }),
  sample(contracts.knownAttachments, { ids: [uuid(7), uuid(8)] }),
];
