import { Controller } from '@nestjs/common';
import { trackObligation, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { TrackObligation } from './track-obligation.js';

@Controller()
export class TrackingConsumer {
  constructor(private readonly tracking: TrackObligation) {}

  @On(trackObligation)
  track(payload: PayloadOf<typeof trackObligation>, message: Message) {
    return this.tracking.execute(payload, message);
  }
}
