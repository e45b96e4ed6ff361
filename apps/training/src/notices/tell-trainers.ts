import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { localDate } from '#calendar';
import type { PersonTold } from '../announcements/announcement.js';
import { toldOf } from '../announcements/class-facts.repository.js';
import { WorkingDays } from '../calendar/working-days.js';
import { AccessLinkRepository } from '../links/access-link.repository.js';
import type { Tx } from '../persistence/database.js';
import { sentFrom, type Roster } from '../rosters/roster.js';
import { SendRoster } from '../rosters/send-roster.js';
import { lostBy, noticeOfTrainer } from './notice.js';
import { ReaderRepository } from './reader.repository.js';
import { SendNotices, type Telling } from './send-notices.js';

/** Trainers are sent the roster of their class, and told of sessions that are no longer theirs or that moved: in one mail where both are so. */
@Injectable()
export class TellTrainers {
  constructor(
    private readonly readers: ReaderRepository,
    private readonly rosters: SendRoster,
    private readonly notices: SendNotices,
    private readonly links: AccessLinkRepository,
    private readonly days: WorkingDays,
  ) {}

  /** The class is held. @param roster the newest, where it is locked @param known who was told what of the class */
  async execute(tx: Tx, telling: Telling, known: readonly PersonTold[], roster: Roster | null): Promise<void> {
    const { held, facts, at } = telling;
    const now = { ...facts, state: held.state, today: localDate(at) };
    const told = new Map(known.filter(({ role }) => role === 'trainer').map((one) => [one.personId, one.told]));
    const accepted = new Set(roster && this.isTime(telling) ? await this.readers.accepted(tx, held.id) : []);
    for (const trainerId of [...new Set([...told.keys(), ...accepted])].sort()) {
      const has = told.get(trainerId) ?? null;
      const lost = lostBy(trainerId, has, now);
      const teaches = facts.sessions.some((session) => session.trainerId === trainerId);
      const about = roster && teaches && accepted.has(trainerId) ? { classId: held.id, facts, roster, lost } : null;
      if (about && (await this.rosters.send(tx, about, { trainerId, told: has }, at))) continue;
      const notice = has && noticeOfTrainer(has, lost, now);
      if (!notice) continue;
      const left = { ...has, sessions: leftOf(has.sessions, lost, toldOf(facts, notice.sessions).sessions) };
      await this.notices.execute(tx, telling, [{ reader: { personId: trainerId, role: 'trainer', told: left }, notice }]);
      if (!teaches) await this.links.revoke(tx, 'class', held.id, trainerId, at);
    }
  }

  /** From two working days before the first session to the day of the last. */
  private isTime({ facts: { sessions }, at }: Telling): boolean {
    const [first, last] = [sessions[0], sessions.at(-1)];
    if (!first || !last || last.date < localDate(at).toString()) return false;
    return Temporal.Instant.compare(sentFrom(Temporal.PlainDate.from(first.date), this.days.calendar), at) <= 0;
  }
}

type ToldSessions = PersonTold['told']['sessions'];

/** What a trainer has in their calendar after they were told: without what they lost, and the rest as it is now. */
function leftOf(before: ToldSessions, lost: ToldSessions, now: ToldSessions): ToldSessions {
  return before
    .filter((session) => !lost.includes(session))
    .map((session) => now.find(({ sessionId }) => sessionId === session.sessionId) ?? session);
}
