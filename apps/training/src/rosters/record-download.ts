import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, recordRosterDownload, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { AccessLinkRepository } from '../links/access-link.repository.js';
import type { Tx } from '../persistence/database.js';
import { RosterViews } from './roster-view.repository.js';

/** A trainer keeps their roster as a file: on record before the file is made, so that no list leaves unseen (domain 6.2). */
@Injectable()
export class RecordRosterDownload {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly views: RosterViews,
    private readonly links: AccessLinkRepository,
    private readonly clock: Clock,
  ) {}

  /** Idempotent by the message. @throws DomainError `link-unknown`, `link-revoked`, `link-expired` */
  execute({ token, form }: PayloadOf<typeof recordRosterDownload>, message: Message): Promise<ReplyOf<typeof recordRosterDownload>> {
    return this.work.once(message, async (tx) => {
      const at = this.clock.now();
      const { link, roster } = await this.views.link(tx, token, at);
      await this.links.record(tx, link.id, `roster-${form}`, at);
      return { classId: link.classId, rosterVersion: roster.version };
    });
  }
}
