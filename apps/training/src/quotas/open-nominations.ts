import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { DomainError, type openNominations, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { after } from '../classes/class.js';
import type { Tx } from '../persistence/database.js';
import { QuotaDesk, seatsOf } from './quota-desk.js';

/**
 * Agencies may nominate for a class from now on: each has its quota, and owes the list of whom it sends (domain 4.1, 4.6). After a postponement the same command
 * takes up what the class had.
 */
@Injectable()
export class OpenNominations {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: QuotaDesk,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, `class-step-refused`, `days-missing`, `quotas-missing`, `agency-twice` and those of `QuotaDesk.put` */
  execute(input: PayloadOf<typeof openNominations>, message: Message): Promise<ReplyOf<typeof openNominations>> {
    return this.work.once(message, async (tx) => {
      const of = await this.desk.hold(tx, input);
      const state = after('open-nominations', of.held);
      const kept = (await this.desk.quotas.of(tx, [of.held.id])).filter((quota) => quota.state !== 'cancelled');
      const asked = input.quotas.map(({ agency }) => agency);
      if (new Set(asked).size < asked.length) throw new DomainError('agency-twice', 'An agency has one quota in a class. Name each once.');
      if (asked.length + kept.length === 0)
        throw new DomainError('quotas-missing', 'Say in "quotas" which agencies nominate, and how many each.');
      for (const { deadline, ...quota } of input.quotas)
        await this.desk.put(tx, of, { ...quota, deadline: this.desk.deadlineOf(of, deadline, input.deadline), reason: null }, 'set', null);
      for (const quota of kept) {
        const isOver = Temporal.PlainDate.compare(quota.deadline, of.today) < 0;
        if (asked.includes(quota.agency) || !(isOver || input.deadline)) continue;
        await this.desk.put(tx, of, { ...quota, deadline: this.desk.deadlineOf(of, input.deadline) }, 'deadline-moved', null);
      }
      const quotas = await this.desk.words.settle(tx, [of.held.id], `Mở đăng ký cử học viên lớp ${of.held.code}`);
      const { seats, capacity, warnings } = seatsOf(quotas, of.held);
      const detail = { agencies: quotas.map(({ agency }) => agency), seats };
      return { ...(await this.desk.step(tx, of, 'nominations-opened', { state, reason: null, detail })), seats, capacity, warnings };
    });
  }
}
