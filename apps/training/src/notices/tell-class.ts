import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { localDate } from '#calendar';
import type { ClassState } from '#contracts';
import { AnnouncementRepository } from '../announcements/announcement.repository.js';
import { ClassFacts } from '../announcements/class-facts.repository.js';
import { ClassRepository } from '../classes/class.repository.js';
import type { Tx } from '../persistence/database.js';
import { MakeRoster } from '../rosters/make-roster.js';
import { isLocked } from '../rosters/roster.js';
import { standsStill } from '../tasks/plan-task.js';
import { TellTrainees } from './tell-trainees.js';
import { TellTrainers } from './tell-trainers.js';

/** States in which a class whose task stands still says nothing. */
const waits: ReadonlySet<ClassState> = new Set(['roster-locked', 'notified']);

/**
 * Everybody is told what they do not know yet of a class. Decided under its lock, so nothing is told of what is just being changed, and nobody is told
 * twice: a class that was cancelled before has no roster to send, whatever was asked when.
 */
@Injectable()
export class TellClass {
  constructor(
    private readonly classes: ClassRepository,
    private readonly announcements: AnnouncementRepository,
    private readonly facts: ClassFacts,
    private readonly making: MakeRoster,
    private readonly trainees: TellTrainees,
    private readonly trainers: TellTrainers,
  ) {}

  /** Idempotent: what was told is known. */
  async execute(tx: Tx, classId: string, at: Temporal.Instant): Promise<void> {
    const held = await this.classes.hold(tx, classId);
    const known = await this.announcements.of(tx, classId);
    if (known.length === 0 && !isLocked(held.state)) return;
    const facts = await this.facts.of(tx, classId);
    // What fell away is told even then; nobody is told to come.
    if (waits.has(held.state) && facts.task !== null && standsStill(facts.task)) return;
    const roster = isLocked(held.state) ? await this.making.renew(tx, held, facts, at) : null;
    const state = this.trainees.stateOf(held, facts, localDate(at));
    const telling = { held: { ...held, state }, facts, at };
    await this.trainers.execute(tx, telling, known, roster);
    await this.trainees.execute(tx, telling, known);
    if (state === held.state) return;
    await this.classes.change(tx, classId, { state });
    await this.classes.tell(tx, classId, at, 'notified', { detail: { rosterVersion: roster?.version ?? 0, urgent: held.urgent !== null } });
  }
}
