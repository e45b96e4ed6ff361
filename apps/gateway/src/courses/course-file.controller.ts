import { Body, Controller, Post, Query } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { importCourses } from '#contracts';
import { CommandClient } from '#messaging/asking';
import { Executes } from '../http/answers.js';
import { IMPORT_TYPES } from '../http/bodies.js';
import { Identity, type RequestIdentity } from '../http/idempotency.js';
import { queryOf } from '../http/validation.js';

/** Real milliseconds: an import writes all courses of a plan in one transaction. */
const IMPORT_PATIENCE = 30_000;

const importQuery = queryOf(z.object({ fileName: importCourses.payload.shape.fileName.default('courses.yaml') }));

@ApiTags('Training')
@Controller('api/v1/courses/import')
export class CourseFileController {
  constructor(private readonly commands: CommandClient) {}

  @Post()
  @ApiConsumes(...IMPORT_TYPES)
  @Executes(
    importCourses.reply,
    'Import a course file',
    'Venues, institutions, trainers, courses and the intended classes, at most 1 MB, all or nothing. The same file again changes nothing. A bad one is answered with every error, at its line and path.',
  )
  importCourses(
    @Query({ schema: importQuery }) { fileName }: z.output<typeof importQuery>,
    @Body({ schema: z.string({ error: 'send the course file itself, as YAML text' }).min(1) }) yaml: string,
    @Identity() identity: RequestIdentity,
  ) {
    return this.commands.execute(importCourses, { fileName, yaml }, { ...identity, timeoutMs: IMPORT_PATIENCE });
  }
}
