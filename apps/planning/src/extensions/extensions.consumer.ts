import { Controller } from '@nestjs/common';
import { answerExtension, askExtension, getExtension, listExtensions, withdrawExtension, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { AnswerExtension } from './answer-extension.js';
import { AskExtension } from './ask-extension.js';
import { ExtensionRepository } from './extension.repository.js';
import { WithdrawExtension } from './withdraw-extension.js';

@Controller()
export class ExtensionsConsumer {
  constructor(
    private readonly asking: AskExtension,
    private readonly answering: AnswerExtension,
    private readonly withdrawing: WithdrawExtension,
    private readonly extensions: ExtensionRepository,
  ) {}

  @On(askExtension)
  ask(payload: PayloadOf<typeof askExtension>, message: Message) {
    return this.asking.execute(payload, message);
  }

  @On(answerExtension)
  answer(payload: PayloadOf<typeof answerExtension>, message: Message) {
    return this.answering.execute(payload, message);
  }

  @On(withdrawExtension)
  withdraw(payload: PayloadOf<typeof withdrawExtension>, message: Message) {
    return this.withdrawing.execute(payload, message);
  }

  @On(listExtensions)
  list(ask: PayloadOf<typeof listExtensions>) {
    return pageOf(
      ask,
      (limit, after) => this.extensions.list(ask, limit, after),
      (one) => one.extensionId,
    );
  }

  @On(getExtension)
  get({ extensionId }: PayloadOf<typeof getExtension>) {
    return this.extensions.find(extensionId);
  }
}
