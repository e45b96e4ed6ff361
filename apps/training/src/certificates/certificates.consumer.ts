import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { confirmCertificate, getCertificate, issueCertificates, listCertificates, revokeCertificate, type PayloadOf } from '#contracts';
import { On, pageOf, type Message } from '#messaging';
import { CertificateViews } from './certificate-view.repository.js';
import { IssueCertificates } from './issue-certificates.js';
import { RevokeCertificate } from './revoke-certificate.js';

@Controller()
export class CertificatesConsumer {
  constructor(
    private readonly issuing: IssueCertificates,
    private readonly revoking: RevokeCertificate,
    private readonly views: CertificateViews,
  ) {}

  @On(issueCertificates)
  issue(payload: PayloadOf<typeof issueCertificates>, message: Message) {
    return this.issuing.execute(payload, message);
  }

  @On(revokeCertificate)
  revoke(payload: PayloadOf<typeof revokeCertificate>, message: Message) {
    return this.revoking.execute(payload, message);
  }

  @On(listCertificates)
  list(ask: PayloadOf<typeof listCertificates>) {
    return pageOf(
      ask,
      (limit, after) => this.views.list(ask, limit, after),
      ({ year, serial }) => `${String(year)}-${String(serial)}`,
      z.string().regex(/^\d{4}-\d{1,9}$/),
    );
  }

  @On(getCertificate)
  get(ask: PayloadOf<typeof getCertificate>) {
    return this.views.view(ask.certificateId);
  }

  @On(confirmCertificate)
  confirm(ask: PayloadOf<typeof confirmCertificate>) {
    return this.views.confirm(ask.code);
  }
}
