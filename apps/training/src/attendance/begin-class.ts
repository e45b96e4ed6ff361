import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { ClassRepository } from '../classes/class.repository.js';
import { after, type HeldClass } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { hasBegun } from './attendance.js';
import { AttendanceRepository, type HeldSession } from './attendance.repository.js';

/** A class begins by the clock, with its first session: nobody has to say so. */
@Injectable()
export class BeginClass {
  constructor(
    private readonly classes: ClassRepository,
    private readonly attendance: AttendanceRepository,
  ) {}

  /**
   * Begins a class that is held, if it is time and those who come were told of it, or it was marked urgent. Idempotent.
   * @returns the class as it is then
   */
  async execute(tx: Tx, held: HeldClass, sessions: readonly HeldSession[], at: Temporal.Instant): Promise<HeldClass> {
    if (held.state !== 'notified' && held.state !== 'roster-locked') return held;
    const [first] = sessions;
    if (!first || !hasBegun(first, at)) return held;
    // Whoever was notified was told; where only the roster is locked it is looked at one by one, unless a person said that it is held all the same.
    const untold = held.state === 'notified' || held.urgent !== null ? 0 : await this.attendance.untold(tx, held.id);
    if (untold > 0) return held;
    const state = after('begin', held, { untold });
    const version = await this.classes.change(tx, held.id, { state });
    await this.classes.tell(tx, held.id, at, 'begun', { detail: { from: held.state, firstSessionId: first.id } });
    return { ...held, state, version };
  }
}
