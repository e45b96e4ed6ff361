import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { closeFinding, PayloadOf, ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { mustBeAnswered } from './inspection.js';
import { InspectionRepository } from './inspection.repository.js';

/** What the agency answered is enough: the finding is closed for good. */
@Injectable()
export class CloseFinding {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly inspections: InspectionRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `finding-not-found`, `changed-meanwhile`, `finding-not-answered` */
  execute(input: PayloadOf<typeof closeFinding>, message: Message): Promise<ReplyOf<typeof closeFinding>> {
    return this.work.once(message, async (tx) => {
      const finding = await this.inspections.holdFinding(tx, input.findingId);
      mustBeSeen('finding', finding, input.seenVersion);
      mustBeAnswered(finding);
      const { id: findingId, inspectionId, ordinal, obligationId } = finding;
      const version = await this.inspections.moveFinding(tx, findingId, { state: 'closed' });
      await this.inspections.tell(tx, inspectionId, this.clock.now(), 'finding-closed', { detail: { findingId, ordinal } });
      return { findingId, inspectionId, state: 'closed', obligationId, version };
    });
  }
}
