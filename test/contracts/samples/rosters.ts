import type { Contract } from '#contracts';
import * as contracts from '#contracts';
import { sample, uuid } from './values.js';

const classId = uuid(25);
const token = 'mau-0123456789-abcdefghijklmnopqrstuvwxyz_01';

export const rosters: readonly (readonly [Contract, unknown])[] = [
  sample(contracts.lockRoster, { classId, seenVersion: 3 }),
  sample(contracts.markUrgent, { classId, reason: 'Quyết định có trước buổi học hai ngày.', seenVersion: 3 }),
  sample(contracts.recordRosterDownload, { token, form: 'xlsx' }),
  sample(contracts.openRoster, { token }),
  sample(contracts.getRoster, { classId, rosterVersion: 2 }),
  sample(contracts.listAnnouncements, { classId }),
];
