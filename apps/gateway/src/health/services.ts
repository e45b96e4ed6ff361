import { Injectable } from '@nestjs/common';
import {
  ceremonyStatus,
  notificationsStatus,
  planningStatus,
  services,
  trainingStatus,
  type Query,
  type Service,
  type ServiceStatus,
  type serviceStatus,
} from '#contracts';
import { QueryClient } from '#messaging/asking';
import { timed, type Timed } from './timed.js';

const questions = {
  planning: planningStatus,
  training: trainingStatus,
  ceremony: ceremonyStatus,
  notifications: notificationsStatus,
} satisfies Record<Service, Query<typeof planningStatus.payload, typeof serviceStatus>>;

export interface ServiceAnswer extends Timed<ServiceStatus> {
  readonly service: Service;
}

/** What the services say of themselves, all asked at once. A silent one is an answer too, so nothing here fails. */
@Injectable()
export class Services {
  constructor(private readonly queries: QueryClient) {}

  /** @param deadline real milliseconds, for all of them together */
  statuses(deadline: number): Promise<ServiceAnswer[]> {
    return Promise.all(
      services.map(async (service) => ({
        service,
        ...(await timed(deadline, () => this.queries.ask(questions[service], {}, { timeoutMs: deadline }))),
      })),
    );
  }
}
