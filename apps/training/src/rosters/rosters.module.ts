import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies/agencies.module.js';
import { AnnouncementsModule } from '../announcements/announcements.module.js';
import { ClassesModule } from '../classes/classes.module.js';
import { LinksModule } from '../links/links.module.js';
import { LockDueRosters } from './lock-due.js';
import { LockRoster } from './lock-roster.js';
import { MakeRoster } from './make-roster.js';
import { RecordRosterDownload } from './record-download.js';
import { RosterViews } from './roster-view.repository.js';
import { RosterRepository } from './roster.repository.js';
import { RostersConsumer } from './rosters.consumer.js';
import { RostersSchedule } from './rosters.schedule.js';
import { SendRoster } from './send-roster.js';

@Module({
  imports: [AgenciesModule, AnnouncementsModule, ClassesModule, LinksModule],
  controllers: [RostersConsumer],
  providers: [LockRoster, LockDueRosters, MakeRoster, SendRoster, RecordRosterDownload, RostersSchedule, RosterRepository, RosterViews],
  exports: [MakeRoster, SendRoster, RosterRepository],
})
export class RostersModule {}
