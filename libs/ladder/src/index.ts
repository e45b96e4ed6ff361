/*
 * The policy of chasing as data: a ladder and a deadline give the steps of an obligation; due steps give what to tell. Pure but for the loader
 * of ladder files. Guarantees: no step on a day off, order kept, the same input the same steps. Not here: the ledger that stores the steps
 * (planning/obligations) and who the recipients are.
 */
export { loadLadders } from './ladder-files.js';
export {
  audienceRoles,
  ladderLevels,
  ladderSchema,
  levelRank,
  offsetDays,
  parseLadder,
  type Audience,
  type AudienceRole,
  type Ladder,
  type LadderLevel,
  type LadderProblem,
  type Rung,
} from './ladder.js';
export { forecast, highestLevel, overtaken, steps, type ForecastMail, type PlannedStep } from './steps.js';
