import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLadders } from './ladder-files.js';
import { highestLevel, ladderLevels, levelRank, offsetDays } from './ladder.js';
import { LadderFileError, parseLadder } from './parse-ladder.js';

const LADDERS = join(import.meta.dirname, '../../../plans/ladders');
const TEXT = readFileSync(join(LADDERS, 'default.yaml'), 'utf8');

describe('the default ladder', () => {
  const ladder = loadLadders(LADDERS).get('default')!;
  const audienceOf = (code: string) => ladder.rungs.find((rung) => rung.code === code)?.audiences.map(({ who, as }) => `${who} ${as}`);

  it('tells whom it says, when it says', () => {
    expect(ladder.rungs.map(({ code, offset, at, level }) => `${code} ${offset} ${at} ${level}`)).toEqual([
      'REMIND_1 -5wd 08:00 reminder',
      'REMIND_2 -1wd 08:00 reminder',
      'DUE 0wd 08:00 due',
      'CHASE_1 +1wd 08:00 chase-1',
      'ESCALATE_STANDING +2wd 08:00 escalated-standing',
      'CHASE_2 +3wd 08:00 chase-2',
      'CHASE_3 +5wd 08:00 chase-3',
      'ESCALATE_CITY +6wd 08:00 escalated-city',
    ]);
    expect(audienceOf('REMIND_1')).toEqual(['focal owes']);
    expect(audienceOf('REMIND_2')).toEqual(['focal owes', 'head owes']);
    for (const chase of ['CHASE_1', 'CHASE_2', 'CHASE_3']) {
      expect(audienceOf(chase)).toEqual(['focal owes', 'head owes', 'standing-agency copied']);
    }
    expect(audienceOf('ESCALATE_STANDING')).toEqual(['standing-agency escalated']);
    expect(audienceOf('ESCALATE_CITY')).toEqual(['standing-agency escalated']);
  });

  it('raises a case with the standing agency and prepares an item for the city office, on a track of its own', () => {
    const acts = ladder.rungs.flatMap(({ code, raises, prepares, track }) => {
      const act = raises ?? prepares;
      return act ? [`${code} ${act} ${track}`] : [];
    });
    expect(acts).toEqual(['ESCALATE_STANDING standing-agency superior', 'ESCALATE_CITY city-list-item superior']);
    expect(ladder.rungs.filter((rung) => rung.track === 'superior')).toHaveLength(2);
  });

  it('says of every rung that no document states it', () => {
    for (const rung of ladder.rungs) expect(rung.assumption).toBeDefined();
  });
});

describe('levels', () => {
  it('rise from a reminder to the city', () => {
    expect(ladderLevels.map(levelRank)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(highestLevel(['due', 'chase-2', 'reminder'])).toBe('chase-2');
    expect(() => highestLevel([])).toThrow(RangeError);
  });

  it('stand at offsets in working days', () => {
    expect(['-5wd', '0wd', '+12wd'].map(offsetDays)).toEqual([-5, 0, 12]);
  });
});

describe('a bad ladder file', () => {
  /** The default ladder with one passage replaced; the passage must be there, or the test proves nothing. */
  function problemsOf(from: string, to: string): string[] {
    expect(TEXT).toContain(from);
    try {
      parseLadder(TEXT.replace(from, to), 'default.yaml');
    } catch (error) {
      if (error instanceof LadderFileError) return error.message.split('\n');
      throw error;
    }
    return [];
  }
  const lineOf = (passage: string) => TEXT.slice(0, TEXT.indexOf(passage)).split('\n').length;

  it.each([
    ['an offset in days', 'offset: -5wd', 'offset: -5d', 'rungs.0.offset: working days from the due day, such as -5wd, 0wd or +1wd'],
    ['an offset of plus nothing', 'offset: 0wd', 'offset: +0wd', 'rungs.2.offset: working days from the due day'],
    ['a time that is none', "at: '08:00'", 'at: 8am', 'rungs.0.at: a time of day as HH:mm'],
    ['an unknown level', 'level: chase-3', 'level: chase-4', 'rungs.6.level: '],
    ['an unknown audience', 'who: standing-agency, as: escalated', 'who: mayor, as: escalated', 'rungs.4.audiences.0.who: '],
    ['an unknown document', 'prepares: city-list-item', 'prepares: letter', 'rungs.7.prepares: '],
    [
      'a rung that leaves to a person what it does itself',
      'prepares: city-list-item',
      'prepares: city-list-item\n    raises: city-office',
      'rungs.7.prepares: ESCALATE_CITY raises a case already',
    ],
    ['a code twice', 'code: REMIND_2', 'code: REMIND_1', 'rungs.1.code: REMIND_1 occurs twice'],
    ['rungs out of order', 'offset: +1wd', 'offset: +4wd', 'rungs.4.offset: ESCALATE_STANDING comes before CHASE_1 above it'],
    ['rungs of one track at one moment', 'offset: +3wd', 'offset: +5wd', 'rungs.6.offset: CHASE_3 falls together with CHASE_2'],
    ['a level that falls', 'level: chase-3', 'level: chase-1', 'rungs.6.level: CHASE_3 is milder than CHASE_2, which it would overtake'],
  ])('with %s is answered at its line', (_, from, to, message) => {
    const problems = problemsOf(from, to);
    expect(problems.join('\n')).toContain(message);
    expect(problems.every((problem) => /^default\.yaml:\d+:\d+ /.test(problem))).toBe(true);
  });

  it('names line and column of the value', () => {
    expect(problemsOf('level: chase-3', 'level: chase-4')[0]).toMatch(
      `default.yaml:${String(lineOf('level: chase-3'))}:12 rungs.6.level: `,
    );
  });

  it('shows a missing key at the rung that misses it', () => {
    const problems = problemsOf('    basis: đôn đốc lần 2\n', '');
    expect(problems[0]).toMatch(`default.yaml:${String(lineOf('code: CHASE_2'))}:5 rungs.5.basis: `);
  });

  it('is answered with every problem at once', () => {
    expect(() => parseLadder('code: Default\nrungs: []\n', 'x.yaml')).toThrow(
      /x\.yaml:1:7 code: [^]*x\.yaml:1:1 title: [^]*x\.yaml:2:8 rungs: /,
    );
  });

  it.each(['rungs: [', 'code: a\ncode: b\n'])('that is no YAML is refused: %j', (text) => {
    expect(() => parseLadder(text, 'x.yaml')).toThrow(/x\.yaml:\d+:\d+ not YAML: /);
  });

  it('that is empty is refused', () => {
    expect(() => parseLadder('', 'x.yaml')).toThrow(LadderFileError);
  });
});
