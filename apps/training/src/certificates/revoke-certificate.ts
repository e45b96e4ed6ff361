import { Injectable } from '@nestjs/common';
import { Clock } from '#calendar';
import type { PayloadOf, ReplyOf, revokeCertificate } from '#contracts';
import { UnitOfWork, type Message } from '#messaging';
import { HistoryRepository } from '../history/history.repository.js';
import type { Tx } from '../persistence/database.js';
import { mustBeValid } from './certificate.js';
import { CertificateRepository } from './certificate.repository.js';

/** A certificate is no longer valid, with a reason. It stays on record under its number, and its page says since when. */
@Injectable()
export class RevokeCertificate {
  constructor(
    private readonly work: UnitOfWork<Tx>,
    private readonly certificates: CertificateRepository,
    private readonly history: HistoryRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `certificate-not-found`, `certificate-revoked` */
  execute(input: PayloadOf<typeof revokeCertificate>, message: Message): Promise<ReplyOf<typeof revokeCertificate>> {
    return this.work.once(message, async (tx) => {
      const { certificateId, reason } = input;
      const held = await this.certificates.hold(tx, certificateId);
      mustBeValid(held);
      const at = this.clock.now();
      await this.certificates.revoke(tx, certificateId, at, reason);
      const { number } = held;
      await this.history.tell(tx, [{ subject: 'certificate', subjectId: certificateId, at, what: 'revoked', reason, detail: { number } }]);
      return { certificateId, number, revokedAt: at.toString() };
    });
  }
}
