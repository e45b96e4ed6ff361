import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies/agencies.module.js';
import { BookingsModule } from '../bookings/bookings.module.js';
import { CoursesModule } from '../courses/courses.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { CancelClass } from './cancel-class.js';
import { ChangeClass } from './change-class.js';
import { ClassChanges } from './class-changes.js';
import { ClassDesk } from './class-desk.js';
import { ClassViews } from './class-view.repository.js';
import { ClassRepository } from './class.repository.js';
import { ClassesConsumer, ClassViewsConsumer } from './classes.consumer.js';
import { PlanClass } from './plan-class.js';
import { PostponeClass } from './postpone-class.js';
import { RosterConflicts } from './roster-conflicts.repository.js';
import { TraineeConflicts } from './trainee-conflicts.repository.js';

@Module({
  imports: [AgenciesModule, CoursesModule, BookingsModule, TasksModule],
  controllers: [ClassesConsumer, ClassViewsConsumer],
  providers: [
    PlanClass,
    ChangeClass,
    PostponeClass,
    CancelClass,
    ClassChanges,
    ClassDesk,
    ClassRepository,
    ClassViews,
    RosterConflicts,
    TraineeConflicts,
  ],
  exports: [ClassChanges, ClassDesk, ClassRepository],
})
export class ClassesModule {}
