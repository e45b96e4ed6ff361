import { Module } from '@nestjs/common';
import { ClassesModule } from '../classes/classes.module.js';
import { CoursesModule } from '../courses/courses.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { TrainersModule } from '../trainers/trainers.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { CourseFileConsumer } from './course-file.consumer.js';
import { CourseStock } from './course-stock.repository.js';
import { ImportCourses } from './import-courses.js';
import { OpenIntended } from './open-intended.js';
import { StoreCourseFile } from './store-course-file.js';

@Module({
  imports: [TasksModule, CoursesModule, ClassesModule, VenuesModule, TrainersModule],
  controllers: [CourseFileConsumer],
  providers: [ImportCourses, StoreCourseFile, OpenIntended, CourseStock],
})
export class CourseFileModule {}
