import type { PlanFile } from '../plans/plan-file.js';
import type { Finding } from '../plans/plan-parts.js';

/** What is stored about the plan that a file names as its parent. */
export interface ParentFacts {
  readonly imported: boolean;
  /** The file's own plan is among the plans above the parent. */
  readonly below: boolean;
  /** The issuer of the file's plan has something to do in the parent. */
  readonly knowsIssuer: boolean;
}

/**
 * Whether a plan may stand below the one that it names: that one is imported, the line of plans has no circle, and who issues a plan of its own is
 * somebody whom the parent asks for something (as Plan 100 asks Sở Công Thương, SEED-38). Pure.
 */
export function checkParent({ parent, number, issuer }: PlanFile['document'], facts: ParentFacts): Finding[] {
  if (!parent) return [];
  const named = `${parent.number} of ${parent.issuedOn}`;
  if (!facts.imported)
    return [{ path: ['document', 'parent'], message: `there is no plan ${named}: import it first, or correct its number and day` }];
  return [
    ...(facts.below
      ? [{ path: ['document', 'parent'], message: `plans run in a circle: ${named} carries out ${number} itself, or a plan below it` }]
      : []),
    ...(facts.knowsIssuer
      ? []
      : [
          {
            path: ['document', 'issuer'],
            message: `${issuer} has no part in ${named}: a plan below it is issued by an agency that leads, coordinates, reports, answers or pays there`,
          },
        ]),
  ];
}
