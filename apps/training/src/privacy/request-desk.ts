import { Injectable } from '@nestjs/common';
import type { Temporal } from 'temporal-polyfill';
import type { ReplyOf, answerDataRequest } from '#contracts';
import { HistoryRepository } from '../history/history.repository.js';
import { ObligationWords, type ObligationWord } from '../obligations/obligation-words.js';
import type { Tx } from '../persistence/database.js';
import { PlanTaskRepository } from '../tasks/plan-task.repository.js';
import { obligationOf, type DataRequest } from './data-request.js';
import { PersonRepository } from './person.repository.js';

const WHAT: Readonly<Record<DataRequest['kind'], readonly [vi: string, en: string]>> = {
  access: ['xem dữ liệu', 'to see data'],
  correct: ['chỉnh sửa dữ liệu', 'to correct data'],
  erase: ['xóa dữ liệu', 'to erase data'],
  withdraw: ['rút lại sự đồng ý', 'to take consent back'],
  restrict: ['hạn chế xử lý dữ liệu', 'to restrict processing'],
  object: ['phản đối xử lý dữ liệu', 'to object to processing'],
};

const WHY = 'Yêu cầu của cá nhân về dữ liệu của mình (Luật số 91/2025/QH15)';

/** Says how a request stands: to planning, which chases both of its clocks, to the history, and to whoever asked. */
@Injectable()
export class RequestDesk {
  constructor(
    private readonly people: PersonRepository,
    private readonly tasks: PlanTaskRepository,
    private readonly words: ObligationWords,
    private readonly history: HistoryRepository,
  ) {}

  /** @param reason of whoever decided, for the history alone; names nobody */
  async tell(
    tx: Tx,
    request: DataRequest,
    { at, what, reason }: { at: Temporal.Instant; what: string; reason: string | null },
  ): Promise<ReplyOf<typeof answerDataRequest>> {
    const planId = await this.people.planOf(tx, request.traineeId, request.receivedAt);
    const { standingAgency } = await this.tasks.planOf(tx, planId);
    const [asked, askedEn] = WHAT[request.kind];
    const number = request.id.slice(0, 8);
    const owed = (part: 'answer' | 'deed', title: readonly [string, string], due: Temporal.PlainDate, done: boolean): ObligationWord => ({
      obligationId: obligationOf(request.id, part),
      planId,
      taskId: null,
      kind: 'data-request',
      title: title[0],
      titleEn: title[1],
      period: `${asked} (${number})`,
      periodEn: `${askedEn} (${number})`,
      debtor: standingAgency,
      creditor: standingAgency,
      deadline: { word: 'NO_LATER_THAN', date: due.toString() },
      state: done ? 'fulfilled' : 'open',
      reason: WHY,
    });
    await this.words.say(tx, [
      owed(
        'answer',
        ['Trả lời yêu cầu về dữ liệu cá nhân', 'Answer to a request about personal data'],
        request.answerBy,
        request.answeredAt !== null,
      ),
      owed(
        'deed',
        ['Thực hiện yêu cầu về dữ liệu cá nhân', 'What a request about personal data asks'],
        request.doneBy,
        request.state === 'done' || request.state === 'refused',
      ),
    ]);
    const detail = { traineeId: request.traineeId, kind: request.kind, doneBy: request.doneBy.toString() };
    await this.history.tell(tx, [{ subject: 'data-request', subjectId: request.id, at, what, reason, detail }]);
    return {
      requestId: request.id,
      traineeId: request.traineeId,
      kind: request.kind,
      state: request.state,
      answerBy: request.answerBy.toString(),
      doneBy: request.doneBy.toString(),
      version: request.version,
    };
  }
}
