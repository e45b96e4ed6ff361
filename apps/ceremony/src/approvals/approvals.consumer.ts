import { Controller } from '@nestjs/common';
import { dossierDecided, type PayloadOf } from '#contracts';
import { type Message, On } from '#messaging';
import { decisionOf } from './dossier-decision.js';
import { KeepDecision } from './keep-decision.js';

@Controller()
export class ApprovalsConsumer {
  constructor(private readonly keepDecision: KeepDecision) {}

  @On(dossierDecided)
  async decided(event: PayloadOf<typeof dossierDecided>, message: Message): Promise<undefined> {
    await this.keepDecision.execute(decisionOf(event), message);
  }
}
