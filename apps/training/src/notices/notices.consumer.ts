import { Controller } from '@nestjs/common';
import { listAnnouncements, markUrgent, type PayloadOf } from '#contracts';
import { On, type Message } from '#messaging';
import { AnnouncementViews } from './announcement-view.repository.js';
import { MarkUrgent } from './mark-urgent.js';

@Controller()
export class NoticesConsumer {
  constructor(
    private readonly marking: MarkUrgent,
    private readonly views: AnnouncementViews,
  ) {}

  @On(markUrgent)
  mark(payload: PayloadOf<typeof markUrgent>, message: Message) {
    return this.marking.execute(payload, message);
  }

  @On(listAnnouncements)
  async list({ classId }: PayloadOf<typeof listAnnouncements>) {
    return { items: await this.views.list(classId) };
  }
}
