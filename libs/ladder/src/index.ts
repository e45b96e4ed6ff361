/*
 * The policy of chasing as data: a ladder and a deadline give the steps of an obligation; due steps give what to tell. Pure but for the loader
 * of ladder files. Guarantees: no step on a day off, order kept, the same input the same steps. Not here: the ledger that stores the steps
 * (planning/obligations) and who the recipients are.
 */
export { loadLadders } from './ladder-files.js';
export {
  audienceRoles,
  highestLevel,
  ladderLevels,
  ladderSchema,
  levelRank,
  offsetDays,
  type Audience,
  type AudienceRole,
  type Ladder,
  type LadderLevel,
  type Rung,
} from './ladder.js';
export { LadderFileError, parseLadder, type LadderProblem } from './parse-ladder.js';
export { nextStep, overtaken, steps, type PlannedStep } from './steps.js';
export { forecast, type ForecastMail } from './forecast.js';
