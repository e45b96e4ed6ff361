import type { ReplyOf, getBudget } from '#contracts';
import type { PlanningFixture } from '../obligations/planning.int-fixture.js';
import { AddBudgetLine } from './add-budget-line.js';
import { BudgetViews } from './budget-view.repository.js';
import { ChangeBudgetAmount } from './change-budget-amount.js';
import { DeclareShortfall } from './declare-shortfall.js';
import { RecordExpenditure } from './record-expenditure.js';
import { RequestSupplement } from './request-supplement.js';
import { RetireBudgetLine } from './retire-budget-line.js';
import { ReverseExpenditure } from './reverse-expenditure.js';
import { WithdrawShortfall } from './withdraw-shortfall.js';

type Given<UseCase extends { execute(input: never, message: never): unknown }> = Partial<Parameters<UseCase['execute']>[0]>;

export const DECIDED = { decision: '1234/QĐ-UBND', reason: 'Giao bổ sung dự toán' };

/** Who does with money what people do. */
export class BudgetDesk {
  constructor(
    private readonly planning: PlanningFixture,
    readonly planId: string,
  ) {}

  budget(): Promise<ReplyOf<typeof getBudget>> {
    return this.planning.get(BudgetViews).budget(this.planId, this.planning.clock.now());
  }

  /** Of each source its lines: `II.1 plan-file amount spent`. */
  async lines(): Promise<Record<string, string[]>> {
    const { sources } = await this.budget();
    return Object.fromEntries(
      sources.map(({ source, lines }) => [
        source,
        lines.map((one) => `${one.task} ${one.origin} ${String(one.amount)} ${String(one.spent)}${one.retired ? ' retired' : ''}`),
      ]),
    );
  }

  /** The line that gives a task money, other than a supplement. */
  async line(code: string): Promise<{ id: string; version: number }> {
    return this.planning.database.budgetLine.findFirstOrThrow({
      where: { planId: this.planId, task: { code }, dossierId: null },
      orderBy: { retired: 'asc' },
    });
  }

  add(more: Given<AddBudgetLine> = {}, message = this.planning.message()) {
    const asked = { planId: this.planId, task: 'IV.1', source: 'NS-SNN-2020', amount: 200, ...DECIDED, ...more };
    return this.planning.get(AddBudgetLine).execute(asked, message);
  }

  change(lineId: string, amount: number, more: Given<ChangeBudgetAmount> = {}, message = this.planning.message()) {
    return this.planning.get(ChangeBudgetAmount).execute({ lineId, amount, ...DECIDED, ...more }, message);
  }

  retire(lineId: string, more: Given<RetireBudgetLine> = {}, message = this.planning.message()) {
    return this.planning.get(RetireBudgetLine).execute({ lineId, reason: 'Nhập nhầm', ...more }, message);
  }

  spend(lineId: string, amount: number, more: Given<RecordExpenditure> = {}, message = this.planning.message()) {
    const asked = { lineId, amount, spentOn: '2020-07-01', documentNumber: 'UNC 45', ...more };
    return this.planning.get(RecordExpenditure).execute(asked, message);
  }

  reverse(expenditureId: string, message = this.planning.message()) {
    return this.planning.get(ReverseExpenditure).execute({ expenditureId, documentNumber: 'UNC 46', reason: 'Ghi nhầm' }, message);
  }

  declare(more: Given<DeclareShortfall> = {}, message = this.planning.message()) {
    const asked = { planId: this.planId, source: 'NS-SCT-2020', agency: 'SCT', amount: 900, reason: 'Không tự cân đối được', ...more };
    return this.planning.get(DeclareShortfall).execute(asked, message);
  }

  withdraw(shortfallId: string, more: Given<WithdrawShortfall> = {}, message = this.planning.message()) {
    return this.planning.get(WithdrawShortfall).execute({ shortfallId, reason: 'Đã tự cân đối được', ...more }, message);
  }

  request(shortfallId: string, more: Given<RequestSupplement> = {}, message = this.planning.message()) {
    return this.planning.get(RequestSupplement).execute(
      {
        shortfallId,
        task: 'II.2',
        code: 'BS-KP-2020',
        title: 'Đề xuất bổ sung kinh phí',
        titleEn: 'Proposal of a supplement',
        amount: 900,
        answerWithin: 10,
        ...more,
      },
      message,
    );
  }

  async history(subjectId: string): Promise<string[]> {
    const rows = await this.planning.database.history.findMany({ where: { subject: 'budget', subjectId }, orderBy: { id: 'asc' } });
    return rows.map((row) => row.what);
  }
}
