import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import { type ServiceStatus, planningStatus } from '#contracts';
import { On, outboxGauges } from '#messaging';
import { StatusGauges, statusOf } from '#observability';
import { Database } from '../persistence/database.js';
import { PlanningGauges } from './planning-gauges.js';

@Controller()
export class StatusConsumer {
  constructor(
    private readonly clock: Clock,
    private readonly gauges: StatusGauges,
    private readonly database: Database,
    ledger: PlanningGauges,
  ) {
    gauges.contribute(() => ledger.read());
    gauges.contribute(() => outboxGauges(database));
  }

  @On(planningStatus)
  status(): Promise<ServiceStatus> {
    return statusOf({ service: 'planning', clock: this.clock, gauges: this.gauges, ping: () => this.database.ping() });
  }
}
