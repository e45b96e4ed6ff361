import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { minutesOf } from '#calendar';

/** How serious a rung is, mildest first. */
export const ladderLevels = ['reminder', 'due', 'chase-1', 'chase-2', 'chase-3', 'escalated-standing', 'escalated-city'] as const;
export type LadderLevel = (typeof ladderLevels)[number];

export function levelRank(level: LadderLevel): number {
  return ladderLevels.indexOf(level);
}

/** To whom a rung speaks: people of the debtor, or the two levels above it. */
export const audienceRoles = ['focal', 'head', 'standing-agency', 'city-office'] as const;
export type AudienceRole = (typeof audienceRoles)[number];

const audience = z.strictObject({
  who: z.enum(audienceRoles),
  /** `owes`: you owe it. `copied`: for your information. `escalated`: you are asked to act. */
  as: z.enum(['owes', 'copied', 'escalated']),
});

const rung = z.strictObject({
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  /** Working days from the due day: `-5wd`, `0wd`, `+1wd`. */
  offset: z.string().regex(/^([+-][1-9]\d?|0)wd$/, 'working days from the due day, such as -5wd, 0wd or +1wd'),
  /** `HH:mm` in Asia/Ho_Chi_Minh. */
  at: z.string().refine((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time), 'a time of day as HH:mm'),
  level: z.enum(ladderLevels),
  /** Rungs of one track overtake each other; the debtor and those above it are told independently. */
  track: z.enum(['debtor', 'superior']),
  audiences: z.array(audience).min(1),
  /** Opens an escalation case at this level. */
  raises: z.enum(['standing-agency', 'city-office']).optional(),
  basis: z.string().min(1),
  assumption: z.string().min(1).optional(),
});

export const ladderSchema = z
  .strictObject({ code: z.string().regex(/^[a-z][a-z0-9-]*$/), title: z.string().min(1), rungs: z.array(rung).min(1).max(30) })
  .superRefine((ladder, context) => {
    const seen = new Set<string>();
    let previous = -Infinity;
    for (const [index, step] of ladder.rungs.entries()) {
      if (seen.has(step.code)) context.addIssue({ code: 'custom', path: ['rungs', index, 'code'], message: `${step.code} occurs twice` });
      seen.add(step.code);
      if (!/^\d\d:\d\d$/.test(step.at)) continue;
      const moment = offsetDays(step.offset) * 1440 + minutesOf(step.at);
      if (moment < previous)
        context.addIssue({
          code: 'custom',
          path: ['rungs', index],
          message: `${step.code} comes before the rung above it: write rungs in order of time`,
        });
      previous = moment;
    }
  });

export type Ladder = z.output<typeof ladderSchema>;
export type Rung = Ladder['rungs'][number];
export type Audience = Rung['audiences'][number];

export function offsetDays(offset: string): number {
  return Number.parseInt(offset, 10);
}

export interface LadderProblem {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

/** A ladder from its file's text, or every problem at its line and path. Pure. */
export function parseLadder(yamlText: string): { ok: true; ladder: Ladder } | { ok: false; problems: LadderProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(yamlText, { lineCounter: lines });
  const at = (offset: number, path: string, message: string): LadderProblem => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, path, message };
  };
  if (document.errors.length > 0) return { ok: false, problems: document.errors.map((error) => at(error.pos[0], '', error.message)) };
  const parsed = ladderSchema.safeParse(document.toJS());
  if (parsed.success) return { ok: true, ladder: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => {
      const node = document.getIn(issue.path, true) as { range?: [number, number, number] } | undefined;
      return at(node?.range?.[0] ?? 0, issue.path.join('.'), issue.message);
    }),
  };
}
