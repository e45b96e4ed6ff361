import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import { type ServiceStatus, notificationsStatus } from '#contracts';
import { On, outboxGauges } from '#messaging';
import { StatusGauges, statusOf } from '#observability';
import { MessageRepository } from '../messages/message.repository.js';
import { Database } from '../persistence/database.js';

@Controller()
export class StatusConsumer {
  constructor(
    private readonly clock: Clock,
    private readonly gauges: StatusGauges,
    private readonly database: Database,
    messages: MessageRepository,
  ) {
    gauges.contribute(async () =>
      Object.entries(await messages.counts()).map(([state, value]) => ({
        name: 'dondoc_messages',
        help: 'Mails by state',
        labels: { state },
        value,
      })),
    );
    gauges.contribute(() => outboxGauges(database));
  }

  @On(notificationsStatus)
  status(): Promise<ServiceStatus> {
    return statusOf({ service: 'notifications', clock: this.clock, gauges: this.gauges, ping: () => this.database.ping() });
  }
}
