import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

export const consolidations: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.consolidateReports, { upwardReportId: uuid(1), seenVersion: 1 }),
  sample(contracts.excludeReport, {
    upwardReportId: uuid(1),
    reportId: uuid(2),
    reason: 'Không phát sinh hoạt động trong kỳ.',
    seenVersion: 2,
  }),
  sample(contracts.includeReport, {
    upwardReportId: uuid(1),
    reportId: uuid(2),
    reason: 'Có hoạt động phát sinh cuối kỳ.',
    seenVersion: 3,
  }),
  sample(contracts.getConsolidation, { reportId: uuid(1) }),
];
