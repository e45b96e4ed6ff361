import { Injectable } from '@nestjs/common';
import { Clock, localDate, toDate } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type resume } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { StandStill } from './stand-still.js';
import { SuspensionRepository } from './suspension.repository.js';

/** A plan or a task goes on from today, by a decision. What has not begun to stand still yet is withdrawn. */
@Injectable()
export class Resume {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly suspensions: SuspensionRepository,
    private readonly standing: StandStill,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `suspension-not-found`, `changed-meanwhile`, `suspension-ended` */
  execute(input: PayloadOf<typeof resume>, message: Message): Promise<ReplyOf<typeof resume>> {
    return this.work.once(message, async (tx) => {
      const held = await this.suspensions.hold(tx, input.suspensionId);
      mustBeSeen('suspension', held, input.seenVersion);
      const { decision, reason } = input;
      const at = this.clock.now();
      const told = { suspensionId: held.id, at: at.toString() };
      if (held.state === 'running') {
        const ending = { resumedOn: localDate(at), by: message.actor, decision, reason };
        return { ...told, state: 'ended', ...(await this.standing.end(tx, held, ending, at)) };
      }
      if (held.state !== 'planned')
        throw new DomainError('suspension-ended', `This suspension is ${held.state} already; nothing stands still under it.`);
      const end = { endedAt: toDate(at), endedBy: message.actor, endDecision: decision, endReason: reason };
      const { version } = await this.suspensions.change(tx, held.id, end);
      await this.history.tell(tx, [{ subject: 'suspension', subjectId: held.id, at, what: 'withdrawn', reason, detail: { decision } }]);
      return { ...told, state: 'withdrawn', version, obligationsResumed: 0, deadlinesMoved: 0, stepsMoved: 0, tasksResumed: 0 };
    });
  }
}
