import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadWorkingCalendar } from '#calendar';
import { parsePlanFile } from '../plans/parse-plan-file.js';

const PLANS = join(import.meta.dirname, '../../../../plans');
const TEXT = readFileSync(join(PLANS, '100-kh-ubnd-2020.yaml'), 'utf8');
const calendar = loadWorkingCalendar(join(PLANS, 'calendar'));
const HEAD = 'code: DE-AN-TTTK\n    kind: project-document\n';

/** What is said of the plan with a passage of the project document replaced, `path: message`. */
function saidOf(from: string, to: string): string[] {
  const [before, after] = TEXT.split(HEAD);
  const changed = after?.replace(from, () => to);
  expect(changed).not.toBe(after);
  const parsed = parsePlanFile([before, changed].join(HEAD), new Set(['default']), calendar);
  return parsed.ok ? [] : parsed.errors.map(({ path, message }) => `${path}: ${message}`);
}

describe('a dossier of the plan', () => {
  it.each([
    ['submitter: SNNPTNT', 'submitter: SNNPTN', 'approvals.4.submitter: unknown agency "SNNPTN": did you mean SNNPTNT?'],
    ['approver: UBNDTP', 'approver: UBNDXX', 'approvals.4.approver: unknown agency "UBNDXX": did you mean UBNDTP?'],
    ['approver: UBNDTP', 'approver: SNNPTNT', 'approvals.4.approver: SNNPTNT would approve what it submits itself'],
    ['submitter: SNNPTNT', 'submitter: VPUBND', 'approvals.4.submitter: VPUBND answers for UBNDTP and cannot submit to it'],
    ['approver: UBNDTP', 'approver: SNNMT', 'agencies.3.contacts: SNNMT answers DE-AN-TTTK and has nobody to write to: add a contact'],
    ['task: II.3', 'task: II.9', 'approvals.4.task: unknown task "II.9"; add it under tasks'],
    ['answerWithin: 15', 'answerWithin: 15\n    gates: [II.1, II.8]', 'approvals.4.gates.1: unknown task "II.8"; add it under tasks'],
    ['answerWithin: 15', 'answerWithin: 15\n    gates: [II.1, II.1]', 'approvals.4.gates.1: named twice'],
    ['answerWithin: 15', 'answerWithin: 15\n    ladder: steep', 'approvals.4.ladder: unknown ladder "steep"; known: default'],
  ])('with "%s" as "%s" is refused', (from, to, said) => {
    expect(saidOf(from, to)).toEqual([said]);
  });

  it.each([
    ['answerWithin: 15', 'answerWithin: 0', /^approvals\.4\.answerWithin: /],
    ['answerWithin: 15', "answerWithin: 15\n    submitBy: '2020-02-30'", /^approvals\.4\.submitBy: /],
    ['    seed: SEED-35\n    assumption', '    note', /^approvals\.4/],
  ])('with a fault of its own, %s as %s, is refused at its place', (from, to, said) => {
    expect(saidOf(from, to)[0]).toMatch(said);
  });

  it('is no supplement: that needs a declared shortfall (SEED-39)', () => {
    const changed = TEXT.replace('kind: project-document', 'kind: budget-supplement');
    const parsed = parsePlanFile(changed, new Set(['default']), calendar);
    expect(parsed.ok ? [] : parsed.errors.map((error) => error.message)).toEqual([expect.stringContaining('SEED-39')]);
  });

  it('stands once', () => {
    const changed = TEXT.replace('code: KH-SK-DBSH', 'code: KH-SK-MNPB');
    const parsed = parsePlanFile(changed, new Set(['default']), calendar);
    expect(parsed.ok ? [] : parsed.errors.map((error) => error.message)).toEqual(['"KH-SK-MNPB" is used twice in approvals']);
  });
});
