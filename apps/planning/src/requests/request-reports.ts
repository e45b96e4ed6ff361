import { Injectable } from '@nestjs/common';
import { Temporal } from 'temporal-polyfill';
import { Clock, localDate } from '#calendar';
import { type PayloadOf, type ReplyOf, type requestReports } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { NewObligation } from '../obligations/obligation.js';
import { OpenObligations } from '../obligations/open-obligations.js';
import type { Tx } from '../persistence/database.js';
import { RuleFiles } from '../plans/rule-files.js';
import { nextCode, periodWords, refuseMissingYear, resolveRequest, type Asked, type AskedAgency } from './request.js';
import { requestIds, RequestRepository, type AskedPlan } from './request.repository.js';

/** The standing agency asks chosen agencies for a report, in one step: each of them owes it from now on. */
@Injectable()
export class RequestReports {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly requests: RequestRepository,
    private readonly opening: OpenObligations,
    private readonly history: HistoryRepository,
    private readonly rules: RuleFiles,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `plan-not-found`, `request-invalid` with every fault at its path; nobody is asked then */
  execute(input: PayloadOf<typeof requestReports>, message: Message): Promise<ReplyOf<typeof requestReports>> {
    return this.work.once(message, async (tx) => {
      await this.requests.lockAsking(tx);
      const at = this.clock.now();
      const plan = await this.requests.plan(tx, input.planId);
      const agencies = await this.requests.agencies(tx);
      const receiver = input.receiver ?? codeOf(plan.standingAgencyId, agencies);
      const taskKnown = input.taskId === undefined || (await this.requests.hasTask(tx, plan.id, input.taskId));
      const known = { agencies, receiver, ladders: plan.ladders, taskKnown };
      const { deadline, dueOn } = resolveRequest(input, known, at, this.rules.calendar);

      const code = nextCode(input.type, localDate(at).year, await this.requests.codes(tx, plan.id));
      const ids = requestIds(plan.id, code);
      const receiverId = idOf(receiver, agencies);
      const reports = input.reporters.map((agency) => ({ agency, ...ids.of(idOf(agency, agencies)) }));
      const common = { ...(await this.owed(tx, plan, input, code)), creditorId: receiverId, deadline };
      const obligations = reports.map(({ obligationId, agencyId }) => ({ ...common, id: obligationId, debtorId: agencyId }));
      await this.open(tx, obligations, at);
      await this.requests.add(tx, { requirementId: ids.requirementId, code, asked: input, receiverId, deadline, reports });
      await this.history.tell(tx, [
        {
          subject: 'report',
          subjectId: ids.requirementId,
          at,
          what: 'requested',
          reason: input.basis,
          detail: { code, type: input.type, reporters: input.reporters, dueOn: dueOn.toString() },
        },
      ]);
      return {
        requirementId: ids.requirementId,
        code,
        receiver,
        dueOn: dueOn.toString(),
        opened: reports.map(({ agency, reportId, obligationId }) => ({ agency, reportId, obligationId })),
      };
    });
  }

  private async open(tx: Tx, obligations: readonly NewObligation[], at: Temporal.Instant): Promise<void> {
    try {
      await this.opening.execute(tx, obligations, at);
    } catch (error) {
      refuseMissingYear(error);
    }
  }

  /** What everybody who is asked owes alike. */
  private async owed(
    tx: Tx,
    plan: AskedPlan,
    { type, title, titleEn, ladder, taskId, window }: Asked,
    code: string,
  ): Promise<Omit<NewObligation, 'id' | 'debtorId' | 'creditorId' | 'deadline'>> {
    return {
      planId: plan.id,
      taskId: taskId ?? null,
      kind: type === 'THEMATIC' ? 'thematic-report' : 'ad-hoc-report',
      title,
      titleEn,
      ...periodWords(window, code),
      window: window ? { from: Temporal.PlainDate.from(window.from), to: Temporal.PlainDate.from(window.to) } : null,
      ladder: await this.opening.ladder(tx, plan.id, ladder),
    };
  }
}

function codeOf(id: string, agencies: ReadonlyMap<string, AskedAgency>): string {
  return [...agencies.values()].find((agency) => agency.id === id)?.code ?? '';
}

function idOf(code: string, agencies: ReadonlyMap<string, AskedAgency>): string {
  const agency = agencies.get(code);
  if (!agency) throw new Error(`the agency ${code} was known a moment ago`);
  return agency.id;
}
