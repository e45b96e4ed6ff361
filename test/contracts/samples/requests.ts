import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const requests: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.requestReports, {
    planId: uuid(1),
    type: 'AD_HOC',
    title: 'Báo cáo đột xuất về ảnh hưởng của dịch bệnh đến các điểm giới thiệu sản phẩm',
    titleEn: 'Ad-hoc report on the effect of the epidemic on the points of introduction',
    reporters: ['SCT', 'UBND-TAYHO'],
    receiver: 'SNNPTNT',
    deadline: { word: 'NO_LATER_THAN', date: '2020-08-14' },
    window: { from: '2020-07-25', to: '2020-08-10' },
    form: [
      {
        code: 'closed',
        label: 'Điểm tạm dừng',
        labelEn: 'Points closed',
        kind: 'number',
        required: true,
        integer: true,
        min: 0,
        sum: true,
      },
    ],
    basis: 'Yêu cầu của cơ quan thường trực',
    ladder: 'default',
    taskId: uuid(2),
  }),
  sample(contracts.withdrawRequest, { requirementId: uuid(1), reason: 'Đã có số liệu từ nguồn khác.' }),
  sample(contracts.listRequests, { planId: uuid(1), withdrawn: false, limit: 50 }),
];
