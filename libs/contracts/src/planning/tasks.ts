import { z } from 'zod';
import { defineCommand, defineQuery } from '../contract.js';
import { agencyCode, day, documentNumber, id, instant, origin, pageAsk, pageOf, seenVersion, text } from '../values.js';

/** Begun, handed in for acceptance at 100 per cent, taken by the standing agency; or standing still, or given up, by a decision. */
export const taskStatuses = ['not-started', 'in-progress', 'submitted', 'done', 'suspended', 'cancelled'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** Rules by which a task is overdue or at risk. */
export const healthRules = ['overdue-due-date', 'milestone-missed', 'behind-schedule', 'close-to-due', 'approval-missing-close'] as const;
export type HealthRule = (typeof healthRules)[number];

const taskMoved = z.object({
  taskId: id(),
  status: z.enum(taskStatuses),
  /** Per cent, as it was reported last. */
  progress: z.int(),
  version: z.int(),
  at: instant(),
});

/** What shows that it is so: words, and where they can be checked. Files are attachments of the task. */
const evidence = z.object({
  text: text(500),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
});

/** What the lead or a coordinating agency says of a task. At 100 the lead hands it in for acceptance. */
export const reportTaskProgress = defineCommand('planning', 'planning.report-task-progress.v1', {
  payload: z.object({
    taskId: id(),
    /** Who reports. */
    agency: agencyCode(),
    /** Per cent of the whole task. */
    progress: z.int().min(0).max(100),
    note: text(4000),
    evidence: z.array(evidence).max(20).default([]),
    seenVersion,
  }),
  reply: taskMoved,
});

/** The standing agency takes what was handed in. */
export const acceptTask = defineCommand('planning', 'planning.accept-task.v1', {
  payload: z.object({ taskId: id(), seenVersion }),
  reply: taskMoved,
});

/** The standing agency does not take it yet: the lead goes on. */
export const returnTask = defineCommand('planning', 'planning.return-task.v1', {
  payload: z.object({ taskId: id(), reason: text(2000), seenVersion }),
  reply: taskMoved,
});

export const reachMilestone = defineCommand('planning', 'planning.reach-milestone.v1', {
  payload: z.object({
    taskId: id(),
    /** Code of the milestone within its task. */
    milestone: text(20),
    /** Who reports. */
    agency: agencyCode(),
    /** Today where it is left out; never a day to come. */
    reachedOn: day().optional(),
    evidence: text(1000),
    seenVersion,
  }),
  reply: taskMoved.extend({ milestone: z.string(), reachedOn: day() }),
});

/** Given up by a decision; whatever was still owed for it is no longer owed. */
export const cancelTask = defineCommand('planning', 'planning.cancel-task.v1', {
  payload: z.object({ taskId: id(), decision: documentNumber(), reason: text(2000), seenVersion }),
  reply: taskMoved.extend({ obligationsCancelled: z.int() }),
});

export const milestoneView = z.object({
  code: z.string(),
  title: z.string(),
  dueOn: day(),
  reachedOn: day().nullable(),
  evidence: z.string().nullable(),
  ...origin,
});

/** One rule that holds now, and why, in a sentence. Derived at the moment of asking, never stored. */
export const healthFinding = z
  .object({ rule: z.enum(healthRules), severity: z.enum(['overdue', 'at-risk']), text: z.string(), textEn: z.string() })
  .meta({ id: 'HealthFinding' });

export const taskView = z
  .object({
    taskId: id(),
    planId: id(),
    code: z.string(),
    title: z.string(),
    lead: agencyCode(),
    coordinators: z.array(agencyCode()),
    timeText: z.string(),
    startsOn: day().nullable(),
    dueOn: day().nullable(),
    budgetSource: z.string().nullable(),
    output: z.string().nullable(),
    status: z.enum(taskStatuses),
    /** Per cent, as it was reported last. */
    progress: z.int(),
    /** The decision that suspended or cancelled it. */
    decision: z.string().nullable(),
    milestones: z.array(milestoneView),
    /** Every rule that makes it overdue or at risk, most serious first. Empty: on track, or nothing to be late with. */
    health: z.array(healthFinding),
    version: z.int(),
    ...origin,
  })
  .meta({ id: 'Task' });

export const listTasks = defineQuery('planning', 'planning.list-tasks.v1', {
  payload: z.object({
    planId: id().optional(),
    lead: agencyCode().optional(),
    status: z.enum(taskStatuses).optional(),
    /** By the most serious rule that holds; `on-track` where none does. */
    health: z.enum(['on-track', 'at-risk', 'overdue']).optional(),
    ...pageAsk,
  }),
  reply: pageOf(taskView),
});

export const getTask = defineQuery('planning', 'planning.get-task.v1', {
  payload: z.object({ taskId: id() }),
  reply: taskView
    .extend({
      /** What must be approved before it may begin (SEED-47). */
      gatedBy: z.array(z.object({ dossierId: id(), code: z.string(), state: z.string() })),
      /** Everything that was reported, oldest first. */
      reported: z.array(
        z.object({
          at: instant(),
          agency: agencyCode(),
          /** The account. */
          by: z.string(),
          progress: z.int(),
          note: z.string(),
          evidence: z.array(z.object({ text: z.string(), url: z.string().optional() })),
        }),
      ),
    })
    .meta({ id: 'TaskStory' }),
});
