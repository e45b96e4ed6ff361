import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import { countMessages, getMessage, listMessages, messageStates, type PayloadOf, type ReplyOf } from '#contracts';
import { On, pageOf } from '#messaging';
import { MessageRepository } from './message.repository.js';

@Controller()
export class MessagesConsumer {
  constructor(
    private readonly messages: MessageRepository,
    private readonly clock: Clock,
  ) {}

  @On(listMessages)
  list(ask: PayloadOf<typeof listMessages>) {
    const { state, obligationId, recipientId, agencyCode } = ask;
    return pageOf(
      ask,
      (limit, after) => this.messages.list({ state, obligationId, recipientId, agencyCode, limit, after }),
      (one) => one.messageId,
    );
  }

  @On(getMessage)
  get({ messageId }: PayloadOf<typeof getMessage>) {
    return this.messages.story(messageId);
  }

  @On(countMessages)
  async count(): Promise<ReplyOf<typeof countMessages>> {
    const counts = await this.messages.counts();
    const byState = Object.fromEntries(messageStates.map((state) => [state, counts[state] ?? 0])) as ReplyOf<
      typeof countMessages
    >['byState'];
    return { asOf: this.clock.now().toString(), byState };
  }
}
