/*
 * Agencies that answer while a rehearsal runs: they submit through the public API, some in time, some late, some never. The same agency does the same
 * for the same period in every run.
 */
import { createHash } from 'node:crypto';

const DAY = 86_400_000;
const OFFSET = 7 * 3_600_000;

/** Calendar days from the due day on which an agency submits, or null for never. @param {{ agency: string, requirement: string, periodKey: string }} report */
export function habit({ agency, requirement, periodKey }) {
  const draw = createHash('sha256').update(`${agency}/${requirement}/${periodKey}`).digest().readUInt32BE(0) % 100;
  if (draw < 60) return -(draw % 7);
  if (draw < 75) return 1 + (draw % 3);
  if (draw < 88) return 4 + (draw % 9);
  return null;
}

/**
 * @param {import('./api.mjs').Api} api
 * @param {() => number} businessTime Unix milliseconds
 * @returns {{ stop: () => Promise<void> }}
 */
export function actingAgencies(api, businessTime) {
  let running = true;
  const loop = (async () => {
    while (running) {
      await turn(api, businessTime()).catch(() => undefined); // a service that is being restarted: agencies try again
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  })();
  return {
    stop: async () => {
      running = false;
      await loop;
    },
  };
}

/** @param {import('./api.mjs').Api} api @param {number} now */
async function turn(api, now) {
  const owed = [...(await api.all('/reports?state=draft')), ...(await api.all('/reports?state=returned'))];
  for (const report of owed) {
    const days = habit(report);
    if (days === null) continue;
    // 15:00 in Asia/Ho_Chi_Minh.
    const at = Date.parse(report.dueOn) + days * DAY + 15 * 3_600_000 - OFFSET;
    if (now >= at) await api.call('POST', `/reports/${report.reportId}/submit`, { note: 'Đã nộp.' });
  }
}
