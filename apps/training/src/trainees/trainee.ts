import { createHmac, hkdfSync } from 'node:crypto';
import type { LegalBasis, nominate, PayloadOf } from '#contracts';

/** Somebody whom an agency nominates, as it says it. */
export type NominatedPerson = PayloadOf<typeof nominate>['person'];

/** On what their data is processed. */
export interface Basis {
  readonly agency: string;
  readonly legalBasis: LegalBasis;
  readonly basis: string;
  readonly noticeVersion: string;
}

/** A trainee who is known already, as far as a nomination must know. */
export interface KnownTrainee {
  readonly id: string;
  readonly identity: string;
  /** Asked not to be processed further. */
  readonly restricted: boolean;
}

/** Upper and lower case, composition and white space make no difference; diacritics do: Hoà is not Hoa. */
function folded(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase('vi').replace(/\s+/gu, ' ').trim();
}

/**
 * Tells whether two nominations are of one person: agency, name, unit, and mail address or else phone. Keyed, so that whoever reads the table cannot try names.
 * @param secret derived by `identityKeys`
 */
export function identityOf(agency: string, person: Pick<NominatedPerson, 'fullName' | 'unit' | 'email' | 'phone'>, secret: Buffer): string {
  const reach = person.email === null ? (person.phone ?? '').replace(/\D/g, '') : folded(person.email);
  const said = JSON.stringify([agency, folded(person.fullName), folded(person.unit), reach]);
  return createHmac('sha256', secret).update(said).digest('base64url');
}

/** Keys for `identityOf`, one for each sealing key: the first makes digests, all of them find people, so that a key can be replaced. */
export function identityKeys(sealKeys: readonly string[]): Buffer[] {
  return sealKeys.map((key) => Buffer.from(hkdfSync('sha256', Buffer.from(key, 'base64'), '', 'dondoc trainee identity', 32)));
}
