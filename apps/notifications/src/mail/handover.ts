import type { Handover } from './mailer.js';

/** What nodemailer tells of a failure, as far as it is read here. */
export interface SmtpFailure {
  readonly message: string;
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** Codes of failures that happened before the mail's data was handed over, or by a plain answer of the server. */
const BEFORE_DATA = new Set(['CONN', 'EHLO', 'HELO', 'STARTTLS', 'AUTH', 'MAIL FROM', 'RCPT TO']);

/** Codes of nodemailer for failures in which the server never saw the mail's data. */
const NEVER_THERE = new Set(['ECONNECTION', 'EDNS', 'EAUTH']);

/** Sorts a failure. Whatever may have been accepted without our hearing of it is `unknown`, never a retry. */
export function handoverOf(failure: SmtpFailure): Handover {
  const answer = failure.response ?? failure.message;
  if (failure.responseCode !== undefined)
    return failure.responseCode >= 500 ? refused(failure, answer) : { kind: 'retry', answer, connected: true };
  const beforeData = NEVER_THERE.has(failure.code ?? '') || BEFORE_DATA.has(failure.command ?? '');
  return beforeData ? { kind: 'retry', answer, connected: false } : { kind: 'unknown', answer };
}

function refused(failure: SmtpFailure, answer: string): Handover {
  const status = /^[245]\d\d[ -]([245]\.\d{1,3}\.\d{1,3})/.exec(answer)?.[1] ?? String(failure.responseCode);
  return { kind: 'refused', answer, status, address: refusesAddress(failure, status) };
}

/** 550, 551 and 553 to RCPT TO, and enhanced codes 5.1.x, speak of the address (RFC 5321, RFC 3463); everything else of the mail or of us. */
function refusesAddress(failure: SmtpFailure, status: string): boolean {
  return status.startsWith('5.1.') || (failure.command === 'RCPT TO' && [550, 551, 553].includes(failure.responseCode ?? 0));
}
