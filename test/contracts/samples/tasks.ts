import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { plan, sample, uuid } from './values.js';

export const tasks: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.taskChanged, {
    taskId: uuid(9),
    version: 4,
    plan: { ...plan, planId: uuid(6), standingAgency: 'SNNPTNT' },
    code: 'T2.4',
    title: 'Mở các lớp tập huấn',
    lead: 'SDL',
    window: { from: '2020-04-01', to: '2020-09-30' },
    status: 'in-progress',
    approved: true,
  }),
  sample(contracts.listTasks, { planId: uuid(6), lead: 'SCT', limit: 50 }),
  sample(contracts.getTask, { taskId: uuid(9) }),
  sample(contracts.reportTaskProgress, {
    taskId: uuid(9),
    agency: 'SCT',
    progress: 40,
    note: 'Đã khảo sát 03/05 điểm.',
    evidence: [{ text: 'Biên bản khảo sát', url: 'https://dondoc.example/bien-ban' }],
    seenVersion: 1,
  }),
  sample(contracts.acceptTask, { taskId: uuid(9), seenVersion: 3 }),
  sample(contracts.returnTask, { taskId: uuid(9), reason: 'Chưa có danh sách điểm được chọn.' }),
  sample(contracts.reachMilestone, {
    taskId: uuid(9),
    milestone: 'M1',
    agency: 'SCT',
    reachedOn: '2020-06-20',
    evidence: 'Danh sách 05 điểm được chọn.',
  }),
  sample(contracts.cancelTask, { taskId: uuid(9), decision: '02/TB-BCĐ', reason: 'Dịch Covid-19.' }),
];
