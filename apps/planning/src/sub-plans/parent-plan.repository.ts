import { Injectable } from '@nestjs/common';
import { agencyIdOf } from '../agencies/agency.repository.js';
import type { Tx } from '../persistence/database.js';
import type { PlanFile } from '../plans/plan-file.js';
import { planIdOf } from '../plans/plan.repository.js';
import type { ParentFacts } from './parent-plan.js';

/** Everybody with a part in a plan, by the id of the agency. */
const PARTS = `
  SELECT unnest(ARRAY[issuer_id, standing_agency_id, city_office_id]) AS agency_id FROM plan WHERE id = $1::uuid
  UNION ALL SELECT lead_id FROM task WHERE plan_id = $1::uuid AND NOT retired
  UNION ALL SELECT c.agency_id FROM task_coordinator c JOIN task t ON t.id = c.task_id WHERE t.plan_id = $1::uuid AND NOT t.retired
  UNION ALL SELECT receiver_id FROM report_requirement WHERE plan_id = $1::uuid AND NOT retired
  UNION ALL SELECT r.agency_id FROM requirement_reporter r JOIN report_requirement q ON q.id = r.requirement_id WHERE q.plan_id = $1::uuid AND NOT q.retired
  UNION ALL SELECT unnest(ARRAY[submitter_id, approver_id]) FROM approval_dossier WHERE plan_id = $1::uuid AND NOT retired
  UNION ALL SELECT holder_id FROM budget_source WHERE plan_id = $1::uuid`;

/** The plans above a plan. */
@Injectable()
export class ParentPlans {
  /** To be asked under the lock of imports, so that two files do not close a circle together. */
  async facts(tx: Tx, document: PlanFile['document']): Promise<ParentFacts> {
    if (!document.parent) return { imported: false, below: false, knowsIssuer: false };
    const [row] = await tx.$queryRawUnsafe<ParentFacts[]>(
      `WITH RECURSIVE line AS (
         SELECT id, parent_id FROM plan WHERE id = $1::uuid UNION SELECT p.id, p.parent_id FROM plan p JOIN line l ON p.id = l.parent_id)
       SELECT EXISTS (SELECT FROM line) AS imported,
              EXISTS (SELECT FROM line WHERE id = $2::uuid) AS below,
              EXISTS (SELECT FROM (${PARTS}) part WHERE part.agency_id = $3::uuid) AS "knowsIssuer"`,
      planIdOf(document.parent),
      planIdOf(document),
      agencyIdOf(document.issuer),
    );
    return row ?? { imported: false, below: false, knowsIssuer: false };
  }
}
