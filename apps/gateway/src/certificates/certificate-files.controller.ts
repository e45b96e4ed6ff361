import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { DomainError, getCertificate, listCertificates, type PayloadOf, type ReplyOf } from '#contracts';
import { QueryClient } from '#messaging/asking';
import { download, fileTypes } from '../http/downloads.js';
import { queryOf } from '../http/validation.js';
import { CertificateFiles } from './certificate-files.js';

const filters = queryOf(listCertificates.payload.pick({ classId: true, year: true }));
const bytes = { type: 'string', format: 'binary' } as const;
/** Certificates that are asked for at once. */
const PAGE = 200;

@ApiTags('Training')
@Controller('api/v1/certificates')
export class CertificateFilesController {
  constructor(
    private readonly queries: QueryClient,
    private readonly files: CertificateFiles,
  ) {}

  @Get('register.xlsx')
  @ApiOperation({
    summary: 'Download the register of certificates',
    description: 'Of a class or a year, in order of their numbers. Personal data.',
  })
  @ApiProduces(fileTypes.xlsx)
  @ApiOkResponse({ schema: bytes, description: 'The register, to be saved' })
  async readRegister(@Query({ schema: filters }) asked: z.output<typeof filters>): Promise<StreamableFile> {
    const all: ReplyOf<typeof getCertificate>[] = [];
    let after: string | null = null;
    do {
      const page: ReplyOf<typeof listCertificates> = await this.queries.ask(listCertificates, {
        ...asked,
        limit: PAGE,
        ...(after === null ? {} : { after }),
      });
      all.push(...page.items);
      after = page.next;
    } while (after !== null);
    return download(await this.files.register(all), 'xlsx', 'sổ cấp giấy chứng nhận.xlsx');
  }

  @Get(':certificateId.pdf')
  @ApiOperation({
    summary: 'Download a certificate',
    description: 'One page to print and sign, with its verification code. Not of somebody who was forgotten, nor of a revoked one.',
  })
  @ApiProduces(fileTypes.pdf)
  @ApiOkResponse({ schema: bytes, description: 'The certificate, to be saved' })
  async readCertificateFile(@Param({ schema: getCertificate.payload }) asked: PayloadOf<typeof getCertificate>): Promise<StreamableFile> {
    const certificate = await this.queries.ask(getCertificate, asked);
    const { name, number, revokedAt } = certificate;
    if (revokedAt !== null) throw new DomainError('certificate-revoked', `Certificate ${number} was revoked: it is not printed any more.`);
    if (name === null)
      throw new DomainError('trainee-forgotten', `Whose certificate ${number} is was de-identified: it cannot be printed any more.`);
    return download(await this.files.pdf({ ...certificate, name }), 'pdf', `giấy chứng nhận ${number.replaceAll('/', '-')}.pdf`);
  }
}
