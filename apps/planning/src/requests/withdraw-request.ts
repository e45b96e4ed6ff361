import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type withdrawRequest } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { SettleObligation } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { RequestRepository } from './request.repository.js';

/** A request is taken back: what is still owed of it is owed no longer, what was handed in stays. */
@Injectable()
export class WithdrawRequest {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly requests: RequestRepository,
    private readonly obligations: ObligationRepository,
    private readonly settling: SettleObligation,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `request-not-found`, `request-withdrawn` */
  execute(input: PayloadOf<typeof withdrawRequest>, message: Message): Promise<ReplyOf<typeof withdrawRequest>> {
    const { reason } = input;
    return this.work.once(message, async (tx) => {
      const { id, code, withdrawn } = await this.requests.hold(tx, input.requirementId);
      if (withdrawn) throw new DomainError('request-withdrawn', `The request ${code} has been withdrawn already.`);
      const at = this.clock.now();
      const held = await this.obligations.holdAll(tx, await this.requests.holdReports(tx, id));
      const open = held.filter(({ state }) => state === 'open');
      for (const one of open) await this.settling.close(tx, one, 'cancelled', reason, at);
      await this.requests.retire(tx, id);
      const counts = { cancelled: open.length, kept: held.length - open.length };
      await this.history.tell(tx, [{ subject: 'report', subjectId: id, at, what: 'withdrawn', reason, detail: { code, ...counts } }]);
      return { requirementId: id, code, ...counts };
    });
  }
}
