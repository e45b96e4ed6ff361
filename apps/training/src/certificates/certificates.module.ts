import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies/agencies.module.js';
import { AnnouncementsModule } from '../announcements/announcements.module.js';
import { ClassesModule } from '../classes/classes.module.js';
import { CertificateMails } from './certificate-mails.js';
import { CertificateRepository } from './certificate.repository.js';
import { CertificateViews } from './certificate-view.repository.js';
import { CertificatesConsumer } from './certificates.consumer.js';
import { IssueCertificates } from './issue-certificates.js';
import { RevokeCertificate } from './revoke-certificate.js';

@Module({
  imports: [AgenciesModule, ClassesModule, AnnouncementsModule],
  controllers: [CertificatesConsumer],
  providers: [IssueCertificates, RevokeCertificate, CertificateMails, CertificateRepository, CertificateViews],
})
export class CertificatesModule {}
