import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies/agencies.module.js';
import { WorkingDays } from '../calendar/working-days.js';
import { CoursesModule } from '../courses/courses.module.js';
import { TrainersModule } from '../trainers/trainers.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { AssignTrainer } from './assign-trainer.js';
import { BookingRepository } from './booking.repository.js';
import { CancelClass } from './cancel-class.js';
import { ChangeClass } from './change-class.js';
import { ClassDesk } from './class-desk.js';
import { ClassViews } from './class-view.repository.js';
import { ClassRepository } from './class.repository.js';
import { ClassesConsumer, ClassViewsConsumer } from './classes.consumer.js';
import { MoveSession } from './move-session.js';
import { PlanClass } from './plan-class.js';
import { PostponeClass } from './postpone-class.js';

@Module({
  imports: [AgenciesModule, CoursesModule, VenuesModule, TrainersModule],
  controllers: [ClassesConsumer, ClassViewsConsumer],
  providers: [
    PlanClass,
    ChangeClass,
    MoveSession,
    AssignTrainer,
    PostponeClass,
    CancelClass,
    ClassDesk,
    ClassRepository,
    BookingRepository,
    ClassViews,
    WorkingDays,
  ],
})
export class ClassesModule {}
