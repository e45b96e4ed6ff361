import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock } from '#calendar';
import { DomainError, type PayloadOf, type ReplyOf, type requestSupplement } from '#contracts';
import { mustBeSeen, UnitOfWork, type Message } from '#messaging';
import { AMOUNT_FIELD } from '../approvals/dossier.js';
import { OpenDossier } from '../approvals/open-dossier.js';
import type { Tx } from '../persistence/database.js';
import { mustBeDeclared, type HeldShortfall } from './budget.js';
import { BudgetRepository } from './budget.repository.js';

/** More money for a task, asked of the agency that the plan names for it, only after a declared shortfall of the holder (SEED-39). */
@Injectable()
export class RequestSupplement {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly budget: BudgetRepository,
    private readonly dossiers: OpenDossier,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `shortfall-not-found`, `changed-meanwhile`, `shortfall-withdrawn`, `supplement-already-asked`, `not-the-holder`,
   * `no-supplement-provided`, `task-not-found`, `task-not-funded`, and what `OpenDossier.open` throws
   */
  execute(input: PayloadOf<typeof requestSupplement>, message: Message): Promise<ReplyOf<typeof requestSupplement>> {
    return this.work.once(message, async (tx) => {
      const shortfall = await this.budget.holdShortfall(tx, input.shortfallId);
      mustBeSeen('shortfall', shortfall, input.seenVersion);
      const { source } = shortfall;
      const approverId = mustAllow(shortfall);
      const task = await this.budget.task(tx, source.planId, input.task);
      if (!(await this.budget.pays(tx, source.id, task.id)))
        throw new DomainError(
          'task-not-funded',
          `${source.code} does not pay for ${task.code}: a supplement adds to a line, so name a task that has one.`,
        );
      const at = this.clock.now();
      const { code, title, titleEn, submitBy, answerWithin, amount } = input;
      const opened = await this.dossiers.open(
        tx,
        {
          planId: source.planId,
          code,
          kind: 'budget-supplement',
          title,
          titleEn,
          task: task.code,
          submitter: source.holder,
          approver: await this.budget.agencyCode(tx, approverId),
          answerWithin,
          submitBy: submitBy === undefined ? null : Temporal.PlainDate.from(submitBy),
          shortfallId: shortfall.id,
          gates: [],
          draft: { summary: '', content: { [AMOUNT_FIELD]: amount } },
        },
        at,
      );
      await this.budget.changeShortfall(tx, shortfall.id);
      const detail = { dossierId: opened.dossierId, code, task: task.code, amount };
      await this.budget.tell(tx, shortfall.id, { at, what: 'supplement-requested', detail });
      return { shortfallId: shortfall.id, dossierId: opened.dossierId, state: opened.state, version: opened.version, at: at.toString() };
    });
  }
}

/** @returns who appraises the supplement */
function mustAllow(shortfall: HeldShortfall): string {
  const { source, supplements } = shortfall;
  mustBeDeclared(shortfall);
  const [asked] = supplements;
  if (asked !== undefined)
    throw new DomainError('supplement-already-asked', `${asked} asks for it already: withdraw that dossier, or declare another shortfall.`);
  if (shortfall.holderId !== source.holderId)
    throw new DomainError(
      'not-the-holder',
      `${source.holder} holds ${source.code} now: it declares its own shortfall, if there still is one.`,
    );
  if (source.supplementById === null)
    throw new DomainError(
      'no-supplement-provided',
      `The plan provides no supplement of ${source.code} any more: its holder balances it itself.`,
    );
  return source.supplementById;
}
