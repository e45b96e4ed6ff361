import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { cancelInspection, PayloadOf, ReplyOf } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import type { Tx } from '../persistence/database.js';
import { mustBePlanned } from './inspection.js';
import { InspectionRepository } from './inspection.repository.js';

/** A planned visit does not take place. The reason stands in its history. */
@Injectable()
export class CancelInspection {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly inspections: InspectionRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `inspection-not-found`, `changed-meanwhile`, `inspection-not-planned` */
  execute(input: PayloadOf<typeof cancelInspection>, message: Message): Promise<ReplyOf<typeof cancelInspection>> {
    return this.work.once(message, async (tx) => {
      const inspection = await this.inspections.hold(tx, input.inspectionId);
      mustBeSeen('inspection', inspection, input.seenVersion);
      mustBePlanned(inspection);
      const version = await this.inspections.move(tx, inspection.id, { state: 'cancelled' });
      await this.inspections.tell(tx, inspection.id, this.clock.now(), 'cancelled', { reason: input.reason });
      return { inspectionId: inspection.id, state: 'cancelled', version };
    });
  }
}
