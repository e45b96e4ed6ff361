import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies/agencies.module.js';
import { ClassesModule } from '../classes/classes.module.js';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { AddQuota } from './add-quota.js';
import { ChangeQuota } from './change-quota.js';
import { CloseNominations } from './close-nominations.js';
import { CompleteNominations } from './complete-nominations.js';
import { QuotasFollowClass } from './follow-class.js';
import { NominationsSchedule } from './nominations.schedule.js';
import { OpenNominations } from './open-nominations.js';
import { QuotaDesk } from './quota-desk.js';
import { QuotaRepository } from './quota.repository.js';
import { QuotaWords } from './quota-words.js';
import { QuotasConsumer, QuotaViewsConsumer } from './quotas.consumer.js';
import { RemoveQuota } from './remove-quota.js';

@Module({
  imports: [AgenciesModule, ClassesModule, ObligationsModule],
  controllers: [QuotasConsumer, QuotaViewsConsumer],
  providers: [
    OpenNominations,
    CloseNominations,
    AddQuota,
    ChangeQuota,
    RemoveQuota,
    CompleteNominations,
    QuotasFollowClass,
    NominationsSchedule,
    QuotaDesk,
    QuotaWords,
    QuotaRepository,
  ],
  exports: [QuotaRepository, QuotaWords, NominationsSchedule],
})
export class QuotasModule {}
