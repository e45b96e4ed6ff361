import { Module } from '@nestjs/common';
import { TasksModule } from '../tasks/tasks.module.js';
import { AnnouncementRepository } from './announcement.repository.js';
import { ClassFacts } from './class-facts.repository.js';

@Module({ imports: [TasksModule], providers: [AnnouncementRepository, ClassFacts], exports: [AnnouncementRepository, ClassFacts] })
export class AnnouncementsModule {}
