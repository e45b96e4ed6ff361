import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type inviteTrainer, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { ClassDesk } from '../classes/class-desk.js';
import { mustStand } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { EngagementRepository } from './engagement.repository.js';
import { Invite } from './invite.js';

/** A person has a trainer invited, however early. */
@Injectable()
export class InviteTrainer {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly engagements: EngagementRepository,
    private readonly inviting: Invite,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `engagement-not-found`, `changed-meanwhile`, `class-not-standing`, `engagement-not-proposed`, and what `Invite.send` refuses
   */
  execute({ engagementId, seenVersion }: PayloadOf<typeof inviteTrainer>, message: Message): Promise<ReplyOf<typeof inviteTrainer>> {
    return this.work.once(message, async (tx) => {
      const { classId, trainerId } = await this.engagements.read(tx, engagementId);
      const { held, sessions } = await this.desk.hold(tx, { classId });
      const engagement = await this.engagements.read(tx, engagementId);
      mustBeSeen('engagement', engagement, seenVersion);
      mustStand(held);
      const { state, answerBy } = engagement;
      if (state !== 'proposed')
        throw new DomainError(
          'engagement-not-proposed',
          state === 'invited'
            ? `The trainer is invited and may answer until ${answerBy?.toString() ?? ''}; then they are asked once more. Record what you hear otherwise.`
            : `The trainer has ${state}: there is nothing to ask. Assign them anew if that is to change.`,
          [{ state }],
        );
      const theirs = sessions.filter((one) => one.trainerId === trainerId);
      return this.inviting.send(tx, engagement, theirs, this.clock.now());
    });
  }
}
