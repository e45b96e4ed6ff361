import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import type { PayloadOf, proposeSchedule, ReplyOf } from '#contracts';
import { WorkingDays } from '../calendar/working-days.js';
import { ProposalRepository } from './proposal.repository.js';
import { propose } from './propose.js';

/** Working days before a class on which its trainers are asked (domain 4.6, a proposal). */
const ASKED_BEFORE = 20;

/** Finds days, places and trainers for classes that have no days yet. Reads alone: a person confirms what is to be booked. */
@Injectable()
export class ProposeSchedule {
  constructor(
    private readonly proposals: ProposalRepository,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /** @throws CalendarYearMissingError when the days looked at reach into a year that the calendar does not have */
  async execute(ask: PayloadOf<typeof proposeSchedule>): Promise<ReplyOf<typeof proposeSchedule>> {
    const today = localDate(this.clock.now());
    const from =
      ask.from === undefined ? this.days.calendar.addWorkingDays(today, ASKED_BEFORE + 1) : later(Temporal.PlainDate.from(ask.from), today);
    const to = ask.to === undefined ? null : Temporal.PlainDate.from(ask.to);
    const { placed, unplaced } = propose({ ...(await this.proposals.facts(ask.courseId, from)), from, to }, this.days.calendar);
    return {
      items: placed.map(({ of, place, sessions, why }) => ({
        classId: of.classId,
        code: of.code,
        district: of.district,
        seenVersion: of.version,
        venueId: place.venueId,
        venue: place.name,
        sessions: [...sessions],
        why: [...why],
      })),
      unplaced: unplaced.map(({ of, why }) => ({ classId: of.classId, code: of.code, why: [...why] })),
    };
  }
}

const later = (one: Temporal.PlainDate, other: Temporal.PlainDate) => (Temporal.PlainDate.compare(one, other) < 0 ? other : one);
