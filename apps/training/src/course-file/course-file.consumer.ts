import { Controller } from '@nestjs/common';
import { importCourses, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { ImportCourses } from './import-courses.js';

@Controller()
export class CourseFileConsumer {
  constructor(private readonly importing: ImportCourses) {}

  @On(importCourses)
  import(payload: PayloadOf<typeof importCourses>, message: Message) {
    return this.importing.execute(payload, message);
  }
}
