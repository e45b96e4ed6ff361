import { Injectable } from '@nestjs/common';
import { Clock, localDate } from '#calendar';
import type { PayloadOf, recordDataRequest, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { WorkingDays } from '../calendar/working-days.js';
import type { Tx } from '../persistence/database.js';
import { clocksOf } from './data-request.js';
import { DataRequestRepository } from './data-request.repository.js';
import { PersonRepository } from './person.repository.js';
import { RequestDesk } from './request-desk.js';

/** Somebody asks about their own data: both clocks begin, and the standing agency of the plan owes an answer and a deed. */
@Injectable()
export class RecordDataRequest {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly people: PersonRepository,
    private readonly requests: DataRequestRepository,
    private readonly desk: RequestDesk,
    private readonly days: WorkingDays,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `trainee-not-found`, `trainee-forgotten`, `plan-not-known` */
  execute(input: PayloadOf<typeof recordDataRequest>, message: Message): Promise<ReplyOf<typeof recordDataRequest>> {
    return this.work.once(message, async (tx) => {
      const [at, { traineeId, kind, asked }] = [this.clock.now(), input];
      await this.people.hold(tx, traineeId);
      const clocks = clocksOf(localDate(at), this.days.calendar);
      const request = await this.requests.create(tx, { id: message.id, traineeId, kind, receivedAt: at, ...clocks }, asked);
      return this.desk.tell(tx, request, { at, what: 'received', reason: null });
    });
  }
}
