import { Module } from '@nestjs/common';
import { AnnouncementsModule } from '../announcements/announcements.module.js';
import { ClassesModule } from '../classes/classes.module.js';
import { LinksModule } from '../links/links.module.js';
import { AnswerInvitation } from './answer-invitation.js';
import { AssignTrainer } from './assign-trainer.js';
import { EngagementViews } from './engagement-view.repository.js';
import { EngagementRepository } from './engagement.repository.js';
import { EngagementsConsumer } from './engagements.consumer.js';
import { EngagementsSchedule } from './engagements.schedule.js';
import { EngagementsFollowClass } from './follow-class.js';
import { InviteDue } from './invite-due.js';
import { InviteTrainer } from './invite-trainer.js';
import { Invite } from './invite.js';
import { RecordAnswer } from './record-answer.js';
import { TakeAnswer } from './take-answer.js';

@Module({
  imports: [ClassesModule, LinksModule, AnnouncementsModule],
  controllers: [EngagementsConsumer],
  providers: [
    AssignTrainer,
    InviteTrainer,
    InviteDue,
    Invite,
    AnswerInvitation,
    RecordAnswer,
    TakeAnswer,
    EngagementsFollowClass,
    EngagementsSchedule,
    EngagementRepository,
    EngagementViews,
  ],
})
export class EngagementsModule {}
