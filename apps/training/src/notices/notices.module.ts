import { Module } from '@nestjs/common';
import { AnnouncementsModule } from '../announcements/announcements.module.js';
import { ClassesModule } from '../classes/classes.module.js';
import { LinksModule } from '../links/links.module.js';
import { RostersModule } from '../rosters/rosters.module.js';
import { AnnouncementViews } from './announcement-view.repository.js';
import { NoticesFollowClass } from './follow-class.js';
import { MarkUrgent } from './mark-urgent.js';
import { NoticesConsumer } from './notices.consumer.js';
import { NoticesSchedule } from './notices.schedule.js';
import { ReaderRepository } from './reader.repository.js';
import { SendNotices } from './send-notices.js';
import { TellClass } from './tell-class.js';
import { TellClasses } from './tell-classes.js';
import { TellTrainees } from './tell-trainees.js';
import { TellTrainers } from './tell-trainers.js';

@Module({
  imports: [AnnouncementsModule, ClassesModule, LinksModule, RostersModule],
  controllers: [NoticesConsumer],
  providers: [
    MarkUrgent,
    TellClasses,
    TellClass,
    TellTrainers,
    TellTrainees,
    SendNotices,
    NoticesFollowClass,
    NoticesSchedule,
    ReaderRepository,
    AnnouncementViews,
  ],
})
export class NoticesModule {}
