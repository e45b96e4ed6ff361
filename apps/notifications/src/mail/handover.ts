import type { Handover } from './mailer.js';

/** What nodemailer tells of a failure, as far as it is read here. */
export interface SmtpFailure {
  readonly message: string;
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
}

/**
 * Sorts a failure. Only the server's own answer to the envelope or to the whole mail is a verdict on the mail; every other failure is the connection's,
 * whatever its code, and then it matters alone whether the mail's last byte had been handed over: before it a server must throw away what it has
 * (RFC 5321 4.1.1.4), after it nobody can tell.
 */
export function handoverOf(failure: SmtpFailure, handedOver: boolean): Handover {
  const answer = failure.response ?? failure.message;
  const aboutTheMail = failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE';
  if (aboutTheMail && failure.responseCode !== undefined) return verdictOf(failure, answer, failure.responseCode);
  if (handedOver) return { kind: 'unknown', answer };
  // Refused before anything was said: larger than the server takes, or an address that cannot be written into a command.
  if (aboutTheMail) return { kind: 'refused', answer, status: failure.code, address: failure.code === 'EENVELOPE' };
  return { kind: 'retry', answer, reached: false };
}

function verdictOf(failure: SmtpFailure, answer: string, code: number): Handover {
  // 503 says that the session is out of step, not that the mail is refused.
  if (code < 500 || code === 503) return { kind: 'retry', answer, reached: true };
  const enhanced = /^5\d\d[ -](5\.\d{1,3}\.\d{1,3})/.exec(answer)?.[1];
  // 550, 551 and 553 to RCPT TO and enhanced codes 5.1.x speak of the address (RFC 5321, RFC 3463); everything else of the mail or of us.
  const basic = failure.command === 'RCPT TO' && [550, 551, 553].includes(code);
  const address = enhanced === undefined ? basic : enhanced.startsWith('5.1.') || (basic && !enhanced.startsWith('5.7.'));
  return { kind: 'refused', answer, status: enhanced ?? String(code), address };
}
