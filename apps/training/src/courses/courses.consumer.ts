import { Controller } from '@nestjs/common';
import { changeCourse, endCourse, getCourse, listCourses, recordCourse, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { ChangeCourse } from './change-course.js';
import { CourseRepository } from './course.repository.js';
import { EndCourse } from './end-course.js';
import { RecordCourse } from './record-course.js';

@Controller()
export class CoursesConsumer {
  constructor(
    private readonly recording: RecordCourse,
    private readonly changing: ChangeCourse,
    private readonly ending: EndCourse,
    private readonly courses: CourseRepository,
  ) {}

  @On(recordCourse)
  record(payload: PayloadOf<typeof recordCourse>, message: Message) {
    return this.recording.execute(payload, message);
  }

  @On(changeCourse)
  change(payload: PayloadOf<typeof changeCourse>, message: Message) {
    return this.changing.execute(payload, message);
  }

  @On(endCourse)
  end(payload: PayloadOf<typeof endCourse>, message: Message) {
    return this.ending.execute(payload, message);
  }

  @On(listCourses)
  list(ask: PayloadOf<typeof listCourses>) {
    return pageOf(
      ask,
      (limit, after) => this.courses.list(ask, limit, after),
      (one) => one.courseId,
    );
  }

  @On(getCourse)
  get(ask: PayloadOf<typeof getCourse>) {
    return this.courses.view(ask.courseId);
  }
}
