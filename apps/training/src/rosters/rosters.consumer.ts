import { Controller } from '@nestjs/common';
import { Clock } from '#calendar';
import { getRoster, lockRoster, openRoster, recordRosterDownload, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { LockRoster } from './lock-roster.js';
import { RecordRosterDownload } from './record-download.js';
import { RosterViews } from './roster-view.repository.js';

@Controller()
export class RostersConsumer {
  constructor(
    private readonly locking: LockRoster,
    private readonly recording: RecordRosterDownload,
    private readonly views: RosterViews,
    private readonly clock: Clock,
  ) {}

  @On(lockRoster)
  lock(payload: PayloadOf<typeof lockRoster>, message: Message) {
    return this.locking.execute(payload, message);
  }

  @On(recordRosterDownload)
  record(payload: PayloadOf<typeof recordRosterDownload>, message: Message) {
    return this.recording.execute(payload, message);
  }

  @On(openRoster)
  open(ask: PayloadOf<typeof openRoster>) {
    return this.views.open(ask, this.clock.now());
  }

  @On(getRoster)
  get(ask: PayloadOf<typeof getRoster>) {
    return this.views.get(ask);
  }
}
