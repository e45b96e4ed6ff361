import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { localDate } from '#calendar';
import { DomainError, type ClassState } from '#contracts';
import type { PersonTold, PersonToTell } from '../announcements/announcement.js';
import { toldOf, type Facts } from '../announcements/class-facts.repository.js';
import { WorkingDays } from '../calendar/working-days.js';
import { after, type HeldClass } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { isDayToRemind, isTimeToInvite, noticeOfTrainee, type Notice } from './notice.js';
import { ReaderRepository } from './reader.repository.js';
import { SendNotices, type Telling } from './send-notices.js';

/** Trainees are told what they do not know: that they are invited, what changed, that it is tomorrow, that there is nothing to come to any more. */
@Injectable()
export class TellTrainees {
  constructor(
    private readonly readers: ReaderRepository,
    private readonly notices: SendNotices,
    private readonly days: WorkingDays,
  ) {}

  /** The class is held. @param known who was told what of it */
  async execute(tx: Tx, telling: Telling, known: readonly PersonTold[]): Promise<void> {
    const { held, facts, at } = telling;
    const [now, today] = [{ ...facts, state: held.state, today: localDate(at) }, localDate(at)];
    const told = new Map(known.filter(({ role }) => role === 'trainee').map((one) => [one.personId, one]));
    const [first] = facts.sessions;
    const firstDay = first && Temporal.PlainDate.from(first.date);
    const reminds = firstDay !== undefined && isDayToRemind(firstDay, today, this.days.calendar) ? firstDay : null;
    const notices: { reader: PersonToTell; notice: Notice }[] = [];
    for (const trainee of await this.readers.trainees(tx, held.id)) {
      const announcement = told.get(trainee.personId) ?? null;
      const isReminded = reminds === null || announcement?.remindedFor?.equals(reminds) === true;
      const notice = noticeOfTrainee({ ...trainee, announcement }, now, !isReminded);
      if (!notice) continue;
      const reader = { personId: trainee.personId, role: 'trainee', told: toldOf(facts, notice.sessions) } as const;
      // Whatever names the days on the day before is the reminder, too.
      notices.push({ reader: { ...reader, remindedFor: notice.sessions.length > 0 ? reminds : null }, notice });
    }
    await this.notices.execute(tx, telling, notices);
  }

  /** The state of the class after this: trainees are invited when it is time, unless it is too late and not urgent: then a person decides, and the list of conflicts says so. */
  stateOf(held: HeldClass, { sessions: [first] }: Facts, today: Temporal.PlainDate): ClassState {
    if (held.state !== 'roster-locked' || !first) return held.state;
    const firstDay = Temporal.PlainDate.from(first.date);
    const { calendar } = this.days;
    if (!isTimeToInvite(firstDay, today, calendar)) return held.state;
    try {
      return after('notify', held, { notice: calendar.workingDaysBetween(today, firstDay), urgent: held.urgent !== null });
    } catch (error) {
      if (error instanceof DomainError && error.code === 'class-step-refused') return held.state;
      throw error;
    }
  }
}
