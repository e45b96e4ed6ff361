import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { confirmCertificate, opened, type PayloadOf } from '#contracts';
import { QueryClient } from '#messaging/asking';
import { languages } from '../links/letter-page.js';
import { certificatePage } from './certificate-page.js';

const language = z.object({ lang: z.enum(languages).catch('vi') });

/** Where the square code of a certificate leads: anybody who has it may see whether it is valid. */
@ApiExcludeController()
@Controller('certificates')
export class CertificatePagesController {
  constructor(private readonly queries: QueryClient) {}

  @Get(':code')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('X-Robots-Tag', 'noindex')
  async confirm(
    @Param({ schema: opened(confirmCertificate.payload) }) asked: PayloadOf<typeof confirmCertificate>,
    @Query({ schema: language }) { lang }: z.output<typeof language>,
  ): Promise<string> {
    return certificatePage(await this.queries.ask(confirmCertificate, asked), lang);
  }
}
