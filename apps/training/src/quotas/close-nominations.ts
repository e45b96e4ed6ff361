import { Injectable, Logger } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import { localDate } from '#calendar';
import type { closeNominations, PayloadOf, ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { WorkingDays } from '../calendar/working-days.js';
import { after } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { QuotaDesk, seatsOf, type HeldForQuotas } from './quota-desk.js';
import { mayClose } from './quota.js';

/**
 * Nominations for a class are over: seats that were kept for leaders are free for all, and what comes afterwards is late. What an agency still owes it owes on,
 * until the roster is locked.
 */
@Injectable()
export class CloseNominations {
  private readonly logger = new Logger(CloseNominations.name);

  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: QuotaDesk,
    private readonly days: WorkingDays,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, `days-missing`, `class-step-refused` */
  execute(input: PayloadOf<typeof closeNominations>, message: Message): Promise<ReplyOf<typeof closeNominations>> {
    return this.work.once(message, async (tx) => this.close(tx, await this.desk.hold(tx, input), input.reason));
  }

  /** Closes what is over by the working day of `runAt`; on other days nothing. A class that fails keeps the others from nothing. */
  async closeDue(runAt: Temporal.Instant): Promise<void> {
    const today = localDate(runAt);
    const { calendar } = this.days;
    if (!calendar.isWorkingDay(today)) return;
    const failures: unknown[] = [];
    for (const classId of await this.work.run((tx) => this.desk.quotas.opened(tx)))
      await this.work
        .run(async (tx) => {
          const of = await this.desk.hold(tx, { classId });
          const quotas = (await this.desk.quotas.of(tx, [classId])).filter(({ state }) => state !== 'cancelled');
          if (of.held.state !== 'nomination-open' || !mayClose(quotas, of.firstDay, today, calendar)) return;
          await this.close(tx, of, 'Hết hạn cử học viên');
        })
        .catch((error: unknown) => {
          this.logger.error(`Nominations of class ${classId} could not be closed`, error);
          failures.push(error);
        });
    if (failures.length > 0) throw new AggregateError(failures, `${String(failures.length)} classes could not be closed for nominations`);
  }

  private async close(tx: Tx, of: HeldForQuotas, reason: string): Promise<ReplyOf<typeof closeNominations>> {
    const state = after('close-nominations', of.held);
    const quotas = await this.desk.quotas.of(tx, [of.held.id]);
    const owing = quotas.filter((quota) => quota.state === 'open').map(({ agency }) => agency);
    const moved = await this.desk.step(tx, of, 'nominations-closed', { state, reason, detail: { owing } });
    return { ...moved, ...seatsOf(quotas, of.held) };
  }
}
