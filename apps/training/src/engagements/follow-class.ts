import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ClassChanges, type ClassChange, type ClassFollower } from '../classes/class-changes.js';
import { ClassDesk } from '../classes/class-desk.js';
import { AccessLinkRepository } from '../links/access-link.repository.js';
import type { Tx } from '../persistence/database.js';
import { askedOf, followed } from './engagement.js';
import { EngagementRepository } from './engagement.repository.js';

/**
 * Engagements follow their class: whoever has sessions is proposed, whoever has none any more is not asked, and whoever was invited to other days or
 * another place than these is asked anew. The link of what was asked before opens nothing then.
 */
@Injectable()
export class EngagementsFollowClass implements ClassFollower, OnModuleInit {
  constructor(
    private readonly changes: ClassChanges,
    private readonly desk: ClassDesk,
    private readonly engagements: EngagementRepository,
    private readonly links: AccessLinkRepository,
  ) {}

  onModuleInit(): void {
    this.changes.add(this);
  }

  async follow(tx: Tx, { classId, at, reason }: ClassChange): Promise<void> {
    const { held, sessions } = await this.desk.hold(tx, { classId });
    const known = new Map((await this.engagements.of(tx, classId)).map((one) => [one.trainerId, one]));
    const teaching = sessions.map(({ trainerId }) => trainerId).filter((id) => id !== null);
    for (const trainerId of [...new Set([...known.keys(), ...teaching])].sort()) {
      const engagement = known.get(trainerId) ?? null;
      const asked = held.state === 'postponed' ? null : askedOf(sessions.filter((one) => one.trainerId === trainerId));
      const to = followed(engagement, { classState: held.state, teaches: teaching.includes(trainerId), asked });
      if (to === null) continue;
      if (engagement === null) await this.engagements.propose(tx, classId, trainerId, at);
      else {
        await this.engagements.reset(tx, engagement, to, { at, reason });
        await this.links.revoke(tx, 'answer', classId, trainerId, at);
      }
    }
  }
}
