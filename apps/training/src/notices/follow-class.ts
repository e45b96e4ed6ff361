import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClassChanges, type ClassChange, type ClassFollower } from '../classes/class-changes.js';
import type { Tx } from '../persistence/database.js';
import { TellClass } from './tell-class.js';

/**
 * That a class is not held on its days is written down for everybody at once, not in the next sweep: in the stream of a class the newer mail makes an older
 * one pointless that waits for office hours, so no roster leaves after the decision. Other changes are told together, by the sweep.
 */
@Injectable()
export class NoticesFollowClass implements ClassFollower, OnModuleInit {
  constructor(
    private readonly changes: ClassChanges,
    private readonly telling: TellClass,
  ) {}

  onModuleInit(): void {
    this.changes.add(this);
  }

  async follow(tx: Tx, { classId, what, at }: ClassChange): Promise<void> {
    if (what === 'cancelled' || what === 'postponed') await this.telling.execute(tx, classId, at);
  }
}
