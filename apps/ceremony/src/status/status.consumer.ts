import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import { type ServiceStatus, ceremonyStatus } from '#contracts';
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

  @On(ceremonyStatus)
  status(): Promise<ServiceStatus> {
    return statusOf({ service: 'ceremony', clock: this.clock, gauges: this.gauges, ping: () => this.database.ping() });
  }
}
