import { Injectable } from '@nestjs/common';
import { Clock, localDate } from '#calendar';
import { DomainError, type issueCertificates, type PayloadOf, type ReplyOf } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { ClassDesk } from '../classes/class-desk.js';
import { after } from '../classes/class.js';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { CertificateMails } from './certificate-mails.js';
import { CertificateRepository } from './certificate.repository.js';

type Input = PayloadOf<typeof issueCertificates>;

/**
 * A person certifies a class: everybody over the threshold of its course gets a certificate (domain 4.4), and a mail with it who has an address. Those who
 * come over the threshold by a later correction get theirs when it is said again.
 */
@Injectable()
export class IssueCertificates {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly desk: ClassDesk,
    private readonly certificates: CertificateRepository,
    private readonly mails: CertificateMails,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `class-not-found`, `changed-meanwhile`, `class-step-refused`, `nobody-to-certify` */
  execute(input: Input, message: Message): Promise<ReplyOf<typeof issueCertificates>> {
    return this.work.once(message, async (tx) => {
      const { held } = await this.desk.hold(tx, input);
      const again = held.state === 'certified' || held.state === 'reported';
      const state = again ? held.state : after('certify', held);
      const due = await this.certificates.due(tx, held.id);
      if (again && due.length === 0)
        throw new DomainError(
          'nobody-to-certify',
          `Everybody who completed class ${held.code} has a certificate. Correct the attendance first.`,
        );
      const at = this.clock.now();
      const { code: issuer, sessions } = await this.certificates.issuer(tx, held.id);
      const { signatory, signatoryPosition } = input;
      const version = await this.desk.classes.change(tx, held.id, { state });
      const issued = await this.certificates.issue(tx, due, { issuer, sessions, signatory, signatoryPosition }, localDate(at));
      await this.mails.send(tx, held.id, issued, localDate(at));
      await this.history.tell(
        tx,
        issued.map(({ id, number, enrolmentId }) => ({
          subject: 'certificate' as const,
          subjectId: id,
          at,
          what: 'issued',
          detail: { number, enrolmentId, classId: held.id },
        })),
      );
      const numbers = issued.map(({ number }) => number);
      await this.desk.classes.tell(tx, held.id, at, 'certified', { detail: { certificates: numbers.length, from: numbers.at(0) ?? null } });
      return { classId: held.id, state, numbers, version };
    });
  }
}
