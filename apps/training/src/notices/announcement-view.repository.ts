import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, type announcementView } from '#contracts';
import { AnnouncementRepository } from '../announcements/announcement.repository.js';
import { Database } from '../persistence/database.js';

/** What people see of who was told what. */
@Injectable()
export class AnnouncementViews {
  constructor(
    private readonly database: Database,
    private readonly announcements: AnnouncementRepository,
  ) {}

  /** @throws DomainError `class-not-found` */
  async list(classId: string): Promise<z.output<typeof announcementView>[]> {
    if ((await this.database.trainingClass.count({ where: { id: classId } })) === 0)
      throw new DomainError('class-not-found', `There is no class ${classId}. GET /api/v1/classes lists them.`);
    return (await this.announcements.of(this.database, classId)).map(({ told, toldAt, remindedFor, ...one }) => ({
      ...one,
      toldAt: toldAt.toString(),
      venueId: told.venueId,
      sessions: told.sessions.map(({ sessionId, day, part }) => ({ sessionId, day, part })),
      rosterVersion: told.rosterVersion,
      remindedFor: remindedFor?.toString() ?? null,
    }));
  }
}
