import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type answerFinding, type PayloadOf, type ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { mustBeOwed, SettleObligation } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { InspectionRepository } from './inspection.repository.js';

/** The inspected agency says what it did about a finding: what it owed is fulfilled, and nobody is chased for it any more. */
@Injectable()
export class AnswerFinding {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly inspections: InspectionRepository,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `finding-not-found`, `changed-meanwhile`, `finding-already-answered`, `obligation-settled` */
  execute(input: PayloadOf<typeof answerFinding>, message: Message): Promise<ReplyOf<typeof answerFinding>> {
    return this.work.once(message, async (tx) => {
      const finding = await this.inspections.holdFinding(tx, input.findingId);
      mustBeSeen('finding', finding, input.seenVersion);
      const { id: findingId, inspectionId, ordinal, obligationId, state } = finding;
      if (state !== 'open') {
        throw new DomainError(
          'finding-already-answered',
          `This finding is ${state} already. When the answer is not enough the standing agency reopens it, and then it can be answered again.`,
          [{ state }],
        );
      }
      const held = await this.obligations.hold(tx, obligationId);
      mustBeOwed(held);
      const at = this.clock.now();
      const version = await this.inspections.moveFinding(tx, findingId, { state: 'answered', answer: input.answer });
      await this.settling.close(tx, held, 'fulfilled', 'answered', at);
      await this.inspections.tell(tx, inspectionId, at, 'finding-answered', { detail: { findingId, ordinal } });
      return { findingId, inspectionId, state: 'answered', obligationId, version };
    });
  }
}
