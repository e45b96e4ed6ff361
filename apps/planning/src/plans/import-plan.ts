import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import { agencyChanged, DomainError, type importPlan, type PayloadOf, type ReplyOf } from '#contracts';
import { Outbox, UnitOfWork, type Message } from '#messaging';
import { AgencyRepository } from '../agencies/agency.repository.js';
import { SynchroniseDossiers } from '../approvals/synchronise-dossiers.js';
import { EscalationRepository } from '../escalations/escalation.repository.js';
import type { Tx } from '../persistence/database.js';
import { OpenReports } from '../reports/open-reports.js';
import { RequirementRepository } from '../reports/requirement.repository.js';
import { checkParent } from '../sub-plans/parent-plan.js';
import { ParentPlans } from '../sub-plans/parent-plan.repository.js';
import { AnnounceTasks } from '../tasks/announce-tasks.js';
import { RuleFiles } from './rule-files.js';
import { parsePlanFile, type FaultyPlanFile } from './parse-plan-file.js';
import { PlanRepository } from './plan.repository.js';

/** What else an import brings about, once the plan is stored. */
@Injectable()
export class PlanEffects {
  constructor(
    readonly openReports: OpenReports,
    readonly announcing: AnnounceTasks,
  ) {}
}

/** The stores that an import writes to. */
@Injectable()
export class PlanStores {
  constructor(
    readonly plans: PlanRepository,
    readonly requirements: RequirementRepository,
    readonly agencies: AgencyRepository,
    readonly escalations: EscalationRepository,
    readonly dossiers: SynchroniseDossiers,
    readonly parents: ParentPlans,
  ) {}
}

/**
 * Makes the stored plan the one of the file, in one transaction. Idempotent: the same file again changes nothing and says so; a changed file changes
 * what changed, and ends the cases of unreachable contacts that it replaces. Reports already opened keep their deadline and their ladder: changed
 * rules apply to periods not yet opened.
 */
@Injectable()
export class ImportPlan {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly outbox: Outbox,
    private readonly rules: RuleFiles,
    private readonly stores: PlanStores,
    private readonly effects: PlanEffects,
    private readonly clock: Clock,
  ) {}

  /**
   * Nothing is changed when it throws.
   * @throws DomainError `plan-file-invalid` with every fault at its line and path; `already-funded`, `budget-exceeded`, `budget-source-in-use` when the
   * file does not agree with what was decided and spent
   */
  async execute(input: PayloadOf<typeof importPlan>, message: Message): Promise<ReplyOf<typeof importPlan>> {
    const parsed = parsePlanFile(input.yaml, new Set(this.rules.ladders.keys()), this.rules.calendar);
    if (!parsed.ok) throw refusal(input.fileName, parsed);
    const digest = createHash('sha256').update(input.yaml).digest('hex');
    return await this.work.once(message, async (tx) => {
      await this.stores.plans.lockImports(tx);
      const unfit = checkParent(parsed.plan.document, await this.stores.parents.facts(tx, parsed.plan.document));
      if (unfit.length > 0) throw refusal(input.fileName, parsed.refuse(unfit));
      const agencies = await this.stores.agencies.synchronise(tx, parsed.plan.agencies);
      const plan = await this.stores.plans.synchronise(tx, parsed.plan, this.rules.ladders, digest, this.clock.now());
      const requirements = await this.stores.requirements.synchronise(tx, plan.planId, parsed.plan);
      await this.outbox.publishAll(tx, agencyChanged, agencies.events);
      const at = this.clock.now();
      const dossiers = await this.stores.dossiers.execute(tx, plan.planId, parsed.plan.approvals, at);
      const reportsOpened = await this.effects.openReports.openDue(tx, at);
      // After the obligations, as those do who settle one: cases are locked last.
      await this.stores.escalations.resolveReachable(tx, at);
      await this.effects.announcing.ofPlan(tx, plan.planId);
      const changes = [...agencies.changes, ...plan.changes, ...requirements, ...dossiers].map((change) => ({
        ...change,
        fields: [...change.fields],
      }));
      return { planId: plan.planId, documentNumber: parsed.plan.document.number, changed: changes.length > 0, changes, reportsOpened };
    });
  }
}

function refusal(fileName: string, { errors, total }: FaultyPlanFile): DomainError {
  const [first] = errors;
  return new DomainError(
    'plan-file-invalid',
    `${fileName} has ${String(total)} faults and nothing was imported. First, line ${String(first?.line)}: ${first?.message ?? ''}`,
    errors.map((error) => ({ ...error })),
  );
}
