import { agencies } from './samples/agencies.js';
import { attendance } from './samples/attendance.js';
import { certificates } from './samples/certificates.js';
import { classReports } from './samples/class-reports.js';
import { attachments } from './samples/attachments.js';
import { delegations } from './samples/delegations.js';
import { consolidations } from './samples/consolidations.js';
import { approvals } from './samples/approvals.js';
import { budget } from './samples/budget.js';
import { documents } from './samples/documents.js';
import { engagements } from './samples/engagements.js';
import { escalations } from './samples/escalations.js';
import { extensions } from './samples/extensions.js';
import { history } from './samples/history.js';
import { inspections } from './samples/inspections.js';
import { nominations } from './samples/nominations.js';
import { notifications } from './samples/notifications.js';
import { obligations } from './samples/obligations.js';
import { people } from './samples/people.js';
import { plans } from './samples/plans.js';
import { privacy } from './samples/privacy.js';
import { rates } from './samples/rates.js';
import { reports } from './samples/reports.js';
import { requests } from './samples/requests.js';
import { rosters } from './samples/rosters.js';
import { status } from './samples/status.js';
import { suspensions } from './samples/suspensions.js';
import { training } from './samples/training.js';
import { tasks } from './samples/tasks.js';

/** One payload of every message, as its sender has it. New messages get their golden file from here: `npm run docs`. */
export const samples = [
  ...agencies,
  ...attachments,
  ...delegations,
  ...consolidations,
  ...approvals,
  ...budget,
  ...documents,
  ...engagements,
  ...escalations,
  ...extensions,
  ...history,
  ...inspections,
  ...nominations,
  ...notifications,
  ...obligations,
  ...people,
  ...plans,
  ...privacy,
  ...rates,
  ...reports,
  ...requests,
  ...rosters,
  ...status,
  ...suspensions,
  ...tasks,
  ...training,
  ...attendance,
  ...certificates,
  ...classReports,
];
