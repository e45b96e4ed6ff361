import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, recordAnswer, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { EngagementRepository } from './engagement.repository.js';
import { TakeAnswer } from './take-answer.js';

/** Somebody of the office writes down what a trainer answered, and how it was heard. */
@Injectable()
export class RecordAnswer {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly engagements: EngagementRepository,
    private readonly answers: TakeAnswer,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `engagement-not-found`, `changed-meanwhile`, `class-not-standing`, and what `mustBeOpen` refuses */
  execute(input: PayloadOf<typeof recordAnswer>, message: Message): Promise<ReplyOf<typeof recordAnswer>> {
    return this.work.once(message, async (tx) => {
      const { engagementId, reason = null, ...given } = input;
      const engagement = await this.engagements.read(tx, engagementId);
      return this.answers.take(tx, engagement, { ...given, via: 'office', reason }, this.clock.now());
    });
  }
}
