import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies/agencies.module.js';
import { TasksModule } from '../tasks/tasks.module.js';
import { ChangeCourse } from './change-course.js';
import { CourseRepository } from './course.repository.js';
import { CoursesConsumer } from './courses.consumer.js';
import { EndCourse } from './end-course.js';
import { RecordCourse } from './record-course.js';

@Module({
  imports: [TasksModule, AgenciesModule],
  controllers: [CoursesConsumer],
  providers: [RecordCourse, ChangeCourse, EndCourse, CourseRepository],
  exports: [CourseRepository],
})
export class CoursesModule {}
