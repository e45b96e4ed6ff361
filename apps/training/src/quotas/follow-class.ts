import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClassChanges, type ClassChange, type ClassFollower } from '../classes/class-changes.js';
import { ClassRepository } from '../classes/class.repository.js';
import type { Tx } from '../persistence/database.js';
import { QuotaRepository } from './quota.repository.js';
import { QuotaWords } from './quota-words.js';

/** Quotas follow their class: cancelled with it, moved with it, over when its roster is locked. */
@Injectable()
export class QuotasFollowClass implements ClassFollower, OnModuleInit {
  constructor(
    private readonly changes: ClassChanges,
    private readonly classes: ClassRepository,
    private readonly quotas: QuotaRepository,
    private readonly words: QuotaWords,
  ) {}

  onModuleInit(): void {
    this.changes.add(this);
  }

  async follow(tx: Tx, { classId, reason }: ClassChange): Promise<void> {
    if ((await this.quotas.of(tx, [classId])).length === 0) return;
    const { state } = await this.classes.hold(tx, classId);
    const firstDay = await this.quotas.firstDay(tx, classId);
    await this.words.follow(tx, { id: classId, state, firstDay, reason: reason ?? 'Theo thay đổi của lớp' });
  }
}
