import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '#contracts';
import { MessageFailed, NobodyAnswered } from '#messaging/asking';

/** RFC 9457. `code` is stable and made for programs, `detail` is made for people and names the remedy. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'urn:dondoc:problem:<code>' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'urn:uuid:<correlation id>; the same id stands in the log of every service' }),
    code: z.string(),
    errors: z.array(z.record(z.string(), z.unknown())).optional().meta({ description: 'Each fault on its own, with its path' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof problemSchema>;

/** What is wrong, before it is put on the wire. */
interface Fault {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly Readonly<Record<string, unknown>>[];
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

/** A refusal by the gateway itself. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly fault: Fault,
    options?: ErrorOptions,
  ) {
    super(fault.detail, options);
  }
}

/** Seconds after which a caller who met a silent service may try again. */
const RETRY_AFTER = '5';

/** Refusals that another moment, or another look at the thing, would change. */
const conflicts: ReadonlySet<string> = new Set([
  'agency-ended',
  'already-consolidated',
  'already-excluded',
  'already-owed',
  'already-funded',
  'already-reversed',
  'approval-missing',
  'budget-exceeded',
  'budget-line-retired',
  'budget-line-spent',
  'budget-source-in-use',
  'attachment-removed',
  'changed-meanwhile',
  'consolidation-closed',
  'delegation-over',
  'delegation-overlaps',
  'delegation-revoked',
  'document-decided',
  'dossier-already-submitted',
  'dossier-code-taken',
  'dossier-not-open',
  'dossier-not-submitted',
  'dossier-unchanged',
  'escalation-closed',
  'extension-answered',
  'extension-pending',
  'finding-already-answered',
  'finding-not-answered',
  'inspection-not-planned',
  'milestone-already-reached',
  'not-excluded',
  'shortfall-withdrawn',
  'still-owed',
  'supplement-already-asked',
  'supplement-stands-on-it',
  'already-suspended',
  'suspension-ended',
  'not-editable',
  'obligation-settled',
  'report-already-accepted',
  'report-already-submitted',
  'report-excluded',
  'report-not-closed',
  'report-not-editable',
  'report-not-submitted',
  'request-withdrawn',
  'task-cancelled',
  'task-done',
  'task-not-submitted',
  'task-submitted',
  'task-suspended',
  'absence-overlaps',
  'attendance-closed',
  'certificate-revoked',
  'certificate-stands',
  'class-not-begun',
  'class-report-not-owed',
  'class-report-not-submitted',
  'enrolled-elsewhere',
  'nobody-to-certify',
  'session-not-begun',
  'answer-final',
  'answer-too-late',
  'class-code-taken',
  'class-not-standing',
  'class-scheduled',
  'class-step-refused',
  'classes-unfinished',
  'course-code-taken',
  'course-ended',
  'engagement-not-proposed',
  'engagement-over',
  'institution-code-taken',
  'session-begun',
  'trainers-not-academic',
  'trainer-away',
  'trainer-retired',
  'too-late-to-ask',
  'trainer-taken',
  'agency-without-quota',
  'already-nominated',
  'class-begun',
  'enrolment-settled',
  'nominations-closed',
  'nominations-not-open',
  'quota-exists',
  'quota-fulfilled',
  'quota-in-use',
  'trainee-restricted',
  'trainee-already-known',
  'trainee-forgotten',
  'data-request-answered',
  'data-request-extended',
  'data-request-over',
  'access-not-asked',
  'trainee-taken',
  'venue-code-taken',
  'venue-missing',
  'venue-taken',
  'venue-retired',
]);

/** What a service refuses is 422, unless it says that the thing is not there or that its state does not allow this now. */
function statusOf(code: string): number {
  if (code === 'not-found' || code.endsWith('-not-found') || code.endsWith('-unknown')) return 404;
  if (code === 'link-expired' || code === 'link-revoked') return 410;
  return conflicts.has(code) ? 409 : 422;
}

/** The fault behind anything that was thrown while a request was answered; what is not foreseen is 500 and tells nothing of the inside. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Refusal) return error.fault;
  if (error instanceof DomainError) return { status: statusOf(error.code), code: error.code, detail: error.message, errors: error.details };
  if (error instanceof NobodyAnswered) {
    return {
      status: 503,
      code: 'nobody-answered',
      detail:
        'A part of the system did not answer in time. Repeat the request later, with the same Idempotency-Key if it changes something.',
      headers: { 'Retry-After': RETRY_AFTER },
    };
  }
  if (error instanceof MessageFailed) {
    return {
      status: 502,
      code: 'service-failed',
      detail: 'The service behind this failed. What it was asked is kept among the dead letters with the reason; tell the operator.',
    };
  }
  if (error instanceof HttpException) return faultOfHttp(error);
  return {
    status: 500,
    code: 'internal-error',
    detail: 'Something failed here that should not. Tell the operator the correlation id in "instance".',
  };
}

function faultOfHttp(error: HttpException): Fault {
  const status = error.getStatus();
  const cause: { type?: unknown; limit?: unknown } = typeof error.cause === 'object' && error.cause !== null ? error.cause : {};
  switch (cause.type) {
    case 'entity.too.large':
      return { status: 413, code: 'body-too-large', detail: `The body is larger than ${String(cause.limit)} bytes, the limit here.` };
    case 'entity.parse.failed':
      return { status: 400, code: 'malformed-json', detail: `The body is not JSON: ${error.message}` };
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return { status: 415, code: 'unsupported-encoding', detail: `${error.message}. Send UTF-8, plain or gzip.` };
    default:
      return { status, code: codeOfStatus(status), detail: error.message };
  }
}

const codeOfStatus = (status: number): string => (STATUS_CODES[status] ?? 'error').toLowerCase().replace(/[^a-z]+/g, '-');

/** @param correlationId the one that the caller was told */
export function problemOf(fault: Fault, correlationId: string): Problem {
  return {
    type: `urn:dondoc:problem:${fault.code}`,
    title: STATUS_CODES[fault.status] ?? 'Error',
    status: fault.status,
    detail: fault.detail,
    instance: `urn:uuid:${correlationId}`,
    code: fault.code,
    ...(fault.errors && fault.errors.length > 0 ? { errors: [...fault.errors] } : {}),
  };
}
