import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { TIME_ZONE, type WorkingCalendar } from '#calendar';
import type { System } from '../system/system.js';

export interface ReportRow {
  reportId: string;
  agency: string;
  periodKey: string;
  requirement: string;
  dueOn: string;
  state: 'draft' | 'submitted' | 'returned' | 'accepted';
}

/** Working days from the due day on which an agency submits: before it, after it, or never. */
export type Behaviour = number | 'never';

/** The same agency does the same thing for the same period in every run. */
export function behaviourOf(report: ReportRow): Behaviour {
  const digest = createHash('sha256').update(`${report.agency}/${report.requirement}/${report.periodKey}`).digest();
  const draw = digest.readUInt32BE(0) % 100;
  if (draw < 55) return -(draw % 6);
  if (draw < 70) return 1;
  if (draw < 85) return 3 + (draw % 5);
  return 'never';
}

/**
 * Agencies that answer through the API as people would: at about 15:00 on the day they chose. Runs until `stop` is called.
 * @returns what each report's agency decided, for the checks afterwards
 */
export function actingAgencies(system: System, calendar: WorkingCalendar): { decided: Map<string, Behaviour>; stop: () => Promise<void> } {
  const decided = new Map<string, Behaviour>();
  const stopping = new AbortController();
  const turn = async (): Promise<void> => {
    const now = system.clock.now();
    const reports = [...(await system.all<ReportRow>('/reports?state=draft')), ...(await system.all<ReportRow>('/reports?state=returned'))];
    for (const report of reports) {
      const behaviour = behaviourOf(report);
      decided.set(report.reportId, behaviour);
      if (behaviour === 'never') continue;
      const day = calendar.addWorkingDays(Temporal.PlainDate.from(report.dueOn), behaviour);
      const at = day.toZonedDateTime({ timeZone: TIME_ZONE, plainTime: '15:00' }).toInstant();
      if (Temporal.Instant.compare(now, at) >= 0) await system.api('POST', `/reports/${report.reportId}/submit`, { note: 'Đã nộp.' });
    }
  };
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      // An outage of the gateway is an outage for the agencies too: they try again.
      await turn().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  return {
    decided,
    stop: async () => {
      stopping.abort();
      await loop;
    },
  };
}
