import { answeringAgency } from '../obligations/obligation.js';
import type { ApprovalEntry } from '../plans/plan-file.js';
import { repeated, type Finding, type Placed, type PlanParts } from '../plans/plan-parts.js';

/** Who submits what to whom: an approver who is somebody else (SEED-46, SEED-47), tasks that exist, a ladder that is known. */
export function checkApprovals(plan: PlanParts, ladders: ReadonlySet<string>): Finding[] {
  return plan.approvals.flatMap((placed) => [...parties(placed, plan), ...tasks(placed, plan), ...ladder(placed, ladders)]);
}

/** Code of the agency that answers: the city office where the approver is the issuer of the plan (see `answeringAgency`). */
export function answererOf({ approver }: ApprovalEntry, document: Exclude<PlanParts['document'], undefined>): string {
  return answeringAgency(approver, document);
}

function parties({ at, entry }: Placed<ApprovalEntry>, plan: PlanParts): Finding[] {
  const { submitter, approver } = entry;
  if (submitter === approver)
    return [{ path: ['approvals', at, 'approver'], message: `${submitter} would approve what it submits itself` }];
  return plan.document && submitter === answererOf(entry, plan.document)
    ? [{ path: ['approvals', at, 'submitter'], message: `${submitter} answers for ${approver} and cannot submit to it` }]
    : [];
}

function tasks({ at, entry }: Placed<ApprovalEntry>, plan: PlanParts): Finding[] {
  const unknown = (code: string): string => `unknown task "${code}"; add it under tasks`;
  return [
    ...(entry.task === undefined || plan.taskCodes.has(entry.task)
      ? []
      : [{ path: ['approvals', at, 'task'], message: unknown(entry.task) }]),
    ...entry.gates.flatMap((code, index) =>
      plan.taskCodes.has(code) ? [] : [{ path: ['approvals', at, 'gates', index], message: unknown(code) }],
    ),
    ...repeated(entry.gates).map((index) => ({ path: ['approvals', at, 'gates', index], message: 'named twice' })),
  ];
}

function ladder({ at, entry }: Placed<ApprovalEntry>, ladders: ReadonlySet<string>): Finding[] {
  if (ladders.has(entry.ladder)) return [];
  return [{ path: ['approvals', at, 'ladder'], message: `unknown ladder "${entry.ladder}"; known: ${[...ladders].join(', ')}` }];
}
