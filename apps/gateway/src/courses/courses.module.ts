import { Module } from '@nestjs/common';
import { CourseFileController } from './course-file.controller.js';
import { CoursesController } from './courses.controller.js';

@Module({ controllers: [CourseFileController, CoursesController] })
export class CoursesModule {}
