import { HttpStatus } from '@nestjs/common';
import { Refusal } from '../http/problem.js';

/** A file that is not taken for what is in it. @param detail names the remedy */
export function refused(code: string, detail: string): Refusal {
  return new Refusal({ status: HttpStatus.UNPROCESSABLE_ENTITY, code, detail });
}

export const damaged = (what: string): Refusal => refused('file-damaged', `${what} Open it, save it anew and send that.`);

/** Seconds after which a caller may try again. */
const RETRY_AFTER = '30';

/** A part that is needed to take or give a file does not work now. @param detail names the remedy */
export function unavailable(code: string, detail: string, cause: unknown): Refusal {
  return new Refusal({ status: HttpStatus.SERVICE_UNAVAILABLE, code, detail, headers: { 'Retry-After': RETRY_AFTER } }, { cause });
}
