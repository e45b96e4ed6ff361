import { z } from 'zod';
import { minutesOf } from '#calendar';

/** How serious a rung is, mildest first. */
export const ladderLevels = ['reminder', 'due', 'chase-1', 'chase-2', 'chase-3', 'escalated-standing', 'escalated-city'] as const;
export type LadderLevel = (typeof ladderLevels)[number];

/** Higher is more serious. */
export function levelRank(level: LadderLevel): number {
  return ladderLevels.indexOf(level);
}

/** @throws RangeError for an empty list */
export function highestLevel(levels: readonly LadderLevel[]): LadderLevel {
  const [first, ...rest] = levels;
  if (first === undefined) throw new RangeError('no levels');
  return rest.reduce((highest, level) => (levelRank(level) > levelRank(highest) ? level : highest), first);
}

/** To whom a rung speaks: people of the debtor, or the two levels above it. */
export const audienceRoles = ['focal', 'head', 'standing-agency', 'city-office'] as const;
export type AudienceRole = (typeof audienceRoles)[number];

const OFFSET = /^([+-][1-9]\d?|0)wd$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const audience = z.strictObject({
  who: z.enum(audienceRoles),
  /** `owes`: you owe it. `copied`: for your information. `escalated`: you are asked to act. */
  as: z.enum(['owes', 'copied', 'escalated']),
});

const rung = z.strictObject({
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'capitals, digits and _, such as CHASE_1'),
  /** Working days from the due day: `-5wd`, `0wd`, `+1wd`. */
  offset: z.string().regex(OFFSET, { error: 'working days from the due day, such as -5wd, 0wd or +1wd', abort: true }),
  /** `HH:mm` in Asia/Ho_Chi_Minh. */
  at: z.string().regex(TIME, { error: 'a time of day as HH:mm', abort: true }),
  level: z.enum(ladderLevels),
  /** Rungs of one track overtake each other; the debtor and those above it are told independently. */
  track: z.enum(['debtor', 'superior']),
  audiences: z.array(audience).min(1),
  /** Opens an escalation case at this level. */
  raises: z.enum(['standing-agency', 'city-office']).optional(),
  /** Leaves the decision to a person: the document waits for whoever the rung speaks to, and a case is raised when they send it. */
  prepares: z.enum(['city-list-item']).optional(),
  basis: z.string().min(1),
  assumption: z.string().min(1).optional(),
});

/** The shape of `plans/ladders/<code>.yaml`, and what a ladder must keep beyond its shape. */
export const ladderSchema = z
  .strictObject({ code: z.string().regex(/^[a-z][a-z0-9-]*$/), title: z.string().min(1), rungs: z.array(rung).min(1).max(30) })
  .superRefine(({ rungs }, context) => {
    for (const [index, step] of rungs.entries()) {
      const refuse = (key: keyof Rung, message: string): void => {
        context.addIssue({ code: 'custom', path: ['rungs', index, key], message });
      };
      if (step.prepares && step.raises)
        refuse('prepares', `${step.code} raises a case already: the document that it prepares raises one when it is sent`);
      const above = rungs.slice(0, index);
      if (above.some((other) => other.code === step.code)) refuse('code', `${step.code} occurs twice`);
      const previous = above.at(-1);
      if (previous && momentOf(step) < momentOf(previous))
        refuse('offset', `${step.code} comes before ${previous.code} above it: write rungs in order of time`);
      const overtakes = above.findLast((other) => other.track === step.track);
      if (!overtakes) continue;
      if (momentOf(step) === momentOf(overtakes))
        refuse('offset', `${step.code} falls together with ${overtakes.code}, so ${overtakes.code} would never be told`);
      if (levelRank(step.level) < levelRank(overtakes.level))
        refuse('level', `${step.code} is milder than ${overtakes.code}, which it would overtake`);
    }
  });

export type Ladder = z.output<typeof ladderSchema>;
export type Rung = Ladder['rungs'][number];
export type Audience = Rung['audiences'][number];

/** `-5wd` as -5. */
export function offsetDays(offset: string): number {
  return Number.parseInt(offset, 10);
}

function momentOf(step: { readonly offset: string; readonly at: string }): number {
  return offsetDays(step.offset) * 1440 + minutesOf(step.at);
}
