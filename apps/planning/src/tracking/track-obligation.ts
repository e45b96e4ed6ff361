import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, type Deadline } from '#calendar';
import type { PayloadOf, ReplyOf, trackObligation } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { ObligationRepository } from '../obligations/obligation.repository.js';
import { OpenObligations } from '../obligations/open-obligations.js';
import { SettleObligation } from '../obligations/settle-obligation.js';
import type { Tx } from '../persistence/database.js';
import { differenceOf, type Word } from './tracked-obligation.js';
import { TrackedObligationRepository } from './tracked-obligation.repository.js';

type Told = PayloadOf<typeof trackObligation>;
type Outcome = ReplyOf<typeof trackObligation>['outcome'];

/** Keeps in the ledger what other services have owed: classes their nominations and reports, ceremonies their checklists. */
@Injectable()
export class TrackObligation {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly tracked: TrackedObligationRepository,
    private readonly obligations: ObligationRepository,
    private readonly opening: OpenObligations,
    private readonly settling: SettleObligation,
    private readonly clock: Clock,
  ) {}

  /** The same or an older word changes nothing. @throws DomainError `plan-not-found`, `agency-not-found` */
  execute(told: Told, message: Message): Promise<ReplyOf<typeof trackObligation>> {
    return this.work.once(message, async (tx) => ({ obligationId: told.obligationId, outcome: await this.apply(tx, told) }));
  }

  private async apply(tx: Tx, told: Told): Promise<Outcome> {
    const { obligationId, version, state, debtor } = told;
    const deadline = { word: told.deadline.word, date: Temporal.PlainDate.from(told.deadline.date), roll: 'FORWARD' } as const;
    const word = { version, state, debtor, dueOn: this.opening.dueOn(deadline) };
    const before = await this.tracked.before(tx, obligationId, word);
    if (before.version >= version) return 'older';
    await this.tracked.keep(tx, obligationId, word);
    if (await this.tracked.exists(tx, obligationId)) return this.change(tx, told, deadline, { before, word });
    // Settled before it was ever owed here: nobody is to be chased for it.
    return state === 'open' ? this.open(tx, told, deadline) : 'unchanged';
  }

  private async open(tx: Tx, told: Told, deadline: Deadline): Promise<Outcome> {
    await this.tracked.mustHavePlan(tx, told.planId);
    const { obligationId: id, planId, taskId, kind, title, titleEn, period, periodEn } = told;
    const debtorId = await this.tracked.agencyId(tx, told.debtor);
    const creditorId = await this.tracked.agencyId(tx, told.creditor);
    const ladder = await this.opening.ladder(tx, planId);
    const owed = { id, planId, taskId, kind, title, titleEn, period, periodEn, window: null, debtorId, creditorId, deadline, ladder };
    await this.opening.execute(tx, [owed], this.clock.now());
    return 'opened';
  }

  private async change(tx: Tx, told: Told, deadline: Deadline, words: { before: Omit<Word, 'state'>; word: Word }): Promise<Outcome> {
    const held = await this.obligations.hold(tx, told.obligationId);
    const at = this.clock.now();
    const difference = differenceOf(held.state, words.before, words.word);
    if (difference.do === 'nothing') return 'unchanged';
    if (difference.do === 'close') {
      await this.settling.close(tx, held, difference.outcome, told.reason, at);
      return 'changed';
    }
    if (difference.reschedule) await this.settling.reschedule(tx, held, deadline, told.reason, at);
    if (difference.reassign) {
      const debtorId = await this.tracked.agencyId(tx, told.debtor);
      await this.settling.reassign(tx, await this.obligations.hold(tx, held.id), debtorId, { reason: told.reason, decision: null }, at);
    }
    return 'changed';
  }
}
