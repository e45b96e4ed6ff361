import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, recordAttendanceByLink, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { AccessLinkRepository } from '../links/access-link.repository.js';
import type { Tx } from '../persistence/database.js';
import { KeepAttendance } from './keep-attendance.js';

/** A trainer records who attended their own sessions, by the link that they were sent. */
@Injectable()
export class RecordAttendanceByLink {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly keeping: KeepAttendance,
    private readonly links: AccessLinkRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `link-unknown`, `link-revoked`, `link-expired`, and what `KeepAttendance` refuses */
  execute(input: PayloadOf<typeof recordAttendanceByLink>, message: Message): Promise<ReplyOf<typeof recordAttendanceByLink>> {
    return this.work.once(message, async (tx) => {
      const at = this.clock.now();
      const { id, classId, personId } = await this.links.open(tx, 'class', input.token, at);
      const reply = await this.keeping.execute(tx, { classId }, () => input.marks, { via: 'link', by: personId, reason: null }, at);
      await this.links.record(tx, id, 'attendance', at);
      return reply;
    });
  }
}
