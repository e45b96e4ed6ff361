import { Controller } from '@nestjs/common';
import { getSuspension, listSuspensions, resume, suspend, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { Resume } from './resume.js';
import { Suspend } from './suspend.js';
import { SuspensionViews } from './suspension-view.repository.js';

@Controller()
export class SuspensionsConsumer {
  constructor(
    private readonly suspending: Suspend,
    private readonly resuming: Resume,
    private readonly views: SuspensionViews,
  ) {}

  @On(suspend)
  suspend(payload: PayloadOf<typeof suspend>, message: Message) {
    return this.suspending.execute(payload, message);
  }

  @On(resume)
  resume(payload: PayloadOf<typeof resume>, message: Message) {
    return this.resuming.execute(payload, message);
  }

  @On(listSuspensions)
  list(payload: PayloadOf<typeof listSuspensions>) {
    return pageOf(
      payload,
      (limit, after) => this.views.list(payload, after, limit),
      (item) => item.suspensionId,
    );
  }

  @On(getSuspension)
  get({ suspensionId }: PayloadOf<typeof getSuspension>) {
    return this.views.find(suspensionId);
  }
}
