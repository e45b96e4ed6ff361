import type { PlanFile } from '../plans/plan-file.js';
import { checkParent, type ParentFacts } from './parent-plan.js';

const alone = { number: '2223/KH-SCT', issuedOn: '2020-05-27', issuer: 'SCT' } as PlanFile['document'];
const stated = { ...alone, parent: { number: '100/KH-UBND', issuedOn: '2020-05-15' } };
const fits: ParentFacts = { imported: true, below: false, knowsIssuer: true };
const pathsOf = (facts: ParentFacts, document: PlanFile['document'] = stated) =>
  checkParent(document, facts).map(({ path }) => path.join('.'));

describe('the plan above a plan', () => {
  it('is one that is imported, stands nowhere below it, and has a part for its issuer', () => {
    expect(pathsOf(fits)).toEqual([]);
  });

  it.each([
    ['is not imported', { imported: false }, ['document.parent']],
    ['stands below it', { below: true }, ['document.parent']],
    ['asks its issuer for nothing', { knowsIssuer: false }, ['document.issuer']],
    ['stands below it and asks its issuer for nothing', { below: true, knowsIssuer: false }, ['document.parent', 'document.issuer']],
    // What is not there cannot know anybody: one fault is said once.
    ['is not imported, whoever issues it', { imported: false, knowsIssuer: false }, ['document.parent']],
  ])('is refused when it %s', (_, facts, paths) => {
    expect(pathsOf({ ...fits, ...facts })).toEqual(paths);
  });

  it('need not be: nothing is asked of a plan that stands alone', () => {
    expect(pathsOf({ imported: false, below: false, knowsIssuer: false }, alone)).toEqual([]);
  });
});
