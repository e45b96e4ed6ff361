import { Injectable } from '@nestjs/common';
import { mustBeSeen } from '#messaging';
import type { Temporal } from 'temporal-polyfill';
import type { HeldObligation } from '../obligations/obligation.js';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { OpenObligations } from '../obligations/open-obligations.js';
import { SettleObligation } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { mustBeAsked, type ExtensionAnswer, type HeldExtension } from './extension.js';
import { ExtensionRepository } from './extension.repository.js';

/** What a question for more time touches: the thing owed, the question, and the answer that is owed as long as it is open. */
@Injectable()
export class ExtensionLedger {
  constructor(
    readonly obligations: ObligationRepository,
    readonly opening: OpenObligations,
    readonly settling: SettleObligation,
    readonly extensions: ExtensionRepository,
  ) {}

  /**
   * A question that still waits for its answer, locked after the obligation that it is about.
   * @throws DomainError `extension-not-found`, `changed-meanwhile`, `extension-answered`
   */
  async hold(
    tx: Tx,
    { extensionId, seenVersion }: { extensionId: string; seenVersion?: number | undefined },
  ): Promise<{ held: HeldObligation; question: HeldExtension }> {
    const held = await this.obligations.hold(tx, await this.extensions.obligationOf(tx, extensionId));
    const question = await this.extensions.hold(tx, extensionId);
    mustBeSeen('extension', question, seenVersion);
    mustBeAsked(question);
    return { held, question };
  }

  /** Ends a question that is held: nobody owes an answer to it any more. @returns its new version */
  async end(
    tx: Tx,
    question: HeldExtension,
    answer: ExtensionAnswer,
    owed: { outcome: 'fulfilled' | 'cancelled'; reason: string },
    at: Temporal.Instant,
  ): Promise<number> {
    const version = await this.extensions.answer(tx, question.id, answer, at);
    if (question.answerObligationId !== null) {
      const held = await this.obligations.hold(tx, question.answerObligationId);
      if (held.state === 'open') await this.settling.close(tx, held, owed.outcome, owed.reason, at);
    }
    return version;
  }
}
