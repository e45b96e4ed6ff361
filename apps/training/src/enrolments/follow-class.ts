import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClassChanges, type ClassChange, type ClassFollower } from '../classes/class-changes.js';
import { ClassRepository } from '../classes/class.repository.js';
import type { Tx } from '../persistence/database.js';
import { TraineeRepository } from '../trainees/trainee.repository.js';
import { isSettled } from './enrolment.js';
import { MoveUp } from './move-up.js';
import { TraineeTimes } from './times.repository.js';

/** Trainees follow their class: their times move with its sessions, they are free when it is not held, and move up when it has more places. */
@Injectable()
export class EnrolmentsFollowClass implements ClassFollower, OnModuleInit {
  constructor(
    private readonly changes: ClassChanges,
    private readonly classes: ClassRepository,
    private readonly trainees: TraineeRepository,
    private readonly times: TraineeTimes,
    private readonly movingUp: MoveUp,
  ) {}

  onModuleInit(): void {
    this.changes.add(this);
  }

  async follow(tx: Tx, { classId, at }: ClassChange): Promise<void> {
    if (!(await this.trainees.holdOf(tx, classId))) return;
    const held = await this.classes.hold(tx, classId);
    if (isSettled(held.state) && held.state !== 'cancelled') return;
    if (held.state === 'cancelled') return this.times.free(tx, classId);
    await this.times.follow(tx, classId);
    await this.movingUp.execute(tx, held, null, at);
  }
}
