import { Module } from '@nestjs/common';
import { CertificateFilesController } from './certificate-files.controller.js';
import { CertificateFiles } from './certificate-files.js';
import { CertificatePagesController } from './certificate-pages.controller.js';
import { CertificatesController } from './certificates.controller.js';

// Files first: their addresses are more exact than that of one certificate.
@Module({ controllers: [CertificateFilesController, CertificatesController, CertificatePagesController], providers: [CertificateFiles] })
export class CertificatesModule {}
