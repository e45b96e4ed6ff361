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

/** Sorts a failure. Whatever may have been accepted without our hearing of it is `unknown`, never a retry. */
export function handoverOf(failure: SmtpFailure): Handover {
  const answer = failure.response ?? failure.message;
  const status =
    /^[245]\d\d[ -]([245]\.\d{1,3}\.\d{1,3})/.exec(failure.response ?? '')?.[1] ?? String(failure.responseCode ?? failure.code ?? '');
  if (failure.responseCode !== undefined && failure.responseCode >= 500) {
    return { kind: 'refused', answer, status, address: refusesAddress(failure, status) };
  }
  if (failure.responseCode !== undefined) return { kind: 'retry', answer, connected: true };
  const beforeData = failure.command !== undefined && BEFORE_DATA.has(failure.command);
  if (failure.code === 'ECONNECTION' || failure.code === 'EDNS' || failure.code === 'EAUTH' || beforeData)
    return { kind: 'retry', answer, connected: false };
  return { kind: 'unknown', answer };
}

/** 550, 551 and 553 to RCPT TO, and enhanced codes 5.1.x, speak of the address (RFC 5321, RFC 3463); everything else of the mail or of us. */
function refusesAddress(failure: SmtpFailure, status: string): boolean {
  return status.startsWith('5.1.') || (failure.command === 'RCPT TO' && [550, 551, 553].includes(failure.responseCode ?? 0));
}
