import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import { type ServiceStatus, trainingStatus } from '#contracts';
import { On, outboxGauges } from '#messaging';
import { StatusGauges, statusOf } from '#observability';
import { Database } from '../persistence/database.js';

@Controller()
export class StatusConsumer {
  constructor(
    private readonly clock: Clock,
    private readonly gauges: StatusGauges,
    private readonly database: Database,
  ) {
    gauges.contribute(() => outboxGauges(database));
  }

  @On(trainingStatus)
  status(): Promise<ServiceStatus> {
    return statusOf({ service: 'training', clock: this.clock, gauges: this.gauges, ping: () => this.database.ping() });
  }
}
