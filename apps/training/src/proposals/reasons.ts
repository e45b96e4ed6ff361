import { Temporal } from 'temporal-polyfill';
import type { ProposalReason } from '#contracts';

export interface Reason {
  readonly code: ProposalReason;
  readonly text: string;
  readonly textEn: string;
}

/** What stands against a first day. */
export type Obstacle = { readonly kind: 'venue' } | { readonly kind: 'trainer'; readonly speciality: string | null };

/** More are not read. */
const MOST = 12;

const dayText = (day: string): string => day.split('-').reverse().join('/');

/** ISO week of a day, as Vietnamese offices count: Monday first. */
function weekOf(day: string): string {
  const { weekOfYear, yearOfWeek } = Temporal.PlainDate.from(day);
  return `${String(weekOfYear)}/${String(yearOfWeek)}`;
}

function obstacleText(obstacle: Obstacle, week: string, { places, district }: { places: number; district: string }): Reason {
  if (obstacle.kind === 'venue')
    return {
      code: 'no-venue',
      text: `Tuần ${week}: không có địa điểm trống từ ${String(places)} chỗ tại ${district}`,
      textEn: `Week ${week}: no venue of ${String(places)} places is free at ${district}`,
    };
  const { speciality } = obstacle;
  return {
    code: 'no-trainer',
    text: `Tuần ${week}: không có giảng viên ${speciality === null ? '' : `chuyên môn "${speciality}" `}còn trống lịch`,
    textEn: `Week ${week}: no trainer ${speciality === null ? '' : `with speciality "${speciality}" `}is free`,
  };
}

/** Each obstacle once a week, in order of time. @param met first days that were tried, with what stood against each */
export function obstacles(met: ReadonlyMap<string, Obstacle>, wanted: { places: number; district: string }): Reason[] {
  const said = new Map<string, Reason>();
  for (const [day, obstacle] of [...met].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const reason = obstacleText(obstacle, weekOf(day), wanted);
    said.set(reason.textEn, reason);
  }
  return [...said.values()].slice(0, MOST);
}

export function noDays(from: string, to: string, days: number): Reason {
  return {
    code: 'no-days',
    text: `Không đủ ${String(days)} ngày học từ ngày ${dayText(from)} đến ngày ${dayText(to)}`,
    textEn: `Between ${dayText(from)} and ${dayText(to)} there are not ${String(days)} days to hold it on`,
  };
}

/** Why a class does not begin on the day that spreads the classes of its course evenly. */
export function elsewhen(meant: string, obstacle: Obstacle, wanted: { places: number; district: string }): Reason {
  const { text, textEn } = obstacleText(obstacle, weekOf(meant), wanted);
  return {
    code: 'later-or-earlier',
    text: `Không bắt đầu ngày ${dayText(meant)} để giãn đều các lớp. ${text}`,
    textEn: `Does not begin on ${dayText(meant)}, which would spread the classes evenly. ${textEn}`,
  };
}

export function severalTrainers(count: number): Reason {
  return {
    code: 'several-trainers',
    text: `${String(count)} giảng viên, vì không một người nào dạy được tất cả các buổi`,
    textEn: `${String(count)} trainers, because nobody can teach all sessions`,
  };
}
