import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { answerInvitation, PayloadOf, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { ClassDesk } from '../classes/class-desk.js';
import { AccessLinkRepository } from '../links/access-link.repository.js';
import type { Tx } from '../persistence/database.js';
import { EngagementRepository } from './engagement.repository.js';
import { TakeAnswer } from './take-answer.js';

/** A trainer answers by the link of their invitation. Idempotent by what is answered, too: a page may be sent twice. */
@Injectable()
export class AnswerInvitation {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly links: AccessLinkRepository,
    private readonly engagements: EngagementRepository,
    private readonly answers: TakeAnswer,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `link-unknown`, `link-revoked`, `link-expired`, `class-not-standing`, and what `mustBeOpen` refuses */
  execute({ token, answer, reason }: PayloadOf<typeof answerInvitation>, message: Message): Promise<ReplyOf<typeof answerInvitation>> {
    return this.work.once(message, async (tx) => {
      const at = this.clock.now();
      const { id, classId, personId } = await this.links.open(tx, 'answer', token, at);
      await this.desk.hold(tx, { classId });
      // Whoever had the lock before may have moved the class, which revokes the link.
      await this.links.open(tx, 'answer', token, at);
      const engagement = await this.engagements.ofTrainer(tx, classId, personId);
      const taken = await this.answers.take(tx, engagement, { answer, via: 'link', reason: reason ?? null, heard: null }, at);
      if (taken.changed) await this.links.record(tx, id, 'answered', at);
      return taken;
    });
  }
}
